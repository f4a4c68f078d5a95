import type { FileHandle } from 'node:fs/promises';
import path from 'node:path';
import type { FolderFiles } from '../platform/files/folderFiles.js';

/** One entry of the log. */
export interface LogEntry {
  /** Ms since 1970 UTC; NaN where it is in no framing. */
  readonly time: number;
  readonly severity: 'Error' | 'Warning' | 'Information';
  readonly text: string;
}

/** Bytes that are read at once. */
const PIECE = 64 * 1024;

/** The log of a site from its end, and then the one before it, piece by piece: nobody needs to hold it whole. */
export async function* readLogBackwards(folder: string, files: FolderFiles): AsyncGenerator<readonly LogEntry[]> {
  for (const name of ['wsyncmgr.log', 'wsyncmgr.lo_']) {
    const file = path.join(folder, name);
    if (!files.existsSync(file)) continue;
    const handle = await files.openHandle(file, 'r');
    try {
      yield* entriesOf(handle);
    } finally {
      await handle.close();
    }
  }
}

async function* entriesOf(handle: FileHandle): AsyncGenerator<readonly LogEntry[]> {
  let end = (await handle.stat()).size;
  let rest = Buffer.alloc(0);
  while (end > 0) {
    const start = Math.max(0, end - PIECE);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(end - start), 0, end - start, start);
    const bytes = Buffer.concat([buffer.subarray(0, bytesRead), rest]);
    // What stands before the first line end may be the end of a line of the piece before.
    const whole = start === 0 ? 0 : bytes.indexOf(LINE_FEED) + 1;
    rest = whole === 0 && start > 0 ? bytes : bytes.subarray(0, whole);
    end = start;
    yield linesOf(whole === 0 && start > 0 ? '' : bytes.toString('utf8', whole));
  }
}

const LINE_FEED = 0x0a;

function linesOf(text: string): LogEntry[] {
  return text
    .split(/\r?\n/)
    .filter((line) => line !== '')
    .map(entryOf)
    .reverse();
}

const FRAMED = /^(.*?)~? {2}\$\$<[^>]*><(\d\d)-(\d\d)-(\d{4}) (\d\d:\d\d:\d\d\.\d{3})([+-]\d+)><thread=/;

function entryOf(line: string): LogEntry {
  const [, framed = line, month, day, year, clock, bias] = FRAMED.exec(line) ?? [];
  const text = framed.replaceAll('~~', '\n');
  return {
    time: Date.parse(`${year}-${month}-${day}T${clock}Z`) + Number(bias) * 60_000,
    severity: severityOf(text),
    text,
  };
}

/** As CMTrace colours it: a status message says it, otherwise the words decide. */
function severityOf(text: string): LogEntry['severity'] {
  const [, letter] = /^STATMSG: .*?\bSEV=([EWI])\b/.exec(text) ?? [];
  if (letter !== undefined) return letter === 'E' ? 'Error' : letter === 'W' ? 'Warning' : 'Information';
  if (/\b(?:errors?|fail(?:s|ed|ures?)?)\b/i.test(text.replace(/\b(?:failed|errors?): ?0\b/gi, ''))) return 'Error';
  return /\bwarnings?\b/i.test(text) ? 'Warning' : 'Information';
}
