import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import { storeDamage } from '../../../server/api/storeDamage.js';
import { systemClock } from '../../../server/platform/Clock.js';
import { CommitWitness } from '../../../server/store/postgres/CommitWitness.js';
import { openPostgresStore } from '../../../server/store/postgres/openPostgresStore.js';
import { realFiles, storePlaceOf } from '../../../server/store/StorePlace.js';
import { rejectionOf } from '../../fixtures/rejection.js';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';
import { guidOf } from '../../fixtures/updateDocuments.js';
import { Cleanup } from '../../upstream/harness.js';
import { openTestStore } from './openTestStore.js';
import { testDatabase } from './postgresSuite.js';

describe('A database in PostgreSQL that goes back in time', () => {
  const cleanup = new Cleanup();
  const folder = temporaryFolder();
  afterEach(async () => cleanup.run());
  const database = testDatabase();
  let lines: string[];
  let onLine: () => void;
  beforeEach(() => {
    lines = [];
    onLine = () => undefined;
  });
  const sql = (text: string): string =>
    database().server.sql(`SET search_path = configmgrsync; ${text}`, database().name);
  const open = async (): ReturnType<typeof openPostgresStore> => {
    const place = storePlaceOf({ path: folder(), siteGuid: guidOf(1) });
    fs.mkdirSync(place.database, { recursive: true });
    const report = (line: string): void => {
      lines.push(line);
      if (line.startsWith('DatabaseWentBack')) onLine();
    };
    const self = { id: 'one', engine: randomUUID(), host: 'one', processId: process.pid, version: '1.0.0' };
    const store = await openPostgresStore({
      address: database().address,
      siteCode: 'PS1',
      siteGuid: guidOf(1),
      clock: systemClock,
      random: () => 0,
      self,
      log: report,
      witness: new CommitWitness({ files: realFiles, place }, report),
    });
    cleanup.add(async () => store.database.close());
    return store;
  };
  const told = (): number => lines.filter((line) => line.startsWith('DatabaseWentBack')).length;

  it('is named when it is opened with an older dump, once', async () => {
    const first = await open();
    await first.database.commit({ settings: { a: 1 } });
    const [epoch, token] = sql('SELECT epoch, token FROM store').split('|');
    await first.database.commit({ settings: { a: 2 } });
    await first.database.close();
    sql(`UPDATE store SET epoch = ${epoch}, token = '${token}'`);
    const second = await open();
    expect(told()).to.equal(1);
    expect(second.shared.loss()).to.contain('put back to an earlier time');
    await second.database.commit({ settings: { a: 3 } });
    await second.database.close();
    const third = await open();
    expect(third.shared.loss()).to.equal(undefined);
    expect(told()).to.equal(1);
  });

  it('is named when a failover has lost transactions under a running engine', async () => {
    const { database: store, documents, shared } = await open();
    await store.commit({ settings: { a: 1 } });
    const token = sql('SELECT token FROM store');
    await store.commit({ settings: { a: 2 } });
    expect(await storeDamage({ database: store, documents, shared })).to.deep.equal([]);
    sql(`UPDATE store SET token = '${token}'`);
    await store.commit({ settings: { a: 3 } });
    expect(told()).to.equal(1);
    expect((await storeDamage({ database: store, documents, shared }))[0]).to.contain('DatabaseWentBack');
    await store.commit({ settings: { a: 4 } });
    expect(told()).to.equal(1);
  });

  it('is named by the server that had written, though another one has taken the site since', async () => {
    const first = await open();
    await first.database.commit({ settings: { a: 1 } });
    const token = sql('SELECT token FROM store');
    await first.database.commit({ settings: { a: 2 } });
    await first.database.close();
    sql(`UPDATE store SET token = '${token}'`);
    const other = await openTestStore(database(), cleanup, { server: 'two' });
    await other.database.commit({ settings: { a: 3 } });
    const { shared } = await open();
    expect(shared.role.standing.role).to.equal('Follower');
    expect(shared.loss()).to.contain('put back to an earlier time');
    expect(told()).to.equal(1);
  });

  it('is named by a server that has lost its whole time as the owner, and is connected anew', async () => {
    const { database: store, shared } = await open();
    await store.commit({ settings: { a: 1 } });
    const { epoch } = shared.role.standing;
    // Another one was given the same number, and the next.
    sql(
      `UPDATE lease SET server = 'two', engine = 'of two', epoch = epoch + 1; UPDATE store SET epoch = epoch + 1; ` +
        `INSERT INTO past_lease VALUES(${epoch}, 'before', '${epoch}.99 x')`,
    );
    const isTold = new Promise<void>((resolve) => (onLine = resolve));
    database().server.sql(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '%lease%' AND pid <> pg_backend_pid()",
    );
    await isTold;
    expect(shared.loss()).to.contain('put back to an earlier time');
  });

  it('is not named where another server has taken the site, and nothing was lost', async () => {
    const first = await open();
    await first.database.commit({ settings: { a: 1 } });
    await first.database.close();
    const other = await openTestStore(database(), cleanup, { server: 'two' });
    await other.database.commit({ settings: { a: 2 } });
    expect((await open()).shared.loss()).to.equal(undefined);
    expect(lines).to.deep.equal([]);
  });

  it('is not named where the site was to be moved away, and stayed', async () => {
    const first = await open();
    await first.database.commit({ settings: { a: 1 } });
    expect([await first.shared.leave(), await first.shared.leave()]).to.deep.equal([true, true]);
    await first.database.close();
    const second = await open();
    expect([second.shared.role.standing.role, second.shared.loss()]).to.deep.equal(['Owner', undefined]);
    await second.database.commit({ settings: { a: 2 } });
    expect(lines).to.deep.equal([]);
  });

  it('takes no write of an engine whose lease it has lost, though another one has the same epoch by now', async () => {
    const { database: store, documents, shared } = await open();
    await store.commit({ settings: { a: 1 } });
    sql("UPDATE lease SET server = 'two', engine = 'of two'");
    expect(await rejectionOf(documents.append('updates', [Buffer.from('late')]))).to.equal('DatabaseWentBack');
    // It may have looked at the lease meanwhile.
    expect(await rejectionOf(store.commit({ settings: { a: 2 } }))).to.be.oneOf(['DatabaseWentBack', 'ServerNotOwner']);
    expect(sql("SELECT value FROM setting WHERE name = 'a'")).to.equal('1');
    expect(told()).to.equal(1);
    expect(await shared.leave()).to.equal(false);
  });

  it('says so to an engine that has taken the site since, which takes it again', async () => {
    const { database: store, documents, shared } = await open();
    await store.commit({ settings: { a: 1 } });
    const { epoch } = shared.role.standing;
    sql(
      "UPDATE lease SET server = '', engine = 'before', epoch = epoch - 1, expires = 0; " +
        'UPDATE store SET epoch = epoch - 1',
    );
    const refused = store.commit({ settings: { a: 2 } });
    expect(await rejectionOf(refused)).to.equal('DatabaseWentBack');
    expect((await storeDamage({ database: store, documents, shared }))[0]).to.contain('DatabaseWentBack');
    while (shared.role.standing.role !== 'Owner' || shared.role.standing.epoch !== epoch)
      await new Promise<void>((resolve) => {
        const end = shared.role.onChange(() => {
          end();
          resolve();
        });
      });
    await store.commit({ settings: { a: 3 } });
    expect(told()).to.equal(1);
  });

  it('is not named when nothing was lost, whoever has written since', async () => {
    for (let round = 0; round < 3; round += 1) {
      const store = await open();
      for (let commit = 0; commit < 12; commit += 1) await store.database.commit({ settings: { a: commit } });
      await store.database.close();
    }
    sql("UPDATE store SET epoch = epoch + 1, token = '1 of another server'");
    await open();
    expect(lines).to.deep.equal([]);
  });
});
