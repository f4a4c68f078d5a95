import { printable } from '../platform/printable.js';
import type { CommandContext } from './CommandContext.js';

/** A column of a table: its heading and the text of a row. */
export interface Column<Row> {
  readonly heading: string;
  readonly text: (row: Row) => string;
  /** Longer texts are cut, on a narrow terminal to less. Those that wrap stay whole. */
  readonly width?: number;
  readonly right?: boolean;
  /** A text that does not fit goes on in the next line instead of being cut. */
  readonly wraps?: true;
  /** Only where so many characters fit into a line. */
  readonly from?: number;
}

const GAP = 2;
/** A text that is cut shows at least so much. */
const LEAST = 12;

/** The lines of a table: headings, a rule, the rows. They fit into `limit` characters, where there is one. */
export function tableLines<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  limit = Infinity,
): readonly string[] {
  const cells = columns.map((column) => ({
    column,
    texts: rows.map((row) => cut(column.text(row), column.wraps === true ? undefined : column.width)),
  }));
  const shown = fitted(
    cells.filter(({ column }) => (column.from ?? 0) <= limit),
    limit,
  );
  const join = (texts: readonly string[]): string =>
    texts
      .map((text, at) => pad(text, shown[at]?.size ?? 0, shown[at]?.column.right ?? false))
      .join(' '.repeat(GAP))
      .trimEnd();
  return [
    join(shown.map(({ column }) => column.heading)),
    join(shown.map(({ size }) => '-'.repeat(size))),
    ...rows.flatMap((_, row) => rowLines(shown, row).map(join)),
  ];
}

/** A column with its texts. */
interface Cells<Row> {
  readonly column: Column<Row>;
  readonly texts: readonly string[];
}

/** A column as wide as it is shown. */
interface Sized<Row> extends Cells<Row> {
  readonly size: number;
}

/** The cells of each line of a row. */
function rowLines<Row>(shown: readonly Sized<Row>[], row: number): readonly (readonly string[])[] {
  const parts = shown.map(({ column, texts, size }) => partsOf(texts[row] ?? '', size, column));
  const height = Math.max(...parts.map(({ length }) => length));
  return Array.from({ length: height }, (_, line) => parts.map((part) => part[line] ?? ''));
}

/** The lines of one cell. */
function partsOf(text: string, size: number, { wraps = false }: { readonly wraps?: boolean }): readonly string[] {
  return wraps ? wrapped(text, size) : [cut(text, size)];
}

/** A text in lines of so many characters; only a word that is longer than a line is broken. */
export function wrapped(text: string, size: number): readonly string[] {
  const lines = [''];
  for (const word of text.split(' ').flatMap((whole) => whole.match(new RegExp(`.{1,${size}}`, 'gu')) ?? [''])) {
    const last = lines.at(-1) ?? '';
    if (last === '') lines[lines.length - 1] = word;
    else if (last.length + 1 + word.length <= size) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** Prints a table that fits the terminal; into a file or a pipe nothing is cut for it. */
export function printTable<Row>(
  context: Pick<CommandContext, 'print' | 'width'>,
  rows: readonly Row[],
  columns: readonly Column<Row>[],
): void {
  for (const line of tableLines(rows, columns, context.width)) context.print(line);
}

/** The columns that fit into a line, and how wide: what needs most room to be there goes first where they do not. */
function fitted<Row>(cells: readonly Cells<Row>[], limit: number): readonly Sized<Row>[] {
  const sizes = sizesIn(cells, limit);
  if (sizes !== undefined || cells.length <= 1)
    return cells.map((cell, at) => ({ ...cell, size: sizes?.[at] ?? naturalSize(cell) }));
  const most = Math.max(...cells.map(({ column }) => column.from ?? 0));
  const last = cells.findLastIndex(({ column }) => (column.from ?? 0) === most);
  return fitted(
    cells.filter((_, at) => at !== last),
    limit,
  );
}

/** The widths with which all of these fit: the widest text gives way first. Undefined where they cannot. */
function sizesIn<Row>(cells: readonly Cells<Row>[], limit: number): readonly number[] | undefined {
  const sizes = cells.map(naturalSize);
  const spare = (at: number): number => (sizes[at] ?? 0) - leastSize(cells[at], sizes[at]);
  const widest = (): number =>
    sizes.reduce((best, size, at) => (spare(at) > 0 && size > (sizes[best] ?? 0) ? at : best), -1);
  for (let excess = sizes.reduce((sum, size) => sum + size + GAP, -GAP) - limit; excess > 0; excess -= 1) {
    const at = widest();
    if (at === -1) return undefined;
    sizes[at] = (sizes[at] ?? 0) - 1;
  }
  return sizes;
}

function naturalSize<Row>({ column, texts }: Cells<Row>): number {
  return texts.reduce((most, { length }) => Math.max(most, length), column.heading.length);
}

/** What may not be cut has its size. */
function leastSize<Row>(cell: Cells<Row> | undefined, size = 0): number {
  return cell?.column.width === undefined ? size : Math.max(cell.column.heading.length, LEAST);
}

function cut(text: string, width: number | undefined): string {
  const line = printable(text.replace(/\s+/g, ' '));
  return width === undefined || line.length <= width ? line : `${line.slice(0, width - 1)}…`;
}

function pad(text: string, width: number, right: boolean): string {
  return right ? text.padStart(width) : text.padEnd(width);
}
