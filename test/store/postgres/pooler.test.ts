import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { expect } from 'chai';
import { systemClock } from '../../../server/platform/Clock.js';
import { connectPostgres } from '../../../server/store/postgres/connectPostgres.js';
import { migratePostgres } from '../../../server/store/postgres/migratePostgres.js';
import { parsePostgresAddress } from '../../../server/store/postgres/PostgresAddress.js';
import { PostgresTransactions } from '../../../server/store/postgres/PostgresTransactions.js';
import { Cleanup } from '../../upstream/harness.js';
import { rejectionOf } from '../../fixtures/rejection.js';
import { testDatabase } from './postgresSuite.js';

const SETTINGS = ['search_path', 'statement_timeout', 'lock_timeout', 'jit', 'plan_cache_mode', 'work_mem'];

/** Names that a client says when it connects to the port, before it is turned away. */
async function namesSaid(): Promise<string[]> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const heard = new Promise<Buffer>((resolve) =>
    server.once('connection', (socket) =>
      socket.once('data', (bytes) => {
        socket.destroy();
        resolve(bytes);
      }),
    ),
  );
  const { port } = server.address() as AddressInfo;
  const address = parsePostgresAddress(`postgresql://far:far@127.0.0.1:${port}/site`);
  const pool = connectPostgres(address, { host: '127.0.0.1', port });
  await pool.query('SELECT 1').catch(() => undefined);
  await pool.end();
  const words = (await heard).subarray(8).toString('utf8').split('\0');
  server.close();
  return words.filter((word, index) => index % 2 === 0 && word !== '').sort();
}

describe('A pool in front of PostgreSQL', () => {
  const cleanup = new Cleanup();
  afterEach(async () => cleanup.run());
  const database = testDatabase();
  const open = (): PostgresTransactions => {
    const address = parsePostgresAddress(database().address);
    const transactions = new PostgresTransactions(address, { clock: systemClock, random: () => 0, patience: 0 });
    cleanup.add(async () => transactions.close());
    return transactions;
  };
  beforeEach(() => {
    const before = process.env['PGOPTIONS'];
    process.env['PGOPTIONS'] = '-c work_mem=77MB';
    cleanup.add(async () => {
      if (before === undefined) delete process.env['PGOPTIONS'];
      else process.env['PGOPTIONS'] = before;
      await Promise.resolve();
    });
  });

  it('is told nothing that PgBouncer refuses when a connection is made', async () => {
    expect(await namesSaid()).to.deep.equal(['application_name', 'client_encoding', 'database', 'user']);
  });

  it('gives a connection the settings of the site all the same', async () => {
    const found = await open().read(async ({ query }) =>
      query(`SELECT ${SETTINGS.map((name) => `current_setting('${name}')`).join(', ')}`),
    );
    expect(found).to.deep.equal([['configmgrsync', '5min', '30s', 'off', 'force_generic_plan', '4MB']]);
  });

  it('is refused where it does not keep them, before a table is made in another schema', async () => {
    const transactions = open();
    await transactions.read(async ({ query }) => query('DISCARD ALL'));
    const made = migratePostgres(transactions, { siteGuid: 'guid', where: 'the database' });
    expect(await rejectionOf(made)).to.equal('SiteNotInDatabase');
    const { server, name } = database();
    expect(server.sql("SELECT count(*) FROM pg_tables WHERE tablename = 'store'", name)).to.equal('0');
  });
});
