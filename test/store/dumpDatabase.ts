import { createHash } from 'node:crypto';
import type { SiteDatabase } from '../../server/store/SiteDatabase.js';

/** Everything the queries show of a database, as one digest. */
export async function digestOf(database: SiteDatabase, settings: readonly string[] = []): Promise<string> {
  return createHash('sha256')
    .update(JSON.stringify(await dumpOf(database, settings)))
    .digest('hex');
}

/** Everything the queries show of a database. */
export async function dumpOf(database: SiteDatabase, settings: readonly string[] = []): Promise<unknown> {
  const nextIds = await database.nextIds();
  const revisionIds = Array.from({ length: nextIds.revision - 1 }, (_unused, index) => index + 1);
  return {
    nextIds,
    counts: await database.counts(),
    categories: await database.categories(),
    softwareUpdates: await database.allSoftwareUpdates(),
    updates: await database.updates({ wildcard: false }),
    catalogue: await database.latestRevisions(),
    categoryDocuments: await database.categoryDocuments(),
    candidates: await database.candidates(revisionIds),
    names: [...(await database.names(revisionIds))],
    related: [...(await database.relatedIds(revisionIds))],
    locations: await Promise.all(revisionIds.map(async (id) => database.documentLocation(id))),
    runs: await database.runs({}),
    statuses: await database.statuses(),
    settings: await Promise.all(settings.map(async (name) => database.setting(name))),
  };
}
