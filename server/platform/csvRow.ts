import { printable } from './printable.js';

/** A mark with which a spreadsheet of Windows takes a file for UTF-8; others leave it out. */
export const BYTE_ORDER_MARK = '\uFEFF';

/** A line of CSV (RFC 4180) with its line end; what a spreadsheet would take for a formula is text. */
export function csvRow(values: readonly string[]): string {
  return `${values.map(field).join(',')}\r\n`;
}

function field(value: string): string {
  const text = printable(value);
  const plain = /^[=+\-@\t\n]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
