import type { PostgresSession, PostgresValue } from './PostgresSession.js';
import { type Claimant, isMine } from './refusedWrite.js';

/** A document of tens of megabytes is never one value. */
const PIECE = 256 * 1024;
/** What goes to the server in one statement. */
const STATEMENT_BYTES = 4 * 1024 * 1024;
const STATEMENT_PIECES = 1000;

/** A segment, and the bytes that are to come behind those that it has. */
interface Growth {
  readonly number: number;
  readonly size: number;
  readonly added: number;
}

/** A number that no segment had. */
export async function nextSegment(session: PostgresSession): Promise<number> {
  return Number((await session.query("SELECT nextval('document_segment_number')"))[0]?.[0]);
}

/** The row that says who writes, held as it is until the transaction ends; commits go on beside it. */
const MINE = `SELECT 1 FROM store WHERE ${isMine('$3', '$4')} FOR KEY SHARE`;
const NEW =
  `INSERT INTO document_segment(number, size) SELECT $1::bigint, $2::bigint FROM (${MINE}) AS mine ` +
  'ON CONFLICT(number) DO UPDATE SET size = excluded.size RETURNING number';
const GROWN =
  `WITH mine AS (${MINE}) UPDATE document_segment SET size = $2 WHERE number = $1 AND EXISTS (SELECT 1 FROM mine) ` +
  'RETURNING number';

/**
 * Lets a segment grow, from nothing where it is new; false where somebody has removed it, and of a new one where
 * another engine writes.
 */
export async function addSegment(
  session: PostgresSession,
  { number, size, added }: Growth,
  { epoch, engine }: Claimant,
): Promise<boolean> {
  return (await session.query(size === 0 ? NEW : GROWN, [number, size + added, epoch, engine])).length > 0;
}

/** Puts blocks into a segment, from `size` on. */
export async function addPieces(
  session: PostgresSession,
  { number, size, blocks }: { readonly number: number; readonly size: number; readonly blocks: readonly Buffer[] },
): Promise<void> {
  let rows: PostgresValue[][] = [];
  let bytes = 0;
  const send = async (): Promise<void> => {
    const places = rows.map(
      (_row, index) => `($${index * 4 + 1}, $${index * 4 + 2}, $${index * 4 + 3}, $${index * 4 + 4})`,
    );
    await session.query(
      `INSERT INTO document_piece(segment, block, piece, bytes) VALUES${places.join(', ')} ON CONFLICT DO NOTHING`,
      rows.flat(),
    );
    rows = [];
    bytes = 0;
  };
  for (const { block, piece, part } of piecesOf(size, blocks)) {
    rows.push([number, block, piece, part]);
    bytes += part.length;
    if (bytes >= STATEMENT_BYTES || rows.length >= STATEMENT_PIECES) await send();
  }
  if (rows.length > 0) await send();
}

function* piecesOf(
  size: number,
  blocks: readonly Buffer[],
): Generator<{ readonly block: number; readonly piece: number; readonly part: Buffer }, void> {
  let block = size;
  for (const bytes of blocks) {
    for (let piece = 0; piece * PIECE < bytes.length; piece += 1)
      yield { block, piece, part: bytes.subarray(piece * PIECE, (piece + 1) * PIECE) };
    block += bytes.length;
  }
}

/** The block of a segment in which a position lies, or before which nothing is; where it begins. */
export async function readBlock(
  session: PostgresSession,
  segment: number,
  position: number,
): Promise<{ readonly position: number; readonly bytes: Buffer } | undefined> {
  const rows = await session.query(
    'SELECT block, bytes FROM document_piece WHERE segment = $1 AND block = (SELECT max(block) FROM document_piece ' +
      'WHERE segment = $1 AND block <= $2) ORDER BY piece',
    [segment, position],
  );
  const [first] = rows;
  if (first === undefined) return undefined;
  return { position: Number(first[0]), bytes: Buffer.concat(rows.map(([, bytes]) => bytes as Buffer)) };
}

/** False where another engine writes. */
export async function dropSegment(
  session: PostgresSession,
  segment: number,
  { epoch, engine }: Claimant,
): Promise<boolean> {
  const mine = await session.query(`SELECT 1 FROM store WHERE ${isMine('$1', '$2')} FOR KEY SHARE`, [epoch, engine]);
  if (mine.length === 0) return false;
  await session.query('DELETE FROM document_segment WHERE number = $1', [segment]);
  await session.query('DELETE FROM document_piece WHERE segment = $1', [segment]);
  return true;
}

/** Every segment, how many bytes it should have, and how many there are. */
export async function inspectSegments(
  session: PostgresSession,
): Promise<readonly { readonly number: number; readonly size: number; readonly stored: number }[]> {
  const rows = await session.query(
    'SELECT s.number, s.size, coalesce(sum(octet_length(p.bytes)), 0)::bigint FROM document_segment s LEFT JOIN ' +
      'document_piece p ON p.segment = s.number GROUP BY s.number, s.size ORDER BY s.number',
  );
  return rows.map(([number, size, stored]) => ({ number: Number(number), size: Number(size), stored: Number(stored) }));
}
