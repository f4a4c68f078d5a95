import type { CarriedFiles } from '../SharedRows.js';
import type { PostgresTransactions } from './PostgresTransactions.js';

const PUT =
  'INSERT INTO carried_file(id, part, piece, bytes, stored) VALUES($1, $2, $3, $4, ' +
  '(extract(epoch FROM clock_timestamp()) * 1000)::bigint) ON CONFLICT DO NOTHING';

/** Files of requests on their way in PostgreSQL; they go with their request. */
export function carriedFiles(transactions: PostgresTransactions): CarriedFiles {
  return {
    put: async ({ id, part, piece }, bytes) =>
      transactions.write({ body: async ({ query }) => void (await query(PUT, [id, part, piece, bytes])) }),
    get: async ({ id, part, piece }) => {
      const [row] = await transactions.read(async ({ query }) =>
        query('SELECT bytes FROM carried_file WHERE id = $1 AND part = $2 AND piece = $3', [id, part, piece]),
      );
      return row?.[0] as Buffer | undefined;
    },
  };
}
