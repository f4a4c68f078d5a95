import type { Database, SqlJsStatic } from 'sql.js';
import type { Steps } from '../../platform/inTurns.js';
import { emptyFile, openInMemory } from './databaseFile.js';

/** Pages that are copied between two turns of others: a megabyte. */
const PAGES = 64;
const OK = 0;
const DONE = 101;
/** Where the header of a database says how many pages it has. */
const PAGE_COUNT = 28;

/** The online backup of SQLite, which sql.js has and its types leave out. */
interface BackupCalls {
  _sqlite3_backup_init(target: number, targetName: number, source: number, sourceName: number): number;
  _sqlite3_backup_step(backup: number, pages: number): number;
  _sqlite3_backup_finish(backup: number): number;
  stringToNewUTF8(text: string): number;
  _free(pointer: number): void;
}

/** A database of sql.js with its handle. */
type Handled = Database & { readonly db: number };

/**
 * The whole database as bytes, copied some pages a step; nobody may change it meanwhile. `Database.export` does the
 * same in one piece, which holds the engine for as long as it takes.
 */
export function* imageInPieces(sql: SqlJsStatic, source: Database): Steps<Uint8Array> {
  const pageSize = pragma(source, 'page_size');
  const image = new Uint8Array(pragma(source, 'page_count') * pageSize);
  const target = openInMemory(sql, image, emptyFile(pageSize)) as Handled;
  try {
    yield* copyPages(sql as SqlJsStatic & BackupCalls, source as Handled, target);
  } finally {
    target.close();
  }
  // A later sql.js may not take the file over as this one does.
  return isWhole(image, pageSize) ? image : source.export();
}

function pragma(database: Database, name: string): number {
  return Number(database.exec(`PRAGMA ${name}`)[0]?.values[0]?.[0]);
}

function* copyPages(calls: BackupCalls, source: Handled, target: Handled): Steps<void> {
  const main = calls.stringToNewUTF8('main');
  const backup = calls._sqlite3_backup_init(target.db, main, source.db, main);
  let result = OK;
  try {
    while (backup !== 0 && (result = calls._sqlite3_backup_step(backup, PAGES)) === OK) yield;
  } finally {
    calls._sqlite3_backup_finish(backup);
    calls._free(main);
  }
  if (result !== DONE) throw new RangeError(`SQLite could not copy the database (${result})`);
}

function isWhole(image: Uint8Array, pageSize: number): boolean {
  const header = Buffer.from(image.buffer, image.byteOffset, Math.min(image.length, pageSize));
  return header.length === pageSize && header.readUInt32BE(PAGE_COUNT) * pageSize === image.length;
}
