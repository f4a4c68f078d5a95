import { createHash } from 'node:crypto';
import { guidOf } from '../fixtures/updateDocuments.js';
import { CATEGORIES, update } from './catalogue.js';
import { TestSite } from './TestSite.js';

const DAY = 24 * 60 * 60 * 1000;
/** Text that does not get smaller: most of what is stored at first is of a revision that goes. */
const NOISE = Array.from({ length: 300 }, (_unused, index) =>
  createHash('sha256').update(String(index)).digest('hex'),
).join('');
const child = (number: number, revision = 1): ReturnType<typeof update> =>
  update(number, { revision, deployable: false });
const bundle = (number: number, over: Parameters<typeof update>[1]): ReturnType<typeof update> => update(number, over);

export async function passDays(site: TestSite, days: number): Promise<void> {
  site.clock += days * DAY;
  await site.activity.idle();
}

/**
 * A site with a past, fifty days after the last change, before the maintenance that removes what is obsolete:
 * 1 was revised; 10 and its child 11 were revised together; 20 expired by rule because 21 supersedes it, with its child
 * 22; 30 was withdrawn
 * but 31 requires it; 50 was withdrawn but supersedes 51; 60 was withdrawn, and 62 holds its child 61 too.
 */
export async function agedSite(site: TestSite): Promise<void> {
  const { source } = site;
  source.put(...CATEGORIES);
  await site.set({ addProduct: ['Windows 11'], addUpdateClassification: ['Security Updates'] });
  await site.change({ callWsusCleanup: true, immediatelyExpireSupersedence: true });
  source.put(
    update(1, { description: NOISE }),
    child(11),
    bundle(10, { bundles: [{ id: guidOf(11), revision: 1 }] }),
    child(22),
    bundle(20, { bundles: [{ id: guidOf(22), revision: 1 }] }),
    update(30),
    update(31, { prerequisites: [guidOf(30)] }),
    update(50, { supersedes: [guidOf(51)], publicationState: 'Expired' }),
    update(51),
    child(61),
    bundle(60, { bundles: [{ id: guidOf(61), revision: 1 }] }),
    bundle(62, { bundles: [{ id: guidOf(61), revision: 1 }] }),
  );
  await site.sync();
  await passDays(site, 1);
  source.put(
    update(1, { revision: 2 }),
    child(11, 2),
    bundle(10, { revision: 2, bundles: [{ id: guidOf(11), revision: 2 }] }),
    update(21, { supersedes: [guidOf(20)], created: '2024-02-01T00:00:00.000Z' }),
    update(30, { revision: 2, publicationState: 'Expired' }),
    bundle(60, { revision: 2, publicationState: 'Expired', bundles: [{ id: guidOf(61), revision: 1 }] }),
    update(99),
  );
  await site.sync();
  await passDays(site, 8);
  await site.sync();
  await passDays(site, 50);
}

/** What a site holds, apart from when things were done and where documents lie: those are read. */
export async function contentOf(site: TestSite): Promise<unknown> {
  const { database, documents } = site.context;
  const last = (await database.nextIds()).revision - 1;
  const content: Record<string, string> = {};
  for (const { revisionId, location } of await database.documentsIn({ from: 1, to: last }))
    content[revisionId] = Buffer.from(await documents.read(location)).toString('latin1');
  const rows = (await database.allSoftwareUpdates()).map((row) => ({
    ...row,
    created: 0,
    modified: 0,
    expiredSince: 0,
    ciVersion: 0,
  }));
  const everything = Array.from({ length: 110 }, (_unused, index) =>
    [1, 2].map((revisionNumber) => ({ updateId: guidOf(index), revisionNumber })),
  ).flat();
  return {
    content,
    rows,
    missing: (await database.missingRevisions(everything)).length,
    counts: await database.counts(),
    nextIds: { ...(await database.nextIds()), run: 0, message: 0 },
  };
}

/** Numbers and revisions of the updates that are stored. */
export async function storedOf(site: TestSite): Promise<string[]> {
  const { database } = site.context;
  const { revision } = await database.nextIds();
  const names = await database.names(Array.from({ length: revision }, (_unused, index) => index));
  const keys = await database.updateKeys([...names.values()].map((name) => name.updateId));
  const revisions = await database.revisionsOf([...new Set(keys.values())]);
  return revisions
    .filter((found) => found.isUpdate)
    .map(
      (found) =>
        `${Number.parseInt(names.get(found.revisionId)?.updateId.slice(-4) ?? '', 16)}.${found.revisionNumber}`,
    )
    .sort();
}
