import type { WaitingSteps } from '../../platform/inTurns.js';
import { CategoryIds } from './CategoryIds.js';
import { KeptDescriptions } from './KeptDescriptions.js';
import { KeptSettings } from './KeptSettings.js';

/** A value bound to a statement, or of a row. */
export type Value = string | number | Uint8Array | null;

/** A row: columns in order of the query. */
export type Row = readonly Value[];

/**
 * A query in steps. `undefined`: others may have their turn. A promise: an engine that answers later is waited for; it
 * is fulfilled with nothing, the generator keeps what came. One body is so at once with SQLite, which never waits.
 */
export type SqlSteps<Result> = WaitingSteps<Result>;

/** Lengths that lists of ids are filled up to, so that few prepared statements serve all. */
const LIST_SIZES = [1, 5, 20, 50, 100, 200] as const;
export const LONGEST_LIST = 200;
/** Rows that are read before others have their turn. */
export const PAGE = 1000;
/** No row has it. */
const NO_ID = -1;

/** A condition on a column, and what is bound to it. */
export interface Scope {
  readonly text: string;
  readonly values: readonly Value[];
}

/** What every engine of the site database reads with; its statements are standard SQL with `?` for values. */
export abstract class Sql {
  /** What long settings were read as, until they are written: 50,000 selected products are two million characters. */
  readonly settings = new KeptSettings();
  readonly descriptions = new KeptDescriptions();

  /** Short settings as they stand in the database, until they are written; undefined where others write too. */
  get settingTexts(): Map<string, string | undefined> | undefined {
    return undefined;
  }

  /** Which revisions are of categories. */
  readonly categoryIds = new CategoryIds();

  /** All rows of a query. */
  abstract rows(sql: string, values?: readonly Value[]): SqlSteps<Row[]>;

  /** First row of a query. */
  abstract row(sql: string, values?: readonly Value[]): SqlSteps<Row | undefined>;

  /** The numbers that queries without values give, each one row with one number; others have their turn in between. */
  *numbers(...queries: readonly string[]): SqlSteps<number[]> {
    const numbers: number[] = [];
    for (const query of queries) {
      numbers.push(Number((yield* this.row(query))?.[0]));
      yield;
    }
    return numbers;
  }

  /** Gives each row of a query to `take`; others have their turn in between. */
  abstract read(sql: string, values: readonly Value[], take: (row: Row) => void): SqlSteps<void>;

  /** That the column has one of the ids, of which there are at most `LONGEST_LIST`: all have the same text. */
  isIn(column: string, ids: readonly number[]): Scope {
    const values = [...ids, ...new Array<number>(LONGEST_LIST - ids.length).fill(NO_ID)];
    return { text: `${column} IN (${'?,'.repeat(LONGEST_LIST - 1)}?)`, values };
  }

  /** All rows of a query over many ids: `sql` has `(#)` where the list stands. */
  *rowsIn(sql: string, ids: readonly number[]): SqlSteps<Row[]> {
    const rows: Row[] = [];
    yield* this.eachRowIn(sql, ids, (row) => rows.push(row));
    return rows;
  }

  /** What is made of each row of a query over many ids: a row takes more memory, and all at once would take long. */
  *madeIn<Item>(sql: string, ids: readonly number[], make: (row: Row) => Item): SqlSteps<Item[]> {
    const items: Item[] = [];
    yield* this.eachRowIn(sql, ids, (row) => items.push(make(row)));
    return items;
  }

  /** Gives the rows of a query over many ids to `take`, which keeps what it needs of them: a row takes much memory. */
  *eachRowIn(sql: string, ids: readonly (number | Uint8Array)[], take: (row: Row) => void): SqlSteps<void> {
    for (let at = 0; at < ids.length; at += LONGEST_LIST) {
      const chunk = ids.slice(at, at + LONGEST_LIST);
      const size = LIST_SIZES.find((candidate) => candidate >= chunk.length) ?? LONGEST_LIST;
      while (chunk.length < size) chunk.push(chunk[0] as number | Uint8Array);
      yield* this.read(sql.replace('(#)', `(${'?,'.repeat(size - 1)}?)`), chunk, take);
      yield;
    }
  }

  /** All rows of a query in pages, as `eachRow` reads them. */
  *pages(sql: string, after: readonly Value[]): SqlSteps<Row[]> {
    const rows: Row[] = [];
    yield* this.eachRow(sql, after, (row) => rows.push(row));
    return rows;
  }

  /**
   * Gives the rows of a query to `take`, page after page: `sql` is ordered by its first columns, `after.length` of
   * them, and takes what must be below them as its values.
   */
  *eachRow(sql: string, after: readonly Value[], take: (row: Row) => void): SqlSteps<void> {
    for (let key: readonly Value[] | undefined = after; key !== undefined;) {
      const page: Row[] = yield* this.rows(`${sql} LIMIT ${PAGE}`, key);
      for (const row of page) take(row);
      key = page.length < PAGE ? undefined : page.at(-1)?.slice(0, after.length);
      yield;
    }
  }
}
