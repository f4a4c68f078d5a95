import { type WrittenLast, writtenLast } from './CommitWitness.js';
import { lacksTitleIndex } from './indexTitles.js';
import type { PostgresSession } from './PostgresSession.js';
import { isCurrentFormat, storeFormat } from './storeFormat.js';

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
  const [found, last, lacksIndex] = await Promise.all([
    // Where there is no such table, whoever makes the tables says why.
    storeFormat(session).catch(() => undefined),
    asked.catch(() => undefined),
    lacksTitleIndex(session),
  ]);
  const isCurrent = found?.site === siteGuid && isCurrentFormat(found);
  // Its tables are all there: what was lost must not stay unseen because this once it could not be read.
  return { isCurrent, lacksTitleIndex: lacksIndex, last: isCurrent ? await asked : last };
}
