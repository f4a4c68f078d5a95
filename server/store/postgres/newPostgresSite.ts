import { SyncError } from '../../errors/SyncError.js';
import { describeAddress, parsePostgresAddress } from './PostgresAddress.js';
import type { PostgresSession } from './PostgresSession.js';
import { PostgresTransactions } from './PostgresTransactions.js';
import { migratePostgres } from './migratePostgres.js';
import { POSTGRES_SCHEMA } from './postgresTables.js';

/** Somebody waits at a prompt: a server that cannot be reached is told at once. */
const TIMING = {
  clock: { now: () => new Date(), after: keptAfter },
  random: () => 1,
  patience: 0,
};

const RIGHTS =
  "SELECT CASE WHEN to_regnamespace($1) IS NULL THEN has_database_privilege(current_database(), 'CREATE') " +
  "ELSE has_schema_privilege($1, 'CREATE, USAGE') END, to_regclass($2) IS NOT NULL, current_user";
const KINDS: Readonly<Record<string, string>> = { r: 'TABLE', S: 'SEQUENCE' };

/**
 * Looks whether a new site can have the database; changes nothing.
 * @throws SyncError DatabaseAddressInvalid, DatabaseOfOtherSite, DatabaseRightsMissing, and those of reaching it
 */
export async function checkNewDatabase(address: string): Promise<void> {
  await within(address, async (transactions, where) =>
    transactions.read(async (session) => {
      const [row = []] = await session.query(RIGHTS, [POSTGRES_SCHEMA, `${POSTGRES_SCHEMA}.store`]);
      const [mayMake, hasStore] = row;
      if (hasStore === true) {
        const [store] = await session.query('SELECT site FROM store');
        if (store !== undefined) throw new SyncError('DatabaseOfOtherSite', { where, site: String(store[0]) });
      }
      if (mayMake === true) return;
      const { hosts, database, user } = parsePostgresAddress(address);
      throw new SyncError('DatabaseRightsMissing', {
        server: hosts.map(({ host }) => host).join(', '),
        database,
        user,
        reason: 'it may make no tables there',
      });
    }),
  );
}

/** Makes the tables of a new site: from then on no other one gets the database. @throws SyncError as above */
export async function claimNewDatabase(address: string, siteGuid: string): Promise<void> {
  await within(address, async (transactions, where) => {
    await migratePostgres(transactions, { siteGuid, where });
  });
}

/** Removes every table of a site that could not be made. Nothing is done where the database is that of another one. */
export async function giveBackDatabase(address: string, siteGuid: string): Promise<void> {
  await within(address, async (transactions) =>
    transactions.write({
      body: async (session) => {
        const [there] = await session.query('SELECT to_regclass($1) IS NOT NULL', [`${POSTGRES_SCHEMA}.store`]);
        if (there?.[0] !== true) return;
        const [row] = await session.query('SELECT site FROM store FOR UPDATE');
        if (row?.[0] === siteGuid) await dropTables(session);
      },
    }),
  );
}

/** The schema stays: an administrator may have made it for the user. */
async function dropTables(session: PostgresSession): Promise<void> {
  const found = await session.query(
    'SELECT relkind::text, relname FROM pg_class WHERE relnamespace = to_regnamespace($1) AND relkind IN ($2, $3)',
    [POSTGRES_SCHEMA, 'r', 'S'],
  );
  for (const [kind, name] of found)
    await session.query(`DROP ${KINDS[String(kind)] ?? ''} IF EXISTS ${POSTGRES_SCHEMA}.${String(name)} CASCADE`);
}

async function within(
  text: string,
  work: (transactions: PostgresTransactions, where: string) => Promise<void>,
): Promise<void> {
  const address = parsePostgresAddress(text);
  const transactions = new PostgresTransactions(address, TIMING);
  try {
    await work(transactions, describeAddress(address));
  } finally {
    await transactions.close();
  }
}

function keptAfter(milliseconds: number, action: () => void): () => void {
  const timer = setTimeout(action, milliseconds);
  return () => clearTimeout(timer);
}
