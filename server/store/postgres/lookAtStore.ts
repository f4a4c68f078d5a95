import { FORMAT } from '../sql/schema.js';
import { type WrittenLast, writtenLast } from './CommitWitness.js';
import { lacksTitleIndex } from './indexTitles.js';
import type { PostgresRow, PostgresSession } from './PostgresSession.js';
import { OWN_MIGRATIONS } from './postgresTables.js';

/** How the database of a site is found when it is opened. */
export interface FoundStore {
  /** It is that of the site, and its tables are those of this version: nothing is to be made. */
  readonly isCurrent: boolean;
  readonly lacksTitleIndex: boolean;
  /** Of the epoch that was asked for where it is over, else of the one of now; undefined where tables are missing. */
  readonly last: WrittenLast | undefined;
}

/** Looks at the database, in one way there and back and without a lock. `epoch`: that of the witness. */
export async function lookAtStore(session: PostgresSession, siteGuid: string, epoch?: number): Promise<FoundStore> {
  const asked = writtenLast(session, epoch);
  const [[site, format, ownFormat], last, lacksIndex] = await Promise.all([
    storeRow(session),
    asked.catch(() => undefined),
    lacksTitleIndex(session),
  ]);
  const isCurrent = site === siteGuid && format === FORMAT && ownFormat === OWN_MIGRATIONS.length;
  // Its tables are all there: what was lost must not stay unseen because this once it could not be read.
  return { isCurrent, lacksTitleIndex: lacksIndex, last: isCurrent ? await asked : last };
}

/** Where there is no such table, whoever makes the tables says why. */
async function storeRow({ query }: PostgresSession): Promise<PostgresRow> {
  const rows = await query('SELECT site, format, own_format FROM store').catch(() => []);
  return rows[0] ?? [];
}
