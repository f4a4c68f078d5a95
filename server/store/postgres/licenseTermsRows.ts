import type { LicenseTermsRows } from '../SharedRows.js';
import type { PostgresTransactions } from './PostgresTransactions.js';

const PUT =
  'INSERT INTO license_terms(digest, bytes) VALUES($1, $2) ON CONFLICT (digest) DO UPDATE SET bytes = excluded.bytes';

/** Licence terms in PostgreSQL, by their base64 SHA-1. */
export function licenseTermsRows(transactions: PostgresTransactions): LicenseTermsRows {
  return {
    digests: async () => {
      const rows = await transactions.read(async ({ query }) =>
        query('SELECT digest FROM license_terms ORDER BY digest'),
      );
      return rows.map(([digest]) => String(digest));
    },
    read: async (digest) => {
      const [row] = await transactions.read(async ({ query }) =>
        query('SELECT bytes FROM license_terms WHERE digest = $1', [digest]),
      );
      return row?.[0] as Buffer | undefined;
    },
    write: async (digest, bytes) =>
      transactions.write({ body: async ({ query }) => void (await query(PUT, [digest, bytes])) }),
  };
}
