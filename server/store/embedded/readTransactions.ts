import type { JournalToReplay } from './findJournals.js';
import { digestWith, hasEndMark, readTransaction, RECORD_HEADER } from './journalFile.js';
import { PACKED } from './packedSteps.js';
import { parameterCount } from '../sql/statements.js';

/** One whole transaction, where it begins and ends in its journal, and the digest up to its end. */
export interface Transaction {
  readonly payload: Buffer;
  readonly at: number;
  readonly next: number;
  readonly digest: string;
}

/** The whole transactions of a journal, in order, up to the first that is none, or is not the one that is known. */
export function* transactionsOf(journal: JournalToReplay): Generator<Transaction, void> {
  const { bytes, end } = journal;
  let digest = journal.digest;
  for (let at = journal.start; at < Math.min(end?.length ?? Number.POSITIVE_INFINITY, bytes.length);) {
    const transaction = readTransaction(bytes, at);
    if (transaction === undefined || transaction.next > (end?.length ?? transaction.next)) return;
    digest = digestWith(digest, bytes.subarray(at, at + RECORD_HEADER));
    yield { ...transaction, at, digest };
    at = transaction.next;
  }
}

/** How far a journal was read. */
export interface Reached {
  readonly length: number;
  readonly digest: string;
}

/** Nothing of a journal is read yet. */
export function beginOf(journal: JournalToReplay): Reached {
  return { length: journal.start, digest: journal.digest };
}

/** True where the digest up to here is not the one that is known of this journal. */
export function differs(journal: JournalToReplay, reached: Reached): boolean {
  const known = [journal.end, journal.sealed].filter((end) => end?.length === reached.length);
  return known.some((end) => end?.digest !== undefined && end.digest !== reached.digest);
}

/**
 * What a journal is whose last whole transaction ends at `at`: `whole`, `torn` (what follows was never acknowledged),
 * `short` (it ends before what is known of it), or `damaged` (transactions that were acknowledged cannot be read).
 */
export function endOf(journal: JournalToReplay, at: number): 'whole' | 'torn' | 'short' | 'damaged' {
  const { bytes, end, sealed } = journal;
  const least = Math.max(end?.length ?? 0, sealed?.length ?? 0);
  if (at < least) return bytes.length < least ? 'short' : 'damaged';
  if (end !== undefined) return at === end.length ? 'whole' : 'damaged';
  if (at === bytes.length || hasEndMark(bytes, at)) return 'whole';
  return hasEndMark(bytes) || recordFollows(journal, at) ? 'damaged' : 'torn';
}

/** What is wrong with a journal that ends like this at `at`, undefined for nothing. */
export function problemOf(journal: JournalToReplay, end: ReturnType<typeof endOf>, at: number): string | undefined {
  if (end === 'damaged') return `the transaction at byte ${at} is damaged`;
  if (end !== 'short') return undefined;
  const least = Math.max(journal.end?.length ?? 0, journal.sealed?.length ?? 0);
  return `it ends at byte ${journal.bytes.length}, but ${least} bytes of it were confirmed`;
}

/** The reason where a digest differs. */
export function otherContent(at: number): string {
  return `the content before byte ${at} is not what was confirmed`;
}

/** A transaction is only written when the one before is on disk: what stands before a whole one was acknowledged. */
function recordFollows(journal: JournalToReplay, from: number): boolean {
  const { bytes } = journal;
  const counts = journal.header.statements.map(parameterCount);
  for (let at = from + 1; at + RECORD_HEADER + 2 <= bytes.length; at += 1) {
    // Cheap signs first: a check sum over every byte that could begin a record would take minutes.
    const first = bytes[at + RECORD_HEADER] ?? 0;
    if ((first === PACKED ? 0 : counts[first]) !== bytes[at + RECORD_HEADER + 1]) continue;
    const length = bytes.readUInt32LE(at);
    if (length > 0 && at + RECORD_HEADER + length <= bytes.length && readTransaction(bytes, at) !== undefined)
      return true;
  }
  return false;
}
