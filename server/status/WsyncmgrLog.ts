import path from 'node:path';
import { reasonOf, SyncError } from '../errors/SyncError.js';
import type { FolderFiles } from '../platform/files/folderFiles.js';
import { isHeld, whileHeld } from '../platform/files/heldFiles.js';
import { printable } from '../platform/printable.js';
import { systemErrorCode } from '../platform/systemErrorCode.js';
import { append, PendingLines, sizeOf } from './PendingLines.js';

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
/** So many times the log waits in a file beside it while somebody holds it; what is more is counted. */
const PENDING_LOGS = 8;
/** So many lines are written at once. */
const LINES = 500;
const PAUSE_MS = 200;
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
  return new CollectingLog(options);
}

class CollectingLog implements WsyncmgrLog {
  readonly #options: WsyncmgrLogOptions;
  readonly #file: string;
  readonly #limit: number;
  readonly #pending: PendingLines;
  #waiting: string[] = [];
  #length = 0;
  #lost = 0;
  #hasFailed = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: WsyncmgrLogOptions) {
    const { folder, files, platform, rollOver: limit = ROLL_OVER } = options;
    this.#options = options;
    this.#file = path.join(folder, 'wsyncmgr.log');
    this.#limit = limit;
    const file = path.join(folder, 'wsyncmgr.pending');
    this.#pending = new PendingLines({ file, files, limit: PENDING_LOGS * limit, platform });
  }

  write(...lines: readonly string[]): void {
    for (const line of lines) this.#collect(this.#lineOf(line));
    // While somebody holds the file each try would fail.
    const isMuch = this.#hasFailed ? this.#length > this.#limit : this.#waiting.length >= LINES;
    if (isMuch) this.flush();
    else this.#later();
  }

  flush(): void {
    try {
      this.#writeWaiting();
    } catch (error) {
      this.#keep(error);
      if (!this.#hasFailed) this.#options.onFailure?.(this.#failure(error));
      this.#hasFailed = true;
    }
  }

  async close(): Promise<void> {
    try {
      await whileHeld(() => this.#writeWaiting(), this.#options);
    } catch (error) {
      clearTimeout(this.#timer);
      this.#options.onFailure?.(this.#failure(error));
      if (isHeld(error, this.#options.platform) && this.#putAside()) return;
      for (const line of this.#waiting) this.#options.onFailure?.(`Not in it: ${line.trimEnd()}`);
    }
  }

  #lineOf(text: string): string {
    const { now, thread } = this.#options;
    return `${logLine({ text, component: COMPONENT, time: now(), thread })}\r\n`;
  }

  /** What waits here; what is missing is told where it is missing. */
  get #text(): string {
    const lost = `WARNING: ${this.#lost} lines could not be written and are missing here.`;
    return `${this.#lost === 0 ? '' : this.#lineOf(lost)}${this.#waiting.join('')}`;
  }

  #collect(line: string): void {
    this.#waiting.push(line);
    this.#length += line.length;
  }

  #failure(error: unknown): string {
    return `${this.#file} cannot be written: ${reasonOf(error)}`;
  }

  #later(): void {
    this.#timer ??= setTimeout(() => this.flush(), PAUSE_MS).unref();
  }

  /** In the order in which they came: what waits beside the log, how many are missing, what waits here. */
  #writeWaiting(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#waiting.length === 0 && this.#lost === 0) return;
    const { files } = this.#options;
    rollOver(this.#options, this.#file, this.#limit);
    const remark = this.#pending.moveTo((piece) => append(files, this.#file, piece));
    if (remark !== undefined) this.#waiting.unshift(this.#lineOf(`WARNING: ${remark}`));
    append(files, this.#file, this.#text);
    this.#lost = 0;
    this.#forget();
    this.#hasFailed = false;
  }

  #forget(): void {
    this.#waiting = [];
    this.#length = 0;
  }

  /** While somebody reads it without sharing nobody may write: lines wait here, and beside it once they are many. */
  #keep(error: unknown): void {
    const isWaiting = isHeld(error, this.#options.platform);
    if (!isWaiting) this.#lose();
    else if (this.#length > this.#limit && !this.#putAside()) this.#lose();
    if (isWaiting) this.#later();
  }

  #lose(): void {
    this.#lost += this.#waiting.length;
    this.#forget();
  }

  /** False where they stay here: the file is full, or cannot be written either. */
  #putAside(): boolean {
    try {
      if (!this.#pending.add(this.#text)) return false;
    } catch (caught) {
      if (!(caught instanceof SyncError) && systemErrorCode(caught) === '') throw caught;
      return false;
    }
    this.#lost = 0;
    this.#forget();
    return true;
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
