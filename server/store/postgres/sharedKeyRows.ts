import type { SharedKeyRows } from '../SharedRows.js';
import type { SiteNews } from '../SiteNews.js';
import type { PostgresTransactions } from './PostgresTransactions.js';
import { tellNews } from './leaseRow.js';

const PUT =
  'INSERT INTO site_key(name, sealed) VALUES($1, $2) ON CONFLICT (name) DO UPDATE SET sealed = excluded.sealed';

/** The keys of a site in PostgreSQL. They are nobody's transaction: any server may put one. */
export function sharedKeyRows(transactions: PostgresTransactions): SharedKeyRows {
  return {
    all: async () => {
      const rows = await transactions.read(async ({ query }) => query('SELECT name, sealed FROM site_key'));
      return new Map(rows.map(([name, sealed]) => [String(name), sealed as Buffer]));
    },
    put: async (changed, by) =>
      transactions.write({
        body: async ({ query }) => {
          for (const [name, sealed] of changed) await query(PUT, [name, sealed]);
          const news: SiteNews = { kind: 'Keys', by };
          await tellNews({ query }, news);
        },
      }),
  };
}
