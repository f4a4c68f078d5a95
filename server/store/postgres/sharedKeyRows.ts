import { SyncError } from '../../errors/SyncError.js';
import { SITE_ROW, type SharedKeyRows } from '../SharedRows.js';
import type { SiteNews } from '../SiteNews.js';
import type { PostgresSession } from './PostgresSession.js';
import type { PostgresTransactions } from './PostgresTransactions.js';
import { tellNews } from './leaseRow.js';
import { claimantOf, isMine, refusal, type WritingEngine } from './refusedWrite.js';

const ADD = 'INSERT INTO site_key(name, sealed) VALUES($1, $2) ON CONFLICT (name) DO NOTHING';
const PUT =
  'INSERT INTO site_key(name, sealed) VALUES($1, $2) ON CONFLICT (name) DO UPDATE SET sealed = excluded.sealed';

/** The keys of a site in PostgreSQL. `writing`: the engine that changes them; none for one that only reads. */
export function sharedKeyRows(transactions: PostgresTransactions, writing?: WritingEngine): SharedKeyRows {
  return {
    all: async () => transactions.read(allRows),
    change: async (by, next) =>
      transactions.write({
        body: async (session) => {
          await claim(session, writing);
          await store(session, PUT, next(await allRows(session)));
          await tellKeys(session, by);
        },
      }),
    add: async (added, { by, site }) =>
      transactions.write({
        body: async (session) => {
          await session.query('SELECT 1 FROM store FOR UPDATE');
          const found = (await allRows(session)).get(SITE_ROW);
          if (!isSame(found, site)) return false;
          // What an earlier version has begun and never ended, nobody uses.
          if (site === undefined) await session.query('DELETE FROM site_key');
          await store(session, ADD, added);
          await tellKeys(session, by);
          return true;
        },
      }),
  };
}

async function allRows({ query }: PostgresSession): Promise<ReadonlyMap<string, Uint8Array>> {
  const rows = await query('SELECT name, sealed FROM site_key');
  return new Map(rows.map(([name, sealed]) => [String(name), sealed as Buffer]));
}

/** Until the transaction ends nobody else changes the site. @throws SyncError ServerNotOwner and its like */
async function claim(session: PostgresSession, writing: WritingEngine | undefined): Promise<void> {
  if (writing === undefined)
    throw new SyncError('InternalError', { where: 'the keys of the site', reason: 'this process only reads them' });
  const { epoch, engine } = claimantOf(writing);
  const text = `SELECT 1 FROM store WHERE ${isMine('$1', '$2')} FOR UPDATE`;
  if ((await session.query(text, [epoch, engine])).length === 0) throw await refusal(session, writing);
}

async function store({ query }: PostgresSession, text: string, rows: ReadonlyMap<string, Uint8Array>): Promise<void> {
  for (const [name, sealed] of rows) await query(text, [name, sealed]);
}

async function tellKeys(session: PostgresSession, by: string): Promise<void> {
  const news: SiteNews = { kind: 'Keys', by };
  await tellNews(session, news);
}

function isSame(one: Uint8Array | undefined, other: Uint8Array | undefined): boolean {
  return one === undefined || other === undefined ? one === other : Buffer.compare(one, other) === 0;
}
