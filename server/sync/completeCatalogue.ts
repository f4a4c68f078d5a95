import type { UpdateIdentity } from '../metadata/UpdateIdentity.js';
import { failedList, failedRevisions } from '../state/catalogueState.js';
import { readState, STATE, storeState } from '../state/siteState.js';
import type { SyncContext } from './SyncContext.js';
import { PrerequisiteFinder } from './PrerequisiteFinder.js';
import { fetchRevisions } from './fetchRevisions.js';
import type { CatalogueState } from './upstreamState.js';

/** So many levels of what is not listed are followed in one run: an upstream could name something new for ever. */
const MAX_LEVELS = 1000;

/**
 * Fetches what stored revisions name but the upstream did not list: bundled children in their exact revisions, and
 * prerequisites. Level by level, because what comes may name more. How far it has come is stored with each level, so a
 * run that was killed is caught up, and with nothing new nothing is looked at. Only then are the revisions served to
 * others:
 * a bundle is never listed without its children.
 */
export async function completeCatalogue(context: SyncContext, state: CatalogueState): Promise<void> {
  const { database, recorder, signal } = context;
  const stored = (await readState(database, STATE.closureFrom)) ?? 1;
  let from = recorder.isFull ? 1 : stored;
  let again: number | undefined;
  const prerequisites = new PrerequisiteFinder(context, state.config.maxUpdatesPerRequest);
  for (let level = 0; ; level += 1) {
    const next = (await database.nextIds()).revision;
    if (from >= next) break;
    if (level >= MAX_LEVELS) {
      warnOfDepth(context);
      break;
    }
    signal.throwIfAborted();
    const named = [
      ...(await database.missingBundled(from)),
      ...(await prerequisites.find(await database.unknownPrerequisites(from))),
    ];
    if (prerequisites.isUnanswered) again ??= from;
    await fetchLevel(context, state, {
      named: named.filter((identity) => !recorder.hasFailed(identity)),
      next: again ?? next,
    });
    from = next;
  }
  await storeState(database, { servedChange: await database.highestRevision() });
}

function warnOfDepth({ recorder }: Pick<SyncContext, 'recorder'>): void {
  const what = `Updates name others that the upstream did not list, more than ${MAX_LEVELS} levels deep`;
  recorder.warn(`${what}.`, `${what}; the next synchronizations fetch the rest.`);
}

async function fetchLevel(
  context: SyncContext,
  state: CatalogueState,
  level: { named: readonly UpdateIdentity[]; next: number },
): Promise<void> {
  const { database, log } = context;
  if (level.named.length === 0) return storeState(database, { closureFrom: level.next });
  const failedBefore = await failedRevisions(database, STATE.failedUpdates);
  log.write(`Fetching ${level.named.length} bundled updates and prerequisites that the upstream did not list`);
  await fetchRevisions(context, {
    activity: 'sync: WSUS synchronizing updates',
    stream: 'updates',
    batchSize: state.config.maxUpdatesPerRequest,
    listed: [],
    again: level.named,
    state: (failed) => ({
      closureFrom: level.next,
      failedUpdates: failedList([...failedBefore, ...failed]),
    }),
  });
}
