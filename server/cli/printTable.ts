import { printable } from '../platform/printable.js';

/** A column of a table: its heading and the text of a row. */
export interface Column<Row> {
  readonly heading: string;
  readonly text: (row: Row) => string;
  /** Longer texts are cut. */
  readonly width?: number;
  readonly right?: boolean;
}

/** The lines of a table: headings, a rule, the rows. */
export function tableLines<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): readonly string[] {
  const cells = rows.map((row) => columns.map((column) => cut(column.text(row), column.width)));
  const widths = columns.map((column, index) =>
    Math.max(column.heading.length, ...cells.map((line) => line[index]?.length ?? 0)),
  );
  const join = (texts: readonly string[]): string =>
    texts
      .map((text, index) => pad(text, widths[index] ?? 0, columns[index]?.right ?? false))
      .join('  ')
      .trimEnd();
  return [
    join(columns.map((column) => column.heading)),
    join(widths.map((width) => '-'.repeat(width))),
    ...cells.map(join),
  ];
}

function cut(text: string, width: number | undefined): string {
  const line = printable(text.replace(/\s+/g, ' '));
  return width === undefined || line.length <= width ? line : `${line.slice(0, width - 1)}…`;
}

function pad(text: string, width: number, right: boolean): string {
  return right ? text.padStart(width) : text.padEnd(width);
}
