import { reasonOf, SyncError, type ErrorId } from '../errors/SyncError.js';
import { identityKey, type UpdateIdentity } from '../metadata/UpdateIdentity.js';
import type { ReceivedUpdate, UpdateDataAnswer } from '../wire/getUpdateData/UpdateData.js';
import { NO_ERROR_CODE, faultCodeOf } from './faultError.js';
import { namedMissing } from './namedMissing.js';
import type { FailedDocument, SourceFileUrl } from './Source.js';

/** Asks the server once for these updates. */
export type AskUpdates = (identities: readonly UpdateIdentity[]) => Promise<UpdateDataAnswer>;

/** Faults that mean "one of these ids", not "I am broken"; WSUS and Microsoft Update differ in them. */
const DIVIDED: ReadonlySet<string> = new Set(['InternalServerError', 'InvalidParameters', NO_ERROR_CODE]);

/** An answer that cannot be read may be the fault of one document in it. */
function isDivided(caught: unknown): boolean {
  return DIVIDED.has(faultCodeOf(caught)) || (caught instanceof SyncError && caught.errorId === 'UpstreamMalformed');
}

/** So many refused one by one, and none delivered: the server is broken, asking on would only add load. */
const HOPELESS = 8;

/**
 * Fetches one batch whatever the server makes of it: short answers are asked again, refused ones divided until the bad
 * id stands alone.
 */
export class BatchFetcher {
  readonly updates: ReceivedUpdate[] = [];
  readonly fileUrls: SourceFileUrl[] = [];
  readonly failed: FailedDocument[] = [];
  private refusal: SyncError | undefined;

  constructor(private readonly ask: AskUpdates) {}

  /** Ends with every identity in `updates` or in `failed`. */
  async fetch(identities: readonly UpdateIdentity[]): Promise<void> {
    const queue: (readonly UpdateIdentity[])[] = identities.length === 0 ? [] : [identities];
    for (let batch = queue.shift(); batch !== undefined; batch = queue.shift()) {
      if (this.isHopeless()) this.giveUp(batch);
      else queue.unshift(...(await this.attempt(batch)));
    }
  }

  /** What remains to be asked after one attempt. */
  private async attempt(batch: readonly UpdateIdentity[]): Promise<readonly (readonly UpdateIdentity[])[]> {
    try {
      return this.accept(batch, await this.ask(batch));
    } catch (caught) {
      if (!(caught instanceof SyncError) || !isDivided(caught)) throw caught;
      this.refusal = caught;
      return this.divide(batch, caught);
    }
  }

  private accept(batch: readonly UpdateIdentity[], answer: UpdateDataAnswer): readonly (readonly UpdateIdentity[])[] {
    const wanted = new Map(batch.map((identity) => [identityKey(identity), identity]));
    const delivered = answer.updates.filter((update) => wanted.delete(identityKey(update.identity)));
    this.updates.push(...delivered);
    this.fileUrls.push(...answer.fileUrls);
    const rest = [...wanted.values()];
    if (rest.length === 0) return [];
    if (delivered.length > 0) return inPieces(rest, Math.min(rest.length, Math.max(1, Math.ceil(batch.length / 2))));
    if (batch.length > 1) return halves(rest);
    this.fail(rest, 'DocumentMissing', 'the upstream answered without it');
    return [];
  }

  private divide(batch: readonly UpdateIdentity[], caught: SyncError): readonly (readonly UpdateIdentity[])[] {
    const reason = reasonOf(caught);
    if (batch.length === 1) {
      this.fail(batch, caught.errorId, reason);
      return [];
    }
    const missing = namedMissing(reason, batch);
    if (missing.size === 0) return halves(batch);
    this.fail(
      batch.filter((identity) => missing.has(identityKey(identity))),
      'DocumentMissing',
      'the upstream says that it has no such revision',
    );
    const rest = batch.filter((identity) => !missing.has(identityKey(identity)));
    return rest.length === 0 ? [] : [rest];
  }

  private isHopeless(): boolean {
    return (
      this.refusal !== undefined &&
      this.updates.length === 0 &&
      this.failed.length >= HOPELESS &&
      this.failed.every((entry) => entry.errorId !== 'DocumentMissing')
    );
  }

  private giveUp(batch: readonly UpdateIdentity[]): void {
    // Nothing readable comes from there at all: that is no matter of single updates.
    if (this.refusal?.errorId === 'UpstreamMalformed') throw this.refusal;
    this.fail(
      batch,
      'UpstreamFault',
      `not asked alone, since the upstream refused all others: ${reasonOf(this.refusal)}`,
    );
  }

  private fail(identities: readonly UpdateIdentity[], errorId: ErrorId, reason: string): void {
    this.failed.push(...identities.map((identity) => ({ identity, errorId, reason })));
  }
}

function halves(batch: readonly UpdateIdentity[]): readonly (readonly UpdateIdentity[])[] {
  return inPieces(batch, Math.ceil(batch.length / 2));
}

function inPieces(batch: readonly UpdateIdentity[], size: number): readonly (readonly UpdateIdentity[])[] {
  const pieces: (readonly UpdateIdentity[])[] = [];
  for (let from = 0; from < batch.length; from += size) pieces.push(batch.slice(from, from + size));
  return pieces;
}
