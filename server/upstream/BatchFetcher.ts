import { type ErrorId, reasonOf, SyncError } from '../errors/SyncError.js';
import { identityKey, type UpdateIdentity } from '../metadata/UpdateIdentity.js';
import type { SourceFileUrl } from '../wire/getUpdateData.js';
import type { FailedDocument } from './Source.js';
import { faultCodeOf, NO_ERROR_CODE } from './faultError.js';
import type { DeliveredUpdate, DeliveredUpdates } from './readAnswer.js';

/**
 * The revisions of a batch that a fault names as missing, as Microsoft Update does: "Missing Revisions: guid.rev, …".
 */
function namedMissing(text: string, batch: readonly UpdateIdentity[]): ReadonlySet<string> {
  const list = /Missing Revisions:(.*)/is.exec(text)?.[1] ?? '';
  const named = new Set(list.toLowerCase().match(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.\d+/g) ?? []);
  return new Set(batch.map(identityKey).filter((key) => named.has(key)));
}

/** The server that a batch is fetched from. */
export interface BatchServer {
  /** Asks once for these updates, and waits for a share of the usual time. */
  ask(identities: readonly UpdateIdentity[], timeShare: number): Promise<DeliveredUpdates>;
  /** Tells whether it answers another call that it has answered before. */
  isAnswering(): Promise<boolean>;
  /** Makes an attempt again as often and as patiently as calls are repeated. */
  retry<Result>(attempt: () => Promise<Result>): Promise<Result>;
}

/** Updates that are asked for together. */
interface Piece {
  readonly identities: readonly UpdateIdentity[];
  readonly timeShare: number;
  /** An update alone is asked for twice before it is given up. */
  readonly isSecond: boolean;
}

/** Faults that mean "one of these ids", not "I am broken"; WSUS and Microsoft Update differ in them. */
const DIVIDED: ReadonlySet<string> = new Set(['InternalServerError', 'InvalidParameters', NO_ERROR_CODE]);

/** No answer at all: the fault of one of these ids, or of their number, when other calls are answered. */
const UNANSWERED: ReadonlySet<string> = new Set([
  'UpstreamBusy',
  'UpstreamDenied',
  'UpstreamNotSoap',
  'UpstreamTimeout',
  'UpstreamConnectionCut',
]);

/** However small a piece is, the server has this share of the usual time for it. */
const LEAST_TIME_SHARE = 1 / 16;
/** An update alone has more time at its second chance: it may be large, or the server slow for a moment. */
const SECOND_TIME_SHARE = 1 / 2;

/** An answer that cannot be read may be the fault of one document in it. */
function isDivided(caught: SyncError): boolean {
  return DIVIDED.has(faultCodeOf(caught)) || caught.errorId === 'UpstreamMalformed';
}

/** So many refused one by one, and none delivered: the rest has one more chance before asking on only adds load. */
const HOPELESS = 8;

/** A piece that was refused, and what was said. */
interface Refused {
  readonly piece: Piece;
  readonly refusal: SyncError;
}

/**
 * Fetches one batch whatever the server makes of it: short answers are asked again; what is refused, or not answered
 * while other calls are, is divided until the bad id stands alone.
 */
export class BatchFetcher {
  readonly #server: BatchServer;
  readonly updates: DeliveredUpdate[] = [];
  readonly fileUrls: SourceFileUrl[] = [];
  readonly failed: FailedDocument[] = [];
  /** Most updates that were answered at once. */
  answered = 0;
  /** True when the server gave no answer to a call, although it answered others. */
  wasUnanswered = false;
  #hasAnswered = false;
  #hasWaited = false;

  constructor(server: BatchServer) {
    this.#server = server;
  }

  /** Ends with every identity in `updates` or in `failed`. @throws SyncError when the server answers nothing at all */
  async fetch(identities: readonly UpdateIdentity[]): Promise<void> {
    let queue: readonly Piece[] = identities.length === 0 ? [] : [{ identities, timeShare: 1, isSecond: false }];
    while (queue.length > 0)
      queue = this.#looksHopeless() ? await this.#askOnceMore(queue) : await this.#askFirst(queue);
  }

  /** What remains to be asked after the first piece. */
  async #askFirst([piece, ...others]: readonly Piece[]): Promise<readonly Piece[]> {
    if (piece === undefined) return [];
    const answer = await this.#ask(piece);
    const rest = answer instanceof SyncError ? this.#divide({ piece, refusal: answer }) : answer;
    return [...rest, ...others];
  }

  /** The refusal of a piece, or what its answer left out. */
  async #ask(piece: Piece): Promise<readonly Piece[] | SyncError> {
    const answer = await this.#server.retry(async () => this.#answerTo(piece));
    if (answer instanceof SyncError) return answer;
    this.#hasAnswered = true;
    return this.#accept(piece, answer);
  }

  /**
   * Bad ones that stand together in front say nothing of the rest: each piece is asked for whole, and one update of
   * each alone; the rest is given up only when nothing of this is answered.
   */
  async #askOnceMore(queue: readonly Piece[]): Promise<readonly Piece[]> {
    const rest: Piece[] = [];
    const refused: Refused[] = [];
    for (const piece of queue) {
      const answer = await this.#ask(piece);
      if (answer instanceof SyncError) refused.push({ piece, refusal: answer });
      else rest.push(...answer);
    }
    const still = this.#hasAnswered ? refused : await this.#askSamples(refused, rest);
    if (this.#hasAnswered) return [...rest, ...still.flatMap((one) => this.#divide(one))];
    this.#giveUp(refused);
    return [];
  }

  /** Asks for the last update of each piece alone; what stood with one that was answered is in `rest` then. */
  async #askSamples(refused: readonly Refused[], rest: Piece[]): Promise<readonly Refused[]> {
    const still: Refused[] = [];
    for (const one of refused) {
      const identities = one.piece.identities.slice(0, -1);
      const sample = { ...one.piece, identities: one.piece.identities.slice(-1) };
      if (identities.length === 0 || (await this.#ask(sample)) instanceof SyncError) still.push(one);
      else rest.push({ ...one.piece, identities });
    }
    return still;
  }

  /** The answer, or the refusal that only these updates are met with. */
  async #answerTo({ identities, timeShare }: Piece): Promise<DeliveredUpdates | SyncError> {
    try {
      return await this.#server.ask(identities, timeShare);
    } catch (caught) {
      if (!(caught instanceof SyncError)) throw caught;
      if (isDivided(caught)) return caught;
      if (!UNANSWERED.has(caught.errorId) || this.#asksToWait(caught) || !(await this.#server.isAnswering()))
        throw caught;
      this.wasUnanswered = true;
      return caught;
    }
  }

  /** Once in a batch the server is believed that it only needs the time that it asks for. */
  #asksToWait({ data }: SyncError): boolean {
    if (this.#hasWaited || typeof data['retryAfterSeconds'] !== 'number') return false;
    this.#hasWaited = true;
    return true;
  }

  #accept(piece: Piece, answer: DeliveredUpdates): readonly Piece[] {
    const wanted = new Map(piece.identities.map((identity) => [identityKey(identity), identity]));
    const delivered = answer.updates.filter((update) => wanted.delete(identityKey(update.identity)));
    for (const update of delivered) this.updates.push(update);
    for (const url of answer.fileUrls) this.fileUrls.push(url);
    this.answered = Math.max(this.answered, delivered.length);
    const rest = [...wanted.values()];
    const size = piece.identities.length;
    if (rest.length === 0) return [];
    if (delivered.length > 0) return inPieces(rest, Math.min(rest.length, Math.max(1, Math.ceil(size / 2))), piece);
    if (size > 1) return inPieces(rest, Math.ceil(rest.length / 2), piece);
    this.#fail(rest, 'DocumentMissing', 'the upstream answered without it');
    return [];
  }

  #divide({ piece, refusal }: Refused): readonly Piece[] {
    const { identities } = piece;
    const reason = reasonOf(refusal);
    const isUnanswered = UNANSWERED.has(refusal.errorId);
    if (identities.length === 1) {
      if (isUnanswered && !piece.isSecond)
        return [{ ...piece, timeShare: Math.max(SECOND_TIME_SHARE, piece.timeShare), isSecond: true }];
      this.#fail(identities, refusal.errorId, reason);
      return [];
    }
    const missing = namedMissing(reason, identities);
    if (missing.size === 0) return inPieces(identities, Math.ceil(identities.length / 2), shareAfter(piece, refusal));
    this.#hasAnswered = true;
    this.#fail(
      identities.filter((identity) => missing.has(identityKey(identity))),
      'DocumentMissing',
      'the upstream does not have this revision',
    );
    const rest = identities.filter((identity) => !missing.has(identityKey(identity)));
    return rest.length === 0 ? [] : [{ ...piece, identities: rest }];
  }

  #looksHopeless(): boolean {
    return !this.#hasAnswered && this.failed.length >= HOPELESS;
  }

  #giveUp(refused: readonly Refused[]): void {
    // Nothing readable comes from there at all: that is no matter of single updates.
    const [first] = refused;
    if (first !== undefined && refused.every(({ refusal }) => refusal.errorId === 'UpstreamMalformed'))
      throw first.refusal;
    for (const { piece, refusal } of refused) {
      const others = piece.identities.length - 1;
      const how = others === 0 ? '' : ` (asked for together with ${others} others)`;
      this.#fail(piece.identities, refusal.errorId, `${reasonOf(refusal)}${how}`);
    }
  }

  #fail(identities: readonly UpdateIdentity[], errorId: ErrorId, reason: string): void {
    for (const identity of identities) this.failed.push({ identity, errorId, reason });
  }
}

/** After a time-out each half waits for half as long; what is refused at once costs no time. */
function shareAfter({ timeShare }: Piece, { errorId }: SyncError): Pick<Piece, 'timeShare'> {
  return { timeShare: errorId === 'UpstreamTimeout' ? Math.max(LEAST_TIME_SHARE, timeShare / 2) : timeShare };
}

function inPieces(
  identities: readonly UpdateIdentity[],
  size: number,
  { timeShare }: Pick<Piece, 'timeShare'>,
): readonly Piece[] {
  const pieces: Piece[] = [];
  for (let from = 0; from < identities.length; from += size)
    pieces.push({ identities: identities.slice(from, from + size), timeShare, isSecond: false });
  return pieces;
}
