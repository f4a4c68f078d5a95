import path from 'node:path';
import { reasonOf } from '../errors/SyncError.js';
import type { FolderFiles } from '../platform/files/folderFiles.js';
import { isHeld, whileHeld } from '../platform/files/heldFiles.js';
import { printable } from '../platform/printable.js';
import { systemErrorCode } from '../platform/systemErrorCode.js';

/** One record of a site server's log. */
interface LogRecord {
  readonly text: string;
  readonly component: string;
  readonly time: Date;
  readonly thread: number;
}

/**
 * The site server's own framing (configmgr.md section 3.1), without the line end:
 * `<text>~  $$<COMPONENT><MM-DD-YYYY HH:MM:SS.mmm+BIAS><thread=DECIMAL (0xHEX)>`. Line breaks in the text become `~~`.
 */
export function logLine(record: LogRecord, biasMinutes: number = record.time.getTimezoneOffset()): string {
  const text = printable(record.text.replace(/\r\n|\r|\n/g, '~~'));
  const hex = record.thread.toString(16).toUpperCase();
  return `${text}~  $$<${record.component}><${stamp(record.time, biasMinutes)}><thread=${record.thread} (0x${hex})>`;
}

function stamp(time: Date, bias: number): string {
  const local = new Date(time.getTime() - bias * 60_000).toISOString();
  const [, year = '', month = '', day = '', clock = ''] = /^(\d+)-(\d+)-(\d+)T([\d:.]+)Z$/.exec(local) ?? [];
  const sign = bias < 0 ? '-' : '+';
  return `${month}-${day}-${year} ${clock}${sign}${String(Math.abs(bias)).padStart(3, '0')}`;
}

const ROLL_OVER = 2 * 1024 * 1024;
const COMPONENT = 'SMS_WSUS_SYNC_MANAGER';

/** The administrators' log of one site: `Logs/wsyncmgr.log`, rolled over to `wsyncmgr.lo_`. */
export interface WsyncmgrLog {
  write(...lines: readonly string[]): void;
  /** Writes what is still in memory. */
  flush(): void;
  /** The same; waits a moment while somebody holds the file, and tells what stays unwritten. */
  close(): Promise<void>;
}

/**
 * `onFailure` is told once, with the reason, when the log cannot be written, and at the end every line that is missing;
 * a log never ends the work it tells of.
 */
interface WsyncmgrLogOptions {
  readonly folder: string;
  readonly files: FolderFiles;
  readonly now: () => Date;
  readonly thread: number;
  readonly rollOver?: number;
  readonly platform?: NodeJS.Platform;
  readonly pause?: (milliseconds: number) => Promise<unknown>;
  readonly onFailure?: (reason: string) => void;
}

/** Opens the log; lines are collected for a moment and written together. */
export function openWsyncmgrLog(options: WsyncmgrLogOptions): WsyncmgrLog {
  const file = path.join(options.folder, 'wsyncmgr.log');
  const limit = options.rollOver ?? ROLL_OVER;
  let hasFailed = false;
  let waiting: string[] = [];
  let timer: NodeJS.Timeout | undefined;
  const writeWaiting = (): void => {
    if (timer !== undefined) clearTimeout(timer);
    timer = undefined;
    if (waiting.length === 0) return;
    rollOver(options, file, limit);
    append(options.files, file, waiting.join(''));
    waiting = [];
    hasFailed = false;
  };
  // Nobody may write while somebody reads it without sharing: the lines wait, as long as they are not too many.
  const keep = (error: unknown): void => {
    if (!isHeld(error, options.platform) || waiting.join('').length > limit) waiting = [];
    else timer = setTimeout(flush, 200).unref();
  };
  const flush = (): void => {
    try {
      writeWaiting();
    } catch (error) {
      keep(error);
      if (!hasFailed) options.onFailure?.(`${file} cannot be written: ${reasonOf(error)}`);
      hasFailed = true;
    }
  };
  const close = async (): Promise<void> => {
    try {
      await whileHeld(writeWaiting, options);
    } catch (error) {
      options.onFailure?.(`${file} cannot be written: ${reasonOf(error)}`);
      for (const line of waiting) options.onFailure?.(`Not in it: ${line.trimEnd()}`);
    }
  };
  return {
    write: (...lines) => {
      for (const line of lines)
        waiting.push(
          `${logLine({ text: line, component: COMPONENT, time: options.now(), thread: options.thread })}\r\n`,
        );
      if (waiting.length >= 500) flush();
      else timer ??= setTimeout(flush, 200).unref();
    },
    flush,
    close,
  };
}

function append(files: FolderFiles, file: string, text: string): void {
  const descriptor = files.openSync(file, 'a', 0o660);
  try {
    files.writeSync(descriptor, text);
  } finally {
    files.closeSync(descriptor);
  }
}

function rollOver({ files, platform }: WsyncmgrLogOptions, file: string, limit: number): void {
  if (sizeOf(files, file) < limit) return;
  try {
    files.renameSync(file, file.replace(/\.log$/, '.lo_'));
  } catch (caught) {
    // A reader holds it on Windows: it grows until the reader is gone.
    if (!isHeld(caught, platform)) throw caught;
  }
}

function sizeOf(files: FolderFiles, file: string): number {
  try {
    return files.lstatSync(file).size;
  } catch (caught) {
    if (systemErrorCode(caught) === 'ENOENT') return 0;
    throw caught;
  }
}
