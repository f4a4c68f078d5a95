import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import type { OldDatabase, SiteMove } from '../../server/contract/generated/types.js';
import { endEngine } from '../../server/relay/runningEngine.js';
import { openSite } from '../../server/site/openSite.js';
import { systemClock } from '../../server/platform/Clock.js';
import { closeStore } from '../../server/store/openSiteStore.js';
import { openPostgresStore } from '../../server/store/postgres/openPostgresStore.js';
import { withSharedDatabase } from '../../server/store/postgres/sharedDatabase.js';
import { realSealer } from '../../server/platform/sealSecret.js';
import { keepDatabaseAddress } from '../../server/store/postgres/databaseAddress.js';
import { loadNodeSqlite } from '../../server/store/sqlite/nodeSqlite.js';
import { type SampleUpstream, startSampleUpstream } from '../bench/SampleUpstream.js';
import { repetitions } from '../fixtures/repetitions.js';
import { RealSite } from '../process/RealSite.js';
import { caughtFrom } from '../rpc/caught.js';
import { testDatabase } from '../store/postgres/postgresSuite.js';
import { synchronize, synchronizeFrom } from '../store/postgres/synchronizeFrom.js';
import { copyOf, killedMove, moved, stateOf } from './movedSites.js';

/** Places at which a move is killed: an activity and how much of it in percent, or the n-th rename. */
const PLACES: readonly (readonly [string, number])[] = [
  ['Copying', 40],
  ['rename', 3],
  ['Copying', 1],
  ['Comparing', 80],
  ['rename', 6],
  ['Comparing', 30],
  ['rename', 4],
  ['Copying', 100],
  ['rename', 5],
];
/** Of how many of these places one is met. */
const STEP = repetitions(3, 1);

function hasFiles(): boolean {
  try {
    loadNodeSqlite('PR1');
    return true;
  } catch {
    return false;
  }
}

/** The other engine: test/store/sqlite runs this file again in a Node.js that has a database in a file. */
const other = hasFiles() ? 'sqlite' : 'embedded';

interface InPostgres {
  readonly copy: string;
  readonly name: string;
}

describe(`A site that is moved between ${other} and PostgreSQL`, function () {
  const database = testDatabase();
  let upstream: SampleUpstream;
  let site: RealSite;
  let digest: string;
  let copies = 0;
  /** A database for itself, which is empty or a copy. */
  const freshDatabase = (from = 'template1'): { readonly name: string; readonly address: string } => {
    copies += 1;
    const name = `move${copies}`;
    database().server.sql(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    database().server.sql(`CREATE DATABASE ${name} TEMPLATE ${from}`);
    return { name, address: database().server.overSocket(name) };
  };
  const copyIn = (): string => copyOf(site.path, `C${(copies += 1)}`);
  const movedThere = async (): Promise<InPostgres> => {
    const [copy, { name, address }] = [copyIn(), freshDatabase()];
    await moved(copy, { address });
    forgetOld(copy);
    return { copy, name };
  };
  /** The site is moved there once; each test has a copy of its folder and of its database. */
  let there: InPostgres | undefined;
  const copyInPostgres = async (): Promise<InPostgres> => {
    there ??= await movedThere();
    const { name, address } = freshDatabase(there.name);
    const copy = copyOf(there.copy, `C${copies}`);
    await keepDatabaseAddress(await openSite(copy), address, realSealer());
    return { copy, name };
  };
  const tablesIn = (name: string): string[] =>
    database()
      .server.sql("SELECT tablename FROM pg_tables WHERE schemaname = 'configmgrsync'", name)
      .split('\n')
      .filter((table) => table !== '');

  before(async () => {
    upstream = await startSampleUpstream(['--updates', '120', '--seed', '3', '--exit-with-parent']);
    site = await RealSite.make(other === 'sqlite' ? { database: 'sqlite' } : {});
    expect((await synchronizeFrom(site, upstream.url)).State).to.equal('Succeeded');
    await endEngine(site.site, { ...site.deps, endSeconds: 30 });
    ({ digest } = await stateOf(site.path));
  });
  after(async () => {
    await site.remove();
    await upstream.stop();
  });

  it('goes on from wherever it was killed, into PostgreSQL', async () => {
    for (const [index, place] of PLACES.entries()) {
      if (index % STEP > 0) continue;
      const copy = copyIn();
      const { address } = freshDatabase();
      await killedMove(copy, { address }, place);
      const found = await stateOf(copy);
      expect(found.digest, place.join(' ')).to.equal(digest);
      if (found.engine === other) {
        const done = await moved(copy, { address });
        expect([done.Resumed, done.Digest], place.join(' ')).to.deep.equal([true, digest]);
      } else expect(place[0]).to.equal('rename');
      expect(await stateOf(copy)).to.deep.equal({ engine: 'postgres', digest });
      expect(fs.existsSync(path.join(copy, 'move.new'))).to.equal(false);
    }
  });

  it('goes on from wherever it was killed, out of PostgreSQL', async () => {
    for (const [index, place] of PLACES.entries()) {
      if (index % STEP > 0) continue;
      const { copy } = await copyInPostgres();
      await killedMove(copy, other, place);
      const found = await stateOf(copy);
      expect(found.digest, place.join(' ')).to.equal(digest);
      if (found.engine === 'postgres') {
        const done = await moved(copy, other);
        expect([done.Resumed, done.Digest], place.join(' ')).to.deep.equal([true, digest]);
      } else expect(place[0]).to.equal('rename');
      expect(await stateOf(copy)).to.deep.equal({ engine: other, digest });
    }
  });

  it('is moved by the verb there and back, synchronizes nothing again, and leaves nothing behind', async () => {
    const { name, address } = freshDatabase();
    const copy = copyIn();
    const verb = async (...options: string[]): ReturnType<typeof site.cli> =>
      site.cli(['site', 'move', '--site-path', copy, '--json', ...options]);
    const file = path.join(site.home, 'address');
    fs.writeFileSync(file, address);
    const there = await verb('--database', 'postgres', '--database-address-file', file);
    expect(there.code, there.err).to.equal(0);
    expect((JSON.parse(there.out) as SiteMove).Database).to.equal('Postgres');
    expect(there.err).to.contain('pg_dump').and.to.contain('is kept in');
    const run = await synchronizeOf(copy);
    expect([run.State, run.Counts.DocumentsFetched]).to.deep.equal(['Succeeded', 0]);
    expect((await verb('--drop-old')).code).to.equal(0);
    const back = await verb('--database', other);
    expect(back.code, back.err).to.equal(0);
    expect((JSON.parse(back.out) as SiteMove).OldDatabaseSize).to.be.greaterThan(100_000);
    expect((await synchronizeOf(copy)).Counts.DocumentsFetched).to.equal(0);
    expect(tablesIn(name)).to.include.members(['revision', 'document_piece']);
    const dropped = JSON.parse((await verb('--drop-old')).out) as OldDatabase;
    expect([dropped.Database, dropped.Path.includes(name), dropped.Size > 100_000]).to.deep.equal([
      'Postgres',
      true,
      true,
    ]);
    expect(tablesIn(name)).to.deep.equal([]);
    expect(fs.readFileSync(path.join(copy, 'secrets.json'), 'utf8')).to.not.contain(name);
    expect((await openSite(copy)).kept).to.equal(undefined);
  });

  it('is refused where the database is that of another site, or has tables that no move left', async () => {
    const { name, address } = freshDatabase();
    const copy = copyIn();
    await moved(copy, { address });
    const second = copyIn();
    const own = await caughtFrom(moved(second, { address }));
    expect([own.errorId, own.message]).to.satisfy(
      ([id, text]: [string, string]) => id === 'MoveRefused' && /no interrupted move left/.test(text),
    );
    database().server.sql("UPDATE configmgrsync.store SET site = '11111111-1111-1111-1111-111111111111'", name);
    expect((await caughtFrom(moved(second, { address }))).errorId).to.equal('DatabaseOfOtherSite');
    expect((await caughtFrom(moved(second, { address: address.replace(`/${name}?`, '/nowhere?') }))).errorId).to.equal(
      'DatabaseMissing',
    );
    expect(fs.readdirSync(second).filter((file) => file.startsWith('move'))).to.deep.equal([]);
  });

  it('is refused while another server uses the database', async () => {
    const { copy, name } = await copyInPostgres();
    database().server.sql(
      "INSERT INTO configmgrsync.server(id, engine, host, process, version, since, heartbeat) VALUES('other', 'e', " +
        "'srv2', 42, '1', 0, (extract(epoch FROM clock_timestamp()) * 1000)::bigint)",
      name,
    );
    const error = await caughtFrom(moved(copy, other));
    expect([error.errorId, error.message]).to.satisfy(
      ([id, text]: [string, string]) => id === 'MoveRefused' && /other servers.*srv2 \(process 42\)/.test(text),
    );
    database().server.sql("UPDATE configmgrsync.server SET heartbeat = 0 WHERE id = 'other'", name);
    expect((await moved(copy, other)).Warnings[0]).to.match(/shared the old database.*srv2/);
  });

  it('is not opened there by another server afterwards, nor begun anew where its tables are gone', async () => {
    const { copy, name } = await copyInPostgres();
    const address = database().server.overSocket(name);
    const { siteGuid, siteCode } = await openSite(copy);
    const self = { id: 'srv2', engine: 'e2', host: 'srv2', processId: 1, version: '1' };
    const place = { address, siteCode, siteGuid, self, clock: systemClock, random: Math.random, isThere: true };
    const open = async (): Promise<unknown> => openPostgresStore({ ...place, log: () => undefined });
    // Left, but not decided: it comes back.
    await killedMove(copy, other, ['rename', 1]);
    const left = await caughtFrom(open());
    expect([left.errorId, left.message]).to.satisfy(
      ([id, text]: [string, string]) => id === 'SiteNotInDatabase' && /another server of the site has moved/.test(text),
    );
    expect((await stateOf(copy)).engine).to.equal('postgres');
    await moved(copy, other);
    expect((await caughtFrom(open())).errorId).to.equal('SiteNotInDatabase');
    expect((await caughtFrom(withSharedDatabase(address, async () => Promise.resolve()))).errorId).to.equal(
      'SiteNotInDatabase',
    );
    expect((await site.cli(['site', 'move', '--site-path', copy, '--drop-old'])).code).to.equal(0);
    expect((await caughtFrom(open())).message).to.match(/is not in .*: it has no tables of a site/);
    expect(tablesIn(name)).to.deep.equal([]);
  });

  it('lets another server that was started meanwhile write nothing', async () => {
    const { copy, name } = await copyInPostgres();
    const { siteGuid, siteCode } = await openSite(copy);
    const self = { id: 'srv2', engine: 'e2', host: 'srv2', processId: 1, version: '1' };
    const address = database().server.overSocket(name);
    const place = { address, siteCode, siteGuid, self, clock: systemClock, random: Math.random, isThere: true };
    let second: ReturnType<typeof openPostgresStore> | undefined;
    const error = await caughtFrom(
      moved(copy, other, {
        onProgress: (activity) => {
          if (activity.startsWith('Copying')) second ??= openPostgresStore({ ...place, log: () => undefined });
        },
      }),
    );
    expect([error.errorId, error.message]).to.satisfy(
      ([id, text]: [string, string]) => id === 'MoveRefused' && /other servers use its database \(srv2/.test(text),
    );
    const store = await second;
    if (store === undefined) throw new TypeError('It was not opened');
    await closeStore(store);
    expect((await moved(copy, other)).Resumed).to.equal(true);
  });

  it('removes what is left where the tables were removed by hand', async () => {
    const { copy, name } = await copyInPostgres();
    await moved(copy, other);
    database().server.sql('DROP SCHEMA configmgrsync CASCADE', name);
    expect((await site.cli(['site', 'move', '--site-path', copy, '--drop-old'])).code).to.equal(0);
    expect((await openSite(copy)).kept).to.equal(undefined);
  });

  it('forgets tables on a server that is gone for good, when it is told to', async () => {
    const { copy, name } = await copyInPostgres();
    await moved(copy, other);
    await keepDatabaseAddress(await openSite(copy), 'postgresql://u:p@127.0.0.1:1/gone?sslmode=disable', realSealer());
    const drop = ['site', 'move', '--site-path', copy, '--drop-old'];
    const failed = await site.cli(drop);
    expect([failed.code, failed.err]).to.satisfy(
      ([code, text]: [number, string]) =>
        code === 6 && /^OldDatabaseNotRemoved: .*ECONNREFUSED[^]*--leave-on-server/m.test(text),
    );
    expect((await openSite(copy)).kept?.database).to.equal('postgres');
    const { code, out, err } = await site.cli([...drop, '--leave-on-server']);
    expect([code, /Forgot the old database Postgres/.test(out)], err).to.deep.equal([0, true]);
    expect(err).to.match(/are left there.*remove its schema configmgrsync/);
    expect(tablesIn(name)).to.include('revision');
    await moved(copy, { address: freshDatabase().address });
  });

  it('brings licence terms into the database, and into the folder', async () => {
    const copy = copyIn();
    const { name, address } = freshDatabase();
    const [here, there] = [sha1('here'), sha1('there')];
    const fileOf = (digest: Buffer): string => path.join(copy, 'LicenseTerms', `${digest.toString('hex')}.txt`);
    fs.mkdirSync(path.join(copy, 'LicenseTerms'), { recursive: true });
    fs.writeFileSync(fileOf(here), 'here');
    await moved(copy, { address });
    const rows = 'SELECT digest FROM configmgrsync.license_terms';
    expect(database().server.sql(rows, name).split('\n')).to.include(here.toString('base64'));
    const before = fs.readdirSync(path.join(copy, 'LicenseTerms'));
    database().server.sql(
      `INSERT INTO configmgrsync.license_terms VALUES('${there.toString('base64')}', 'there'), ('AAAA', 'damaged')`,
      name,
    );
    forgetOld(copy);
    await moved(copy, other);
    expect(fs.readFileSync(fileOf(there), 'utf8')).to.equal('there');
    expect(fs.readdirSync(path.join(copy, 'LicenseTerms'))).to.have.length(before.length + 1);
  });

  it('names the rows in which a copy in PostgreSQL differs, and removes its tables', async () => {
    const copy = copyIn();
    const { name, address } = freshDatabase();
    await killedMove(copy, { address }, ['Comparing', 1]);
    database().server.sql(
      'UPDATE configmgrsync.software_update SET max_execution = 1 WHERE id = (SELECT max(id) FROM ' +
        'configmgrsync.software_update)',
      name,
    );
    const error = await caughtFrom(moved(copy, { address }));
    expect([error.errorId, error.message]).to.satisfy(
      ([id, text]: [string, string]) => id === 'MoveDiffers' && /of the table software_update differ/.test(text),
    );
    expect(tablesIn(name)).to.deep.equal([]);
    expect((await moved(copy, { address })).Resumed).to.equal(false);
  });

  it('removes the tables of an interrupted move', async () => {
    const copy = copyIn();
    const { name, address } = freshDatabase();
    await killedMove(copy, { address }, ['Copying', 40]);
    expect(tablesIn(name)).to.include('revision');
    const { code } = await site.cli(['site', 'move', '--site-path', copy, '--drop-old']);
    expect([code, tablesIn(name)]).to.deep.equal([0, []]);
    expect((await openSite(copy)).database).to.equal(site.site.database);
  });

  async function synchronizeOf(copy: string): ReturnType<typeof synchronize> {
    const opened = await openSite(copy);
    const run = await synchronize({ client: () => site.client({}, opened) } as unknown as RealSite);
    await endEngine(opened, { ...site.deps, endSeconds: 30 });
    return run;
  }
});

function sha1(text: string): Buffer {
  return createHash('sha1').update(text).digest();
}

/** The old database is not needed by a test. */
function forgetOld(copy: string): void {
  fs.rmSync(path.join(copy, 'move.old'), { recursive: true });
  const file = path.join(copy, 'site.json');
  const description = JSON.parse(fs.readFileSync(file, 'utf8')) as object;
  fs.writeFileSync(file, JSON.stringify({ ...description, kept: undefined }));
}
