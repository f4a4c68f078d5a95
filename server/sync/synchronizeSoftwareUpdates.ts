import { EXPIRY } from '../criteria/SoftwareUpdateRow.js';
import { sorted } from '../criteria/collections.js';
import { maxRunTimeOf } from '../criteria/classifications.js';
import { evaluateUpdates } from '../criteria/evaluateUpdates.js';
import { isMassExpiry } from '../criteria/mistrust.js';
import type { SupersedenceRules } from '../criteria/supersedenceRules.js';
import { SyncError } from '../errors/SyncError.js';
import { removeOldExpired } from '../maintenance/removeOldExpired.js';
import { inTurns, nextTurn, type Steps } from '../platform/inTurns.js';
import type { ComponentSettings } from '../state/ComponentSettings.js';
import { forgetAnchors } from '../state/catalogueState.js';
import { readState, STATE } from '../state/siteState.js';
import type { SubscribedCategories } from '../state/subscribedCategories.js';
import type { CategoryRow } from '../store/rows.js';
import type { ListedUpdates, SiteDatabaseResult, SyncContext } from './SyncContext.js';
import { affectedUpdates, evaluationRules, loadFacts, supersedenceRules } from './evaluationFacts.js';
import { warnOfSelection } from './warnOfSelection.js';
import { writeChanges, type WriteParts, writeSoftwareUpdates } from './writeSoftwareUpdates.js';

/**
 * Gives the default maximum run time in seconds of an update with these category keys, from what the component says for
 * its kind.
 */
function* maxRunTimes(
  categories: readonly CategoryRow[],
  settings: ComponentSettings,
): Steps<(categoryKeys: readonly number[]) => number> {
  const familiesOf = yield* withAncestors(categories);
  const defaults = {
    feature: settings.featureUpdateMaxRuntimeMins,
    nonFeature: settings.nonFeatureUpdateMaxRuntimeMins,
    nonWindows: settings.nonWindowsUpdateMaxRuntimeMins,
  };
  return (categoryKeys) =>
    maxRunTimeOf(
      categoryKeys.flatMap((key) => familiesOf.get(key) ?? []),
      defaults,
    ) * 60;
}

/** For each category its own id and those of everything above it. */
function* withAncestors(categories: readonly CategoryRow[]): Steps<ReadonlyMap<number, readonly string[]>> {
  const byId = new Map<number, CategoryRow>();
  for (const row of categories) {
    byId.set(row.categoryId, row);
    yield;
  }
  const families = new Map<number, readonly string[]>();
  for (const row of categories) {
    const ids: string[] = [];
    for (let at: CategoryRow | undefined = row; at !== undefined && ids.length < 16; at = byId.get(at.parentId))
      ids.push(at.updateId);
    families.set(row.updateKey, ids);
    yield;
  }
  return families;
}

/**
 * An upstream that names too few of the live updates any more is not believed, unless the administrator said that it is
 * meant.
 * @throws SyncError MassExpiryRefused; nothing has been changed then
 */
async function refuseMassExpiry(
  { database, now }: Pick<SyncContext, 'database' | 'now'>,
  limitPercent: number,
  { stored, evaluated }: Pick<WriteParts, 'stored' | 'evaluated'>,
): Promise<void> {
  const standings = [...stored.values()]
    .filter((row) => !row.isHidden && row.expiryReason === EXPIRY.none)
    .map((row) => evaluated.get(row.updateKey)?.standing);
  const missing = standings.filter((standing) => standing === EXPIRY.upstream).length;
  const live = missing + standings.filter((standing) => standing === EXPIRY.none).length;
  if (!isMassExpiry({ missing, live, limitPercent })) return;
  // The short list has moved the anchor already: only a complete one can say what it left out.
  await forgetAnchors(database, {
    reason: 'the last complete list of the upstream was refused',
    since: now().getTime(),
  });
  throw new SyncError('MassExpiryRefused', { missing, live });
}

/** What the software updates are worked out from: the subscription as it is, and what was named. */
interface EvaluationInput extends SubscribedCategories, ListedUpdates {}

/**
 * Makes the software updates what the catalogue, the subscription, the rules and the time say that they are: all of the
 * catalogue in a full synchronization, else what can have changed. Then old expired updates leave.
 */
export async function synchronizeSoftwareUpdates(
  context: SyncContext,
  input: EvaluationInput,
): Promise<SiteDatabaseResult> {
  const { database } = context;
  const { categories, settings } = input;
  context.log.write('sync: SMS synchronizing updates');
  const nextRevision = (await database.nextIds()).revision;
  const rules = supersedenceRules(categories, settings);
  const categoriesKey = await inTurns(subscribedKey(categories));
  // A package may have been imported long after the subscription or a rule was changed. A product that came or moved in
  // the tree changes what updates are that have not changed themselves.
  const isWhole =
    context.recorder.isFull ||
    context.imported !== undefined ||
    (await readState(database, STATE.evaluatedCategories)) !== categoriesKey;
  const wasUnresolved = (await readState(database, STATE.unresolved)) === true;
  const changed = await evaluate(context, input, { rules, isWhole });
  const removed = await removeOldExpired(context, {
    ageDays: settings.updatesCleanupAgeDays,
    write: async (changes) => writeChanges(context, changes),
    pause: async () => {
      await nextTurn();
      context.signal.throwIfAborted();
    },
  });
  return { settings, nextRevision, changed: wasUnresolved || changed || removed.length > 0, categoriesKey };
}

/** True when commands show a difference. A function of its own: what it holds is more than all else of a run. */
async function evaluate(
  context: SyncContext,
  { categories, settings, listed, relisted }: EvaluationInput,
  { rules, isWhole }: { readonly rules: SupersedenceRules; readonly isWhole: boolean },
): Promise<boolean> {
  const { database } = context;
  const facts = await loadFacts(database, isWhole ? undefined : await changedSince(context, rules, relisted));
  const evaluated = await inTurns(
    evaluateUpdates(
      facts,
      await evaluationRules(context, { categories, stored: facts.stored, rules, listed, relisted }),
    ),
  );
  if (listed !== undefined && !context.allowMassExpiry)
    await refuseMassExpiry(context, settings.massExpiryLimitPercent, { stored: facts.stored, evaluated });
  await warnOfSelection(context, { categories, relisted, held: facts.revisions.updateKeys(), evaluated });
  const maxRunTime = await inTurns(maxRunTimes(categories, settings));
  return writeSoftwareUpdates(context, { stored: facts.stored, evaluated, maxRunTime });
}

function* subscribedKey(categories: readonly CategoryRow[]): Steps<string> {
  const keys: number[] = [];
  for (const { isSubscribed, typeName, updateKey } of categories) {
    if (isSubscribed && (typeName === 'Product' || typeName === 'UpdateClassification')) keys.push(updateKey);
    yield;
  }
  return (yield* sorted(keys, (one, other) => one - other)).join(',');
}

async function changedSince(
  { database, now }: Pick<SyncContext, 'database' | 'now'>,
  rules: SupersedenceRules,
  named: ListedUpdates['relisted'],
): Promise<readonly number[]> {
  const fromRevisionId = (await readState(database, STATE.nextRevision)) ?? 1;
  const relisted = [...(await database.updateKeys([...(named ?? [])])).values()];
  return affectedUpdates(database, { fromRevisionId, relisted, rules, now: now().getTime() });
}
