import { SyncError } from '../errors/SyncError.js';
import type { UpdateIdentity } from '../metadata/UpdateIdentity.js';
import type { SyncContext } from './SyncContext.js';

/** Answers of an upstream that does not know GetRelatedRevisionsForUpdates. */
const NOT_SPOKEN: ReadonlySet<string> = new Set(['UpstreamFault', 'UpstreamNotSoap', 'UpstreamMalformed']);

/** None at all: about these updates when other calls are answered. */
const UNANSWERED: ReadonlySet<string> = new Set([
  'UpstreamBusy',
  'UpstreamConnectionCut',
  'UpstreamDenied',
  'UpstreamTimeout',
]);

type AskContext = Pick<SyncContext, 'source' | 'signal' | 'log' | 'recorder'>;

/** So many calls without an answer, and no further one is made in this run. */
const MOST_UNANSWERED = 16;

/** Prerequisites that nothing came of, and the last reason. */
interface Missing {
  count: number;
  error: SyncError | undefined;
}

/**
 * Asks the upstream for the revisions of prerequisites. What is not answered is divided until the bad one stands alone;
 * an upstream that does not speak the operation is asked once a run.
 */
export class PrerequisiteFinder {
  readonly #context: AskContext;
  readonly #batchSize: number;
  /** Why nothing is asked any more. */
  #ended: SyncError | undefined;
  /** It has answered. */
  #isSpoken = false;
  #unanswered = 0;

  constructor(context: AskContext, batchSize: number) {
    this.#context = context;
    this.#batchSize = batchSize;
  }

  /** The next run is to ask again. */
  get isUnanswered(): boolean {
    return this.#unanswered > 0;
  }

  async find(updateIds: readonly string[]): Promise<readonly UpdateIdentity[]> {
    if (this.#ended !== undefined) return [];
    const found: UpdateIdentity[] = [];
    const missing: Missing = { count: 0, error: undefined };
    for (let at = 0; at < updateIds.length; at += this.#batchSize)
      for (const identity of await this.#findAll(updateIds.slice(at, at + this.#batchSize), missing))
        found.push(identity);
    this.#tell(missing);
    return found;
  }

  async #findAll(updateIds: readonly string[], missing: Missing): Promise<readonly UpdateIdentity[]> {
    const answer = this.#ended ?? (await this.#ask(updateIds));
    if (!(answer instanceof SyncError)) return answer;
    if (updateIds.length === 1 || this.#ended !== undefined) {
      missing.count += updateIds.length;
      missing.error = answer;
      return [];
    }
    const half = Math.ceil(updateIds.length / 2);
    const first = await this.#findAll(updateIds.slice(0, half), missing);
    return [...first, ...(await this.#findAll(updateIds.slice(half), missing))];
  }

  /** @throws SyncError also when the server does not answer what it has answered before: it is down */
  async #ask(updateIds: readonly string[]): Promise<readonly UpdateIdentity[] | SyncError> {
    const { source, signal } = this.#context;
    try {
      const found = await source.relatedRevisions(updateIds, signal);
      this.#isSpoken = true;
      return found;
    } catch (error) {
      if (!(error instanceof SyncError)) throw error;
      if (!UNANSWERED.has(error.errorId) && !NOT_SPOKEN.has(error.errorId)) throw error;
      if (!this.#isNotSpoken(error)) {
        await source.open('', signal);
        this.#unanswered += 1;
      }
      if (this.#isNotSpoken(error) || this.#isLast(error)) this.#ended = error;
      return error;
    }
  }

  /** Asking on would only take long, or is in vain. */
  #isLast({ errorId, data }: SyncError): boolean {
    const takesLong = errorId === 'UpstreamTimeout' || typeof data['retryAfterSeconds'] === 'number';
    return takesLong || this.#unanswered >= MOST_UNANSWERED;
  }

  #isNotSpoken({ errorId }: SyncError): boolean {
    return NOT_SPOKEN.has(errorId) && !this.#isSpoken;
  }

  #tell({ count, error }: Missing): void {
    if (error === undefined) return;
    const { log, recorder } = this.#context;
    const what = count === 1 ? '1 prerequisite' : `${count} prerequisites`;
    if (!this.isUnanswered) {
      log.write(
        `The upstream does not name the revisions of ${what} that it did not list. They remain unknown. ` +
          error.message,
      );
      return;
    }
    const told =
      `The upstream did not say which revisions there are of ${what} that it did not list, although it answers other ` +
      `calls. Every synchronization tries them again. The reason: ${error.message}`;
    recorder.warn(`WARNING: ${told}`, told);
  }
}
