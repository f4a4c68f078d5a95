import { SyncError } from '../errors/SyncError.js';
import type { UpdateIdentity } from '../metadata/UpdateIdentity.js';
import { failedList, failedRevisions } from '../state/catalogueState.js';
import { readState, STATE, storeState } from '../state/siteState.js';
import type { SyncContext } from './SyncContext.js';
import { fetchRevisions } from './fetchRevisions.js';
import type { CatalogueState } from './upstreamState.js';

/** So many levels of what is not listed are followed in one run: an upstream could name something new for ever. */
const MAX_LEVELS = 1000;

/** Answers of an upstream that does not know GetRelatedRevisionsForUpdates. */
const NOT_SPOKEN: ReadonlySet<string> = new Set(['UpstreamFault', 'UpstreamNotSoap', 'UpstreamMalformed']);

/** None at all: about these updates when other calls are answered. */
const UNANSWERED: ReadonlySet<string> = new Set([
  'UpstreamBusy',
  'UpstreamConnectionCut',
  'UpstreamDenied',
  'UpstreamTimeout',
]);

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

type AskContext = Pick<SyncContext, 'source' | 'signal' | 'log' | 'recorder'>;

/** Asks the upstream for the revisions of prerequisites; one that does not speak the operation is asked once a run. */
class PrerequisiteFinder {
  readonly #context: AskContext;
  readonly #batchSize: number;
  #isSpoken = true;
  /** The next run is to ask again. */
  isUnanswered = false;

  constructor(context: AskContext, batchSize: number) {
    this.#context = context;
    this.#batchSize = batchSize;
  }

  async find(updateIds: readonly string[]): Promise<readonly UpdateIdentity[]> {
    const found: UpdateIdentity[] = [];
    for (let at = 0; at < updateIds.length && this.#isSpoken; at += this.#batchSize)
      for (const identity of await this.#ask(updateIds.slice(at, at + this.#batchSize), updateIds.length - at))
        found.push(identity);
    return found;
  }

  /** `left`: how many are not answered yet, with those of later batches. */
  async #ask(updateIds: readonly string[], left: number): Promise<readonly UpdateIdentity[]> {
    const { source, signal, log } = this.#context;
    try {
      return await source.relatedRevisions(updateIds, signal);
    } catch (error) {
      if (!(error instanceof SyncError)) throw error;
      this.#isSpoken = false;
      if (UNANSWERED.has(error.errorId)) await this.#warn(left, error);
      else if (!NOT_SPOKEN.has(error.errorId)) throw error;
      else
        log.write(
          `The upstream does not name the revisions of ${left} prerequisites that it did not list. They remain ` +
            `unknown. ${error.message}`,
        );
      return [];
    }
  }

  /** @throws SyncError when the server does not answer what it has answered before: it is down */
  async #warn(count: number, error: SyncError): Promise<void> {
    const { source, signal, recorder } = this.#context;
    await source.open('', signal);
    this.isUnanswered = true;
    const what = count === 1 ? '1 prerequisite' : `${count} prerequisites`;
    const told =
      `The upstream did not say which revisions there are of ${what} that it did not list, although it answers other ` +
      `calls. Every synchronization tries them again. The reason: ${error.message}`;
    recorder.warn(`WARNING: ${told}`, told);
  }
}
