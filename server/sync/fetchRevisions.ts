import { chunks } from '../criteria/collections.js';
import { SyncError } from '../errors/SyncError.js';
import { identityKey, uniqueRevisions, type UpdateIdentity } from '../metadata/UpdateIdentity.js';
import type { EulaFile } from '../metadata/UpdateMetadata.js';
import { inTurns } from '../platform/inTurns.js';
import { failedList } from '../state/catalogueState.js';
import { changedState, type StateChange } from '../state/siteState.js';
import type { DocumentStream } from '../store/DocumentStore.js';
import type { SyncContext } from './SyncContext.js';
import { fetchBatch } from './fetchBatch.js';
import { Pace } from './Pace.js';
import { inFlight } from './inFlight.js';
import { type KnownTerms, PIECE, type ReadBatch } from './readBatch.js';
import { BatchStore } from './BatchStore.js';

const MAX_KNOWN_TERMS = 2000;
const MAX_CONSECUTIVE_FAILURES = 50;
/** One batch may be too much for a thread that reads; a second one right after it is not the fault of a document. */
const MAX_CONSECUTIVE_ENDS = 2;
/** Faults of a single document: however many there are, the upstream itself works. */
const OWN_FAULTS: ReadonlySet<string> = new Set([
  'DocumentInvalid',
  'CabinetCorrupt',
  'DocumentMissing',
  'DocumentTooLarge',
  'ReaderEnded',
]);

/** What is to be brought into the catalogue. */
export interface FetchPlan {
  readonly activity: string;
  readonly stream: DocumentStream;
  /** What the upstream has just listed: many refusals of these in a row end the run. */
  readonly listed: readonly UpdateIdentity[];
  /**
   * What failed before, or was never listed, fetched also when maintenance removed it before: refusals are recorded
   * only, because the upstream may really not have it.
   */
  readonly again: readonly UpdateIdentity[];
  readonly batchSize: number;
  /** Is given each batch that was read. */
  readonly onRead?: (batch: ReadBatch) => void;
  /**
   * What is stored with the last batch only: the anchor, and the revisions that failed (each once, in order of their
   * ids).
   */
  readonly state: (failed: readonly UpdateIdentity[]) => StateChange;
}

/**
 * Fetches what is not stored yet, batch by batch, each batch one durable transaction. Gives the licence terms that it
 * has come across.
 * @throws SyncError TooManyFailures when the upstream refuses one document after the other; ReaderEnded
 */
export async function fetchRevisions(context: SyncContext, plan: FetchPlan, pace = new Pace()): Promise<KnownTerms> {
  const { database, recorder, reader, signal } = context;
  const listed = await inTurns(uniqueRevisions(plan.listed));
  const missing = await inTurns(
    uniqueRevisions([
      ...(await database.missingRevisions(listed)),
      ...(await database.missingRevisions(plan.again, true)),
    ]),
  );
  const refusals = new Refusals(plan.again);
  const failed: UpdateIdentity[] = [];
  const lastSettings = async (): Promise<Readonly<Record<string, unknown>>> =>
    changedState(database, plan.state(failedList(failed)));
  recorder.step(missing.length);
  reader.expect(missing.length);
  const terms = new Map<string, readonly EulaFile[]>();
  const store = new BatchStore(context, plan.stream);
  let done = 0;
  try {
    for await (const { input, output: batch, end } of inFlight(chunks(missing, Math.min(plan.batchSize, PIECE)), {
      // One more than is asked for: the one that is stored.
      limit: () => pace.width + 1,
      signal,
      work: (ids, stop) => fetchBatch({ ...context, pace }, ids, stop),
    })) {
      recordFailures(recorder, batch);
      refusals.count(batch);
      for (const one of batch.failed) failed.push(one.identity);
      keepTerms(terms, batch.terms);
      plan.onRead?.(batch);
      const place = (done += input.length);
      await store.add(batch, place === missing.length ? lastSettings : noSettings, () => {
        recorder.advance(plan.activity, place);
        end();
      });
    }
    if (missing.length === 0) await store.addSettings(lastSettings);
    await store.finish();
  } finally {
    await store.settle();
  }
  return terms;
}

/** Those of the first documents, as far as their number is bounded: the others are looked up in the documents. */
function keepTerms(kept: Map<string, readonly EulaFile[]>, terms: KnownTerms): void {
  for (const [key, files] of terms) if (kept.size < MAX_KNOWN_TERMS) kept.set(key, files);
}

async function noSettings(): Promise<Readonly<Record<string, unknown>>> {
  return Promise.resolve({});
}

function recordFailures(recorder: SyncContext['recorder'], { failed }: ReadBatch): void {
  for (const { identity, errorId, reason } of failed)
    recorder.failed({
      UpdateID: identity.updateId,
      RevisionNumber: identity.revisionNumber,
      ErrorId: errorId,
      Reason: reason,
    });
}

/** Counts what failed one after the other: refusals of the upstream, those that it may give left out, and threads. */
class Refusals {
  readonly #tolerated: ReadonlySet<string>;
  #consecutive = 0;
  #ended = 0;

  constructor(tolerated: readonly UpdateIdentity[]) {
    this.#tolerated = new Set(tolerated.map(identityKey));
  }

  count({ revisions, failed, ended }: ReadBatch): void {
    this.#ended = ended === undefined ? 0 : this.#ended + 1;
    if (ended !== undefined && this.#ended >= MAX_CONSECUTIVE_ENDS) throw ended;
    const refused = failed.filter(
      (one) => !OWN_FAULTS.has(one.errorId) && !this.#tolerated.has(identityKey(one.identity)),
    );
    this.#consecutive = revisions.length > 0 ? 0 : this.#consecutive + refused.length;
    const reason = refused.at(-1)?.reason.replace(/\.$/, '') ?? 'unknown';
    if (this.#consecutive >= MAX_CONSECUTIVE_FAILURES) throw new SyncError('TooManyFailures', { reason });
  }
}
