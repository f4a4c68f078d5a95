import { reasonOf } from '../errors/SyncError.js';
import { segmentLines, segmentProblems } from '../repair/segmentProblems.js';
import { HOUR, MINUTE } from '../schedule/zone.js';
import type { SiteContext } from '../state/SiteContext.js';

/**
 * A look at the store goes over all that is stored, and a report follows every change: one look an hour is enough.
 * Damage that was found may have been repaired since.
 */
export function damageByTheHour(context: SiteContext): () => Promise<readonly string[]> {
  let from = Number.NEGATIVE_INFINITY;
  let found: Promise<readonly string[]> = Promise.resolve([]);
  return async () => {
    const now = context.now().getTime();
    if (Math.abs(now - from) < ((await found).length === 0 ? HOUR : MINUTE)) return found;
    from = now;
    found = damageOf(context);
    return found;
  };
}

/** What is damaged or lost of the store of a site, by sentence. @throws SyncError of the database */
export async function storeDamage({ database, documents, shared, site }: Damageable): Promise<readonly string[]> {
  const known = [shared?.loss(), site?.keyProblem?.()].filter((sentence) => sentence !== undefined);
  return [...known, ...segmentLines(await segmentProblems(database, documents))];
}

type Damageable = Pick<SiteContext, 'database' | 'documents' | 'shared'> & {
  readonly site?: Pick<SiteContext['site'], 'keyProblem'>;
};

/** A store that cannot be looked at is a finding, and no reason to tell nothing. */
async function damageOf(context: SiteContext): Promise<readonly string[]> {
  try {
    return await storeDamage(context);
  } catch (error) {
    return [`The store could not be looked at: ${reasonOf(error)}`];
  }
}
