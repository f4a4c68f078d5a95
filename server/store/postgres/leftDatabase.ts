import { SyncError } from '../../errors/SyncError.js';
import type { PostgresSession } from './PostgresSession.js';
import { claimantOf, isMine, type WritingEngine } from './refusedWrite.js';

// The format of a database that a site has left is negative: no server opens it or takes its lease. The token says by
// which server it was left, which has it again where its move was not decided after all. Behind that, in a second line,
// is the token from before: the server would miss it.
const LEFT_BY = "split_part(token, E'\\n', 1)";
const left = (server: string): string => `left by ${server}`;

/**
 * From here on no other server writes to the database; false where this engine does not own the site any more.
 * In one transaction.
 */
export async function leaveDatabase({ query }: PostgresSession, writing: WritingEngine): Promise<boolean> {
  const { epoch, engine } = claimantOf(writing);
  const done = await query(
    "UPDATE store SET format = -abs(format), token = CASE WHEN format > 0 THEN $1 || E'\\n' || token ELSE token END " +
      `WHERE ${isMine('$2', '$3')} AND (format > 0 OR ${LEFT_BY} = $1) RETURNING 1`,
    [left(writing.self.id), epoch, engine],
  );
  return done.length > 0;
}

/** The server that has left it opens it: the site is still here. */
export async function comeBack({ query }: PostgresSession, self: string | undefined): Promise<void> {
  if (self === undefined) return;
  await query(
    `UPDATE store SET format = -format, token = split_part(token, E'\\n', 2) WHERE format < 0 AND ${LEFT_BY} = $1`,
    [left(self)],
  );
}

/** @throws SyncError SiteNotInDatabase */
export function refuseLeft(format: number, where: string): void {
  if (format >= 0) return;
  throw new SyncError('SiteNotInDatabase', {
    where,
    reason: 'another server of the site has moved it away from there',
  });
}
