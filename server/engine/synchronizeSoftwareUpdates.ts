import { matchesSubscription, type SubscribedKeys } from '../criteria/matchesSubscription.js';
import { FLAG, type CatalogueRow, type CategoryRow } from '../store/rows.js';
import { SoftwareUpdateWriter } from './SoftwareUpdateWriter.js';
import { resolveSupersedence } from './resolveSupersedence.js';
import { STATE } from './catalogueState.js';
import type { SyncJob } from './sync.js';

const PAGE = 500;
const MAX_BUNDLE_DEPTH = 16;

/** What the site database phase leaves for the end of the run. */
export interface SiteDatabaseResult {
  /** Revision id up to which the catalogue has been evaluated. */
  readonly nextRevision: number;
  readonly changed: boolean;
}

/** Makes software updates of what the subscription selects: all of the catalogue in a full synchronization, else what is new in it. */
export async function synchronizeSoftwareUpdates(job: SyncJob, categories: readonly CategoryRow[]): Promise<SiteDatabaseResult> {
  const { context, recorder } = job;
  context.log.write('sync: SMS synchronizing updates');
  const isFull = recorder.run.Kind === 'Full';
  const nextRevision = (await context.database.nextIds()).revision;
  const fromRevisionId = isFull ? 1 : Number((await context.database.setting(STATE.nextRevision)) ?? 1);
  const writer = new SoftwareUpdateWriter(job, { categories, firstCiId: (await context.database.nextIds()).softwareUpdate });
  const subscribed = subscribedKeys(categories);
  const unresolved = (await context.database.setting(STATE.unresolved)) === true;
  if (!isFull) await writer.write(await withBundled(job, (await context.database.bundlesOf(fromRevisionId)).filter((row) => isSelected(row, subscribed))), []);
  recorder.step(await context.database.catalogueSize(fromRevisionId));
  let after = fromRevisionId - 1;
  for (let done = 0; done < recorder.run.Total;) {
    job.signal.throwIfAborted();
    const page = await context.database.cataloguePage({ fromRevisionId, afterRevisionId: after, limit: PAGE });
    await writer.write(await withBundled(job, page.filter((row) => isSelected(row, subscribed))), page);
    after = page.at(-1)?.revisionId ?? after;
    done = page.length === 0 ? recorder.run.Total : done + page.length;
    recorder.advance('sync: SMS synchronizing updates', done);
  }
  if (isFull) await writer.expireUnselected();
  await resolveSupersedence(job, writer, isFull || unresolved);
  return { nextRevision, changed: unresolved || writer.touched.size > 0 };
}

function isSelected(row: CatalogueRow, subscribed: SubscribedKeys): boolean {
  return (row.flags & FLAG.explicitlyDeployable) !== 0 && matchesSubscription(row.categoryKeys, subscribed);
}

function subscribedKeys(categories: readonly CategoryRow[]): SubscribedKeys {
  const keys = (type: string): Set<number> => new Set(categories.filter((row) => row.isSubscribed && row.typeName === type).map((row) => row.updateKey));
  return { products: keys('Product'), classifications: keys('UpdateClassification') };
}

/** An update to write; a bundled child is hidden behind its bundle. */
export interface SelectedUpdate {
  readonly row: CatalogueRow;
  readonly isChild: boolean;
  readonly isBundle: boolean;
}

/** The selected updates with their bundled children of all levels. */
async function withBundled(job: SyncJob, rows: readonly CatalogueRow[]): Promise<readonly SelectedUpdate[]> {
  const selected: SelectedUpdate[] = [];
  let level = rows;
  for (let depth = 0; level.length > 0 && depth < MAX_BUNDLE_DEPTH; depth += 1) {
    const bundled = await job.context.database.bundledRevisions(level.map((row) => row.revisionId));
    selected.push(...level.map((row) => ({ row, isChild: depth > 0, isBundle: bundled.has(row.revisionId) })));
    level = [...bundled.values()].flat();
  }
  return selected;
}
