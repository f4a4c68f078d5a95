import type { JournalToReplay } from './findJournals.js';
import { isSealed, readTransaction } from './journalFile.js';
import { parameterCount } from './statements.js';

const RECORD_HEADER = 8;

/**
 * How a journal ends: `whole`, `torn` (the last transaction was never acknowledged), or `damaged` (transactions that were
 * acknowledged cannot be read). `length` is where the last whole transaction ends, in bytes.
 */
export interface JournalEnd {
  readonly state: 'whole' | 'torn' | 'damaged';
  readonly length: number;
  readonly transactions: number;
}

/** Gives every whole transaction of a journal to `take`, in order, with the byte it stands at. */
export function readTransactions(journal: JournalToReplay, take: (payload: Buffer, at: number) => void): JournalEnd {
  const { bytes } = journal;
  let at = journal.start;
  let transactions = 0;
  while (at < Math.min(journal.end, bytes.length)) {
    const transaction = readTransaction(bytes, at);
    if (transaction === undefined || transaction.next > journal.end) break;
    take(transaction.payload, at);
    at = transaction.next;
    transactions += 1;
  }
  return { state: stateAt(journal, at), length: at, transactions };
}

function stateAt(journal: JournalToReplay, at: number): JournalEnd['state'] {
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
    if (length > 0 && at + RECORD_HEADER + length <= bytes.length && readTransaction(bytes, at) !== undefined) return true;
  }
  return false;
}
