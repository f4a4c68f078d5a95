/** How the engines say what they do not say alike; statements are written in the words on the left. */
interface Dialect {
  /** By the word: what stands there instead. */
  readonly words: Readonly<Record<string, string>>;
  /** How the value of that number, from 1 on, is named. */
  readonly parameter: (number: number) => string;
}

export const DIALECTS = {
  /**
   * `greatest(`: the largest of several values, which SQLite calls `max`. `ILIKE`: like a pattern, whatever the case of
   * ASCII letters; LIKE of SQLite is so always.
   */
  sqlite: { words: { 'greatest(': 'max(', ILIKE: 'LIKE' }, parameter: () => '?' },
  /**
   * In tables: times, ids and sizes need 64 bits, which every INTEGER of SQLite has; texts are ordered, and their
   * letters made small, by their bytes as SQLite does it; tables by their key alone (WITHOUT ROWID) are SQLite's.
   */
  postgres: {
    words: { INTEGER: 'bigint', BLOB: 'bytea', TEXT: 'text COLLATE "C"', 'WITHOUT ROWID': '' },
    parameter: (number) => `$${number}`,
  },
} satisfies Record<string, Dialect>;

/** What is passed over, and what may stand otherwise. */
const PARTS =
  /'(?:[^']|'')*'|--[^\n]*|\?|\bgreatest\(|\bILIKE\b|\bINTEGER\b|\bBLOB\b|(?<!AS )\bTEXT\b|\bWITHOUT ROWID\b/g;

/** A statement, or tables, in the words of an engine. */
export function inDialect(sql: string, { words, parameter }: Dialect): string {
  let number = 0;
  return sql.replace(PARTS, (part) => {
    if (part !== '?') return words[part] ?? part;
    number += 1;
    return parameter(number);
  });
}
