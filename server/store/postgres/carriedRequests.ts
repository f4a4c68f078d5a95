import type { SiteNews } from '../SiteNews.js';
import type { CarriedRequest, CarriedRequests } from '../SharedRows.js';
import type { PostgresTransactions } from './PostgresTransactions.js';
import { CHANNEL } from './postgresTables.js';

const NOW = '(extract(epoch FROM clock_timestamp()) * 1000)::bigint';
/** An answer is fetched at once; what nobody could do for a day is not done any more: nobody waits for it. */
const FORGET =
  `DELETE FROM carried_request WHERE (answer IS NOT NULL AND touched < ${NOW} - 3600000) ` +
  `OR asked < ${NOW} - 86400000`;
/** Files are there before their request is. */
const FORGET_FILES =
  `DELETE FROM carried_file f WHERE stored < ${NOW} - 3600000 AND NOT EXISTS ` +
  '(SELECT 1 FROM carried_request r WHERE r.id = f.id)';
const ASK =
  `INSERT INTO carried_request VALUES($1, $2, $3, $4, ${NOW}, ${NOW}) ON CONFLICT DO NOTHING ` +
  'RETURNING pg_notify($5::text, $6::text)';
const ANSWER =
  `UPDATE carried_request SET answer = $2, touched = ${NOW} WHERE id = $1 AND answer IS NULL ` +
  'RETURNING pg_notify($3::text, $4::text)';

/** Requests on their way in PostgreSQL. */
export function carriedRequests(transactions: PostgresTransactions): CarriedRequests {
  const write = async (text: string, values: readonly (string | Uint8Array | readonly string[])[] = []) =>
    transactions.write({ body: async ({ query }) => void (await query(text, values)) });
  return {
    ask: async ({ id, method, asker, params }, by) =>
      write(ASK, [id, method, asker, params, CHANNEL, newsText({ kind: 'Request', by, id })]),
    look: async (id) => {
      const [row] = await transactions.read(async ({ query }) =>
        query('SELECT answer, touched FROM carried_request WHERE id = $1', [id]),
      );
      return row === undefined
        ? undefined
        : { answer: (row[0] as Buffer | null) ?? undefined, touched: Number(row[1]) };
    },
    waiting: async () => {
      const rows = await transactions.read(async ({ query }) =>
        query('SELECT id, method, asker, params FROM carried_request WHERE answer IS NULL ORDER BY asked, id'),
      );
      return rows.map(([id, method, asker, params]): CarriedRequest => ({
        id: String(id),
        method: String(method),
        asker: String(asker),
        params: params as Buffer,
      }));
    },
    touch: async (ids) =>
      write(`UPDATE carried_request SET touched = ${NOW} WHERE id = ANY($1) AND answer IS NULL`, [ids]),
    answer: async (id, answer, by) => write(ANSWER, [id, answer, CHANNEL, newsText({ kind: 'Answer', by, id })]),
    forget: async () => {
      await write(FORGET);
      await write(FORGET_FILES);
    },
  };
}

function newsText(news: SiteNews): string {
  return JSON.stringify(news);
}
