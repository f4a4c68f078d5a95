import type { JournalToReplay } from './findJournals.js';
import { isSealed, readTransaction } from './journalFile.js';
import { parameterCount } from './statements.js';

const RECORD_HEADER = 8;

/** One whole transaction, and where it begins and ends in its journal. */
export interface Transaction {
  readonly payload: Buffer;
  readonly at: number;
  readonly next: number;
}

/** The whole transactions of a journal, in order, up to the first that is none. */
export function* transactionsOf(journal: JournalToReplay): Generator<Transaction, void> {
  const { bytes } = journal;
  for (let at = journal.start; at < Math.min(journal.end, bytes.length);) {
    const transaction = readTransaction(bytes, at);
    if (transaction === undefined || transaction.next > journal.end) return;
    yield { ...transaction, at };
    at = transaction.next;
  }
}

/**
 * What a journal is whose last whole transaction ends at `at`: `whole`, `torn` (what follows was never acknowledged),
 * or
 * `damaged` (transactions that were acknowledged cannot be read).
 */
export function endOf(journal: JournalToReplay, at: number): 'whole' | 'torn' | 'damaged' {
  const { bytes } = journal;
  if (Number.isFinite(journal.end)) return at === journal.end ? 'whole' : 'damaged';
  if (at === bytes.length || isSealed(bytes, at)) return 'whole';
  return isSealed(bytes) || recordFollows(journal, at) ? 'damaged' : 'torn';
}

/** A transaction is only written when the one before is on disk: what stands before a whole one was acknowledged. */
function recordFollows(journal: JournalToReplay, from: number): boolean {
  const { bytes } = journal;
  const counts = journal.header.statements.map(parameterCount);
  for (let at = from + 1; at + RECORD_HEADER + 2 <= bytes.length; at += 1) {
    // Cheap signs first: a check sum over every byte that could begin a record would take minutes.
    if (counts[bytes[at + RECORD_HEADER] ?? 0] !== bytes[at + RECORD_HEADER + 1]) continue;
    const length = bytes.readUInt32LE(at);
    if (length > 0 && at + RECORD_HEADER + length <= bytes.length && readTransaction(bytes, at) !== undefined)
      return true;
  }
  return false;
}
