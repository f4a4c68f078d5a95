import { evaluateUpdates } from '../criteria/evaluateUpdates.js';
import { nothingSelected } from '../criteria/selectionWarnings.js';
import type { SupersedenceRules } from '../criteria/supersedenceRules.js';
import { inTurns, nextTurn } from '../platform/inTurns.js';
import type { CategoryRow } from '../store/rows.js';
import { affectedUpdates } from './affectedUpdates.js';
import { STATE } from '../state/catalogueState.js';
import { evaluationRules, supersedenceRules } from './evaluationRules.js';
import { loadFacts } from './loadFacts.js';
import { maxRunTimes } from './maxRunTimes.js';
import { refuseMassExpiry } from './refuseMassExpiry.js';
import { removeOldExpired } from '../maintenance/removeOldExpired.js';
import type { SyncJob } from './SyncJob.js';
import { writeChanges, writeSoftwareUpdates } from './writeSoftwareUpdates.js';

/** What the site database phase leaves for the end of the run. */
export interface SiteDatabaseResult {
  /** Revision id up to which the catalogue has been evaluated. */
  readonly nextRevision: number;
  readonly changed: boolean;
  /** The subscribed products and classifications that it was evaluated with. */
  readonly categoriesKey: string;
}

/**
 * Makes the software updates what the catalogue, the subscription, the rules and the time say that they are: all of the
 * catalogue in a full synchronization, else what can have changed. Then old expired updates leave.
 */
export async function synchronizeSoftwareUpdates(
  job: SyncJob,
  categories: readonly CategoryRow[],
): Promise<SiteDatabaseResult> {
  const { context, settings } = job;
  const { database } = context;
  context.log.write('sync: SMS synchronizing updates');
  const nextRevision = (await database.nextIds()).revision;
  const rules = supersedenceRules(categories, settings);
  const categoriesKey = subscribedKey(categories);
  // A package may have been imported long after the subscription or a rule was changed. A product that came or moved in
  // the tree changes what updates are that have not changed themselves.
  const isWhole =
    job.recorder.run.Kind === 'Full' ||
    job.imported !== undefined ||
    (await database.setting(STATE.evaluatedCategories)) !== categoriesKey;
  const facts = await loadFacts(database, isWhole ? undefined : await changedSince(job, rules));
  const evaluated = await inTurns(
    evaluateUpdates(facts, await evaluationRules(job, { categories, stored: facts.stored, rules })),
  );
  await refuseMassExpiry(job, facts.stored, evaluated);
  if (job.imported !== undefined) await warnOfNothingSelected(job, new Set(evaluated.keys()));
  const wasUnresolved = (await database.setting(STATE.unresolved)) === true;
  const changed = await writeSoftwareUpdates(job, {
    stored: facts.stored,
    evaluated,
    maxRunTime: maxRunTimes(categories, settings),
  });
  const removed = await removeOldExpired(context, {
    ageDays: settings.updatesCleanupAgeDays,
    write: async (changes) => writeChanges(job, changes),
    pause: async () => {
      await nextTurn();
      job.signal.throwIfAborted();
    },
  });
  return { nextRevision, changed: wasUnresolved || changed || removed.length > 0, categoriesKey };
}

/** A package whose updates all stay in the catalogue looks like a success that brought nothing. */
async function warnOfNothingSelected(job: SyncJob, selected: ReadonlySet<number>): Promise<void> {
  const brought = [...(await job.context.database.updateKeys([...(job.relisted ?? [])])).values()];
  if (brought.length === 0 || brought.some((key) => selected.has(key))) return;
  job.recorder.warn(
    'WARNING: None of the imported updates is of a subscribed product and classification.',
    nothingSelected(brought.length),
  );
}

function subscribedKey(categories: readonly CategoryRow[]): string {
  const selecting = categories.filter(
    (row) => row.isSubscribed && (row.typeName === 'Product' || row.typeName === 'UpdateClassification'),
  );
  return selecting
    .map((row) => row.updateKey)
    .sort((a, b) => a - b)
    .join(',');
}

async function changedSince(job: SyncJob, rules: SupersedenceRules): Promise<readonly number[]> {
  const { database, now } = job.context;
  const fromRevisionId = Number((await database.setting(STATE.nextRevision)) ?? 1);
  const relisted = [...(await database.updateKeys([...(job.relisted ?? [])])).values()];
  return affectedUpdates(database, { fromRevisionId, relisted, rules, now: now().getTime() });
}
