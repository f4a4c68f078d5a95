import { SyncError } from '../../errors/SyncError.js';
import { FORMAT } from '../sql/schema.js';
import type { PostgresSession } from './PostgresSession.js';
import { OWN_MIGRATIONS } from './postgresTables.js';

/** Whose the tables of a database are, and of which formats: those of all engines, and those of PostgreSQL alone. */
export interface StoreFormat {
  /** GUID of the site. */
  readonly site: string;
  readonly format: number;
  readonly ownFormat: number;
}

/** Both formats. */
export type StoreFormats = Pick<StoreFormat, 'format' | 'ownFormat'>;

/** Those of this version. */
export const OWN_FORMATS: StoreFormats = { format: FORMAT, ownFormat: OWN_MIGRATIONS.length };

/** Of the row of `store`, in SQL: no newer version has changed the tables. */
export const IS_KNOWN_FORMAT = `format <= ${FORMAT} AND own_format <= ${OWN_MIGRATIONS.length}`;

/** What the row of `store` says; undefined where there is none. Fails where there is no such table. */
export async function storeFormat({ query }: PostgresSession): Promise<StoreFormat | undefined> {
  const [row] = await query('SELECT site, format, own_format FROM store');
  return row && { site: String(row[0]), format: Number(row[1]), ownFormat: Number(row[2]) };
}

/** Both formats as errors name them. */
export function formatsOf({ format, ownFormat }: StoreFormats): { readonly found: string; readonly known: string } {
  return { found: `${format}.${ownFormat}`, known: `${FORMAT}.${OWN_MIGRATIONS.length}` };
}

/**
 * StoreNewerFormat where a newer version has changed the tables. `where`: the database as messages name it; `cause`:
 * what failed because of it.
 */
export function newerFormat(found: StoreFormats, where: string, cause?: unknown): SyncError | undefined {
  if (found.format <= FORMAT && found.ownFormat <= OWN_MIGRATIONS.length) return undefined;
  return new SyncError('StoreNewerFormat', { path: where, ...formatsOf(found) }, { cause });
}

/** Where this version has nothing to change. */
export function isCurrentFormat({ format, ownFormat }: StoreFormats): boolean {
  return format === FORMAT && ownFormat === OWN_MIGRATIONS.length;
}
