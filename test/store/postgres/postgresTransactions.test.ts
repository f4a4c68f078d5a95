import fs from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { createAuthority, createLeaf } from '../../../server/link/certificates/issue.js';
import { systemClock } from '../../../server/platform/Clock.js';
import { parsePostgresAddress } from '../../../server/store/postgres/PostgresAddress.js';
import type { PostgresSession } from '../../../server/store/postgres/PostgresSession.js';
import { PostgresTransactions } from '../../../server/store/postgres/PostgresTransactions.js';
import { rejectionOf } from '../../fixtures/rejection.js';
import { guidOf } from '../../fixtures/updateDocuments.js';
import { Cleanup } from '../../upstream/harness.js';
import { CuttingProxy } from './CuttingProxy.js';
import { testDatabase } from './postgresSuite.js';

const ROLE = { user: 'site', password: 'p@ss:w/rd' };
const ONCE = 0;

describe('Transactions in PostgreSQL', () => {
  const cleanup = new Cleanup();
  afterEach(async () => cleanup.run());
  const database = testDatabase();
  let log: string[];
  beforeEach(() => {
    log = [];
    const { server, name } = database();
    server.sql(`DROP ROLE IF EXISTS site; CREATE ROLE site LOGIN PASSWORD '${ROLE.password}'`);
    server.sql(`ALTER DATABASE ${name} SET search_path = configmgrsync`);
    server.sql('CREATE SCHEMA configmgrsync; GRANT ALL ON SCHEMA configmgrsync TO site', name);
    server.sql('CREATE TABLE counted(x int); GRANT ALL ON counted TO site', name);
  });

  const opened = (address = database().address, patience = 30_000): PostgresTransactions => {
    const transactions = new PostgresTransactions(parsePostgresAddress(address), {
      clock: systemClock,
      random: () => 0,
      patience,
      log: (line) => {
        log.push(line);
        onRetry();
      },
    });
    cleanup.add(async () => transactions.close());
    return transactions;
  };
  let onRetry = (): void => undefined;
  afterEach(() => (onRetry = () => undefined));

  const add = async (session: PostgresSession): Promise<void> =>
    void (await session.query('INSERT INTO counted VALUES (1)'));
  const count = (): string => database().server.sql('SELECT count(*) FROM counted', database().name);
  const pid = async (session: PostgresSession): Promise<unknown> =>
    (await session.query('SELECT pg_backend_pid()'))[0]?.[0];
  const terminate = async (session: PostgresSession): Promise<void> => {
    database().server.sql(`SELECT pg_terminate_backend(${String(await pid(session))})`);
  };

  it('keep numbers, bytes, lists and every text', async () => {
    const values = [2 ** 53 - 1, Buffer.from([0, 255]), 'caf\u00e9 \ud83d\ude80', null, true];
    const [row] = await opened().read(async (session) =>
      session.query('SELECT $1::bigint, $2::bytea, $3::text, $4::text, $5::boolean', values),
    );
    expect(row).to.deep.equal(values);
    const rows = await opened().read(async (session) =>
      session.query('SELECT * FROM unnest($1::bigint[], $2::bytea[], $3::text[])', [
        [1, 2],
        [Buffer.from('a'), Buffer.from('b')],
        ['{"}', '\\,'],
      ]),
    );
    expect(rows).to.deep.equal([
      [1, Buffer.from('a'), '{"}'],
      [2, Buffer.from('b'), '\\,'],
    ]);
  });

  it('are done whole or not at all', async () => {
    const transactions = opened();
    await transactions.write({ body: add });
    const broken = transactions.write({
      body: async (session) => {
        await add(session);
        await session.query('INSERT INTO counted VALUES (1 / 0)');
      },
    });
    expect(await rejectionOf(broken)).to.equal('InternalError');
    expect(count()).to.equal('1');
    await transactions.write({ body: add });
    expect(count()).to.equal('2');
  });

  it('are done again when the server restarts in the middle', async () => {
    let attempts = 0;
    await opened().write({
      body: async (session) => {
        attempts += 1;
        await add(session);
        if (attempts === 1) {
          await database().server.stop();
          await database().server.start();
        }
        await add(session);
      },
    });
    expect([attempts, count()]).to.deep.equal([2, '2']);
    expect(log[0]).to.match(/^The database server .* cannot be reached: .* Trying again\.$/);
  });

  it('and queries are done again when their connection is ended, also one that nobody used', async () => {
    const transactions = opened();
    let attempts = 0;
    const body = async (session: PostgresSession): Promise<void> => {
      attempts += 1;
      await add(session);
      if (attempts === 1) await terminate(session);
      await add(session);
    };
    await transactions.write({ body });
    expect([attempts, count()]).to.deep.equal([2, '2']);
    await transactions.read(terminate).catch(() => undefined);
    await transactions.read(pid);
    database().server.sql(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'ConfigMgrSync'",
    );
    await transactions.write({ body: add });
    expect(count()).to.equal('3');
  });

  it('are not done twice when the answer to the commit is lost', async () => {
    const { server, name } = database();
    const proxy = await CuttingProxy.to(server.port);
    cleanup.add(async () => proxy.close());
    const transactions = opened(server.overNetwork(name, ROLE, proxy.port));
    const done = async (session: PostgresSession): Promise<true | undefined> => {
      await session.query('LOCK TABLE counted IN EXCLUSIVE MODE');
      return Number((await session.query('SELECT count(*) FROM counted'))[0]?.[0]) > 0 ? true : undefined;
    };
    const body = async (session: PostgresSession): Promise<true> => {
      await add(session);
      return true;
    };
    proxy.cutAfter = 'COMMIT';
    await transactions.write({ body, done });
    expect([proxy.cuts, count()]).to.deep.equal([1, '1']);
    server.sql('DELETE FROM counted', name);
    proxy.cutAfter = 'INSERT';
    await transactions.write({ body, done });
    expect([proxy.cuts, count()]).to.deep.equal([2, '1']);
  });

  it('are done again after a deadlock', async () => {
    const transactions = opened();
    const { server, name } = database();
    server.sql('CREATE TABLE held(id int PRIMARY KEY, x int); INSERT INTO held VALUES (1, 0), (2, 0)', name);
    let waiting = 0;
    let go = (): void => undefined;
    const both = new Promise<void>((resolve) => (go = resolve));
    const rise = async (session: PostgresSession, id: number): Promise<unknown> =>
      session.query('UPDATE held SET x = x + 1 WHERE id = $1', [id]);
    const crossing = async (first: number, second: number): Promise<void> =>
      transactions.write({
        body: async (session) => {
          await rise(session, first);
          waiting += 1;
          if (waiting === 2) go();
          await both;
          await rise(session, second);
        },
      });
    await Promise.all([crossing(1, 2), crossing(2, 1)]);
    expect(server.sql('SELECT sum(x) FROM held', name)).to.equal('4');
    expect(log.join()).to.contain('deadlock');
  });

  it('wait for a server that takes changes', async () => {
    const { server, name } = database();
    const readOnly = (value: string): string =>
      server.sql(`ALTER DATABASE ${name} SET default_transaction_read_only = ${value}`);
    readOnly('on');
    expect(await rejectionOf(opened(undefined, ONCE).write({ body: add }))).to.equal('DatabaseReadOnly');
    onRetry = () => readOnly('off');
    await opened().write({ body: add });
    expect(count()).to.equal('1');
    expect(log[0]).to.contain('takes no changes');
  });

  it('take the first server of a list that answers', async () => {
    const { server, name } = database();
    const gone = await CuttingProxy.to(server.port);
    await gone.close().catch(() => undefined);
    const address = server.overNetwork(name, ROLE).replace('@', `@127.0.0.1:1,`);
    const transactions = opened(`${address}?target_session_attrs=read-write`, ONCE);
    await transactions.write({ body: add });
    expect(count()).to.equal('1');
  });

  it('say what hinders them, with the next step', async () => {
    const { server, name } = database();
    const failing = async (address: string, body = add): Promise<string> =>
      rejectionOf(opened(address, ONCE).write({ body }));
    const raising = (state: string) => async (session: PostgresSession) =>
      void (await session.query(`DO $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '${state}'; END $$`));
    expect(await failing('postgresql://x@127.0.0.1:1/x')).to.equal('DatabaseUnreachable');
    expect(await failing(server.overNetwork(name, { ...ROLE, password: 'wrong' }))).to.equal('DatabaseLoginRefused');
    expect(await failing(server.overNetwork('none', ROLE))).to.equal('DatabaseMissing');
    expect(await failing(server.overNetwork(name, ROLE).replace(/:[^:@/]*@/, '@'))).to.equal('DatabaseAddressInvalid');
    expect(await failing(server.overSocket(name), raising('53100'))).to.equal('DatabaseFull');
    expect(await failing(server.overSocket(name), raising('57014'))).to.equal('DatabaseTimedOut');
    expect(await failing(server.overSocket(name), raising('40001'))).to.equal('DatabaseContended');
    server.sql('REVOKE ALL ON counted FROM site', name);
    expect(await failing(server.overNetwork(name, ROLE))).to.equal('DatabaseRightsMissing');
    server.sql('ALTER ROLE site CONNECTION LIMIT 0');
    expect(await failing(server.overNetwork(name, ROLE))).to.equal('DatabaseConnectionsUsedUp');
    server.sql(
      `CREATE DATABASE latin ENCODING LATIN1 LOCALE_PROVIDER libc LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0`,
    );
    expect(await failing(server.overSocket('latin'))).to.equal('DatabaseUnsuitable');
    server.sql('DROP DATABASE latin WITH (FORCE)');
  });

  it('go over TLS that is verified', async () => {
    const { server, name } = database();
    const now = new Date();
    const authority = await createAuthority({ siteCode: 'PS1', siteGuid: guidOf(1) }, now);
    const roots = (certificate: string, index: number): string => {
      const file = path.join(server.folder, `roots${index}.pem`);
      fs.writeFileSync(file, certificate);
      return `${server.overNetwork(name, ROLE)}?sslmode=verify-full&sslrootcert=${encodeURIComponent(file)}`;
    };
    const address = roots(authority.certificate, 1);
    expect(await rejectionOf(opened(address, ONCE).read(pid)), 'without TLS').to.equal('DatabaseTlsFailed');
    server.secure(await createLeaf(authority, { subject: 'db', hosts: [], addresses: ['127.0.0.1'] }, now));
    const [[isSecure] = []] = await opened(address).read(async (session) =>
      session.query('SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()'),
    );
    expect(isSecure).to.equal(true);
    const other = await createAuthority({ siteCode: 'PS2', siteGuid: guidOf(2) }, now);
    expect(await rejectionOf(opened(roots(other.certificate, 2), ONCE).read(pid))).to.equal('DatabaseTlsFailed');
    const byName = address.replace('127.0.0.1', 'localhost');
    expect(await rejectionOf(opened(byName, ONCE).read(pid)), 'another name').to.equal('DatabaseTlsFailed');
  });
});
