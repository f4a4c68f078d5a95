import { printable } from './printable.js';

/** A line of CSV (RFC 4180) with its line end; what a spreadsheet would take for a formula is text. */
export function csvRow(values: readonly string[]): string {
  return `${values.map(field).join(',')}\r\n`;
}

function field(value: string): string {
  const text = printable(value);
  const plain = /^[=+\-@\t\n]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
