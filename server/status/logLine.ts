import { printable } from '../platform/printable.js';

/** One record of a site server's log. */
export interface LogRecord {
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
