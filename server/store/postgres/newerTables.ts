import { SyncError } from '../../errors/SyncError.js';
import type { PostgresTransactions } from './PostgresTransactions.js';
import { newerFormat, storeFormat } from './storeFormat.js';

/** What PostgreSQL says of a column and of a table that are not there. */
const NOT_THERE: ReadonlySet<unknown> = new Set(['42703', '42P01']);

/**
 * What a failed query is told as. Where it misses a table or a column, a newer version may have changed the tables
 * while this engine ran: then that is the cause. `where`: the database as messages name it.
 */
export async function causeOfFailure(
  error: unknown,
  transactions: PostgresTransactions,
  where: string,
): Promise<unknown> {
  const cause = error instanceof SyncError ? error.cause : undefined;
  if (!(cause instanceof Error) || !('code' in cause) || !NOT_THERE.has(cause.code)) return error;
  const found = await transactions.read(storeFormat);
  return (found && newerFormat(found, where, error)) ?? error;
}
