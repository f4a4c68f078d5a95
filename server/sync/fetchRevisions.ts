import { chunks } from '../criteria/collections.js';
import { SyncError } from '../errors/SyncError.js';
import { identityKey, uniqueRevisions, type UpdateIdentity } from '../metadata/UpdateIdentity.js';
import { inTurns } from '../platform/inTurns.js';
import { failedList } from '../state/catalogueState.js';
import { changedState, type StateChange } from '../state/siteState.js';
import type { DocumentStream } from '../store/DocumentStore.js';
import type { SyncContext } from './SyncContext.js';
import { inFlight } from './inFlight.js';
import { readBatch, type ReadBatch, storeDocuments } from './readBatch.js';

const BATCHES_IN_FLIGHT = 3;
const MAX_CONSECUTIVE_FAILURES = 50;
/** Faults of a single document: however many there are, the upstream itself works. */
const OWN_FAULTS: ReadonlySet<string> = new Set([
  'DocumentInvalid',
  'CabinetCorrupt',
  'DocumentMissing',
  'DocumentTooLarge',
]);

/** What is to be brought into the catalogue. */
interface FetchPlan {
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
  /**
   * What is stored with the last batch only: the anchor, and the revisions that failed (each once, in order of their
   * ids).
   */
  readonly state: (failed: readonly UpdateIdentity[]) => StateChange;
}

/**
 * Fetches what is not stored yet, batch by batch, each batch one durable transaction.
 * @throws SyncError TooManyFailures when the upstream refuses one document after the other
 */
export async function fetchRevisions(context: SyncContext, plan: FetchPlan): Promise<void> {
  const { database, recorder, source, signal } = context;
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
  let done = 0;
  for await (const { input, output } of inFlight(chunks(missing, plan.batchSize), {
    limit: BATCHES_IN_FLIGHT,
    signal,
    work: (ids, stop) => source.fetchDocuments(ids, stop),
  })) {
    const batch = await inTurns(readBatch(input, output));
    for (const one of batch.failed)
      recorder.failed({
        UpdateID: one.identity.updateId,
        RevisionNumber: one.identity.revisionNumber,
        ErrorId: one.errorId,
        Reason: one.reason,
      });
    refusals.count(batch);
    for (const one of batch.failed) failed.push(one.identity);
    done += input.length;
    await storeDocuments(context, {
      stream: plan.stream,
      documents: batch.documents,
      settings: done < missing.length ? {} : await lastSettings(),
    });
    recorder.advance(plan.activity, done);
  }
  if (missing.length === 0)
    await storeDocuments(context, { stream: plan.stream, documents: [], settings: await lastSettings() });
}

/** Counts what the upstream itself refused one after the other; what it may refuse is left out. */
class Refusals {
  readonly #tolerated: ReadonlySet<string>;
  #consecutive = 0;

  constructor(tolerated: readonly UpdateIdentity[]) {
    this.#tolerated = new Set(tolerated.map(identityKey));
  }

  count({ documents, failed }: ReadBatch): void {
    const refused = failed.filter(
      (one) => !OWN_FAULTS.has(one.errorId) && !this.#tolerated.has(identityKey(one.identity)),
    );
    this.#consecutive = documents.length > 0 ? 0 : this.#consecutive + refused.length;
    const reason = refused.at(-1)?.reason.replace(/\.$/, '') ?? 'unknown';
    if (this.#consecutive >= MAX_CONSECUTIVE_FAILURES) throw new SyncError('TooManyFailures', { reason });
  }
}
