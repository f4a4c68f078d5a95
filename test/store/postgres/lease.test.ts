import { once } from 'node:events';
import { expect } from 'chai';
import type { SiteRole, Standing } from '../../../server/store/SiteRole.js';
import { decideLease, isFree, LEASE_TIMING, mayAct, nextLook } from '../../../server/store/postgres/decideLease.js';
import { rejectionOf } from '../../fixtures/rejection.js';
import { Cleanup } from '../../upstream/harness.js';
import { CuttingProxy } from './CuttingProxy.js';
import { openTestStore } from './openTestStore.js';
import { testDatabase } from './postgresSuite.js';

const { length: LENGTH, beat: BEAT } = LEASE_TIMING;
const ME = { server: 'one', engine: 'a' };
const HELD = { server: 'two', engine: 'b', epoch: 3, remaining: 1000 };

describe('A lease is decided', () => {
  const answer = { isCurrent: true, isRenewed: false, lease: HELD };

  it('from what the database answers', () => {
    expect(decideLease(ME, answer, LENGTH)).to.equal('Follow');
    expect(decideLease(ME, { ...answer, isRenewed: true }, LENGTH)).to.equal('Own');
    expect(decideLease(ME, { ...answer, isCurrent: false, isRenewed: true }, LENGTH)).to.equal('End');
    expect(decideLease(ME, { ...answer, lease: { ...HELD, remaining: 0 } }, LENGTH)).to.equal('Take');
  });

  it('to be free where its time is over, cannot be, or an earlier engine of the folder had it', () => {
    expect(isFree(ME, HELD, LENGTH)).to.equal(false);
    expect(isFree(ME, { ...HELD, remaining: -1 }, LENGTH)).to.equal(true);
    expect(isFree(ME, { ...HELD, remaining: LENGTH }, LENGTH)).to.equal(false);
    expect(isFree(ME, { ...HELD, remaining: LENGTH + 1 }, LENGTH)).to.equal(true);
    expect(isFree(ME, { ...HELD, ...ME, engine: 'before' }, LENGTH)).to.equal(true);
    expect(isFree(ME, { ...HELD, ...ME }, LENGTH)).to.equal(false);
  });

  it('to allow nothing more when it may have ended, by the own clock', () => {
    expect(mayAct({ epoch: 1, renewed: 100 }, 99 + LENGTH, LENGTH)).to.equal(true);
    expect(mayAct({ epoch: 1, renewed: 100 }, 100 + LENGTH, LENGTH)).to.equal(false);
    expect(mayAct({ epoch: undefined, renewed: 100 }, 100, LENGTH)).to.equal(false);
  });

  it('to be looked at again when it can have ended, so that a crash is over within 20 seconds', () => {
    expect(nextLook('Own', HELD, BEAT)).to.equal(BEAT);
    expect(nextLook('Follow', HELD, BEAT)).to.equal(1010);
    expect(nextLook('Follow', { ...HELD, remaining: LENGTH }, BEAT)).to.equal(BEAT);
    expect(LENGTH + BEAT).to.be.at.most(20_000);
  });
});

describe('Servers that share a database in PostgreSQL', () => {
  const cleanup = new Cleanup();
  afterEach(async () => cleanup.run());
  const database = testDatabase();
  const sql = (text: string): string =>
    database().server.sql(`SET search_path = configmgrsync; ${text}`, database().name);
  const open = async (server: string): ReturnType<typeof openTestStore> =>
    openTestStore(database(), cleanup, { server });
  const becomes = async (role: SiteRole, wanted: Standing['role']): Promise<Standing> => {
    if (role.standing.role === wanted) return role.standing;
    return new Promise((resolve) => {
      const end = role.onChange((now) => {
        if (now.role !== wanted) return;
        end();
        resolve(now);
      });
    });
  };
  const expire = (): string => sql('UPDATE lease SET expires = 0');
  const tell = (): string => sql(`SELECT pg_notify('configmgrsync', '{"kind":"Owner","by":""}')`);

  it('have one owner; the others read, and say who it is', async () => {
    const one = await open('one');
    const two = await open('two');
    expect(one.shared.role.standing.role).to.equal('Owner');
    expect(two.shared.role.standing.role).to.equal('Follower');
    expect(two.shared.role.standing.owner?.host).to.equal('one.contoso.com');
    expect([one.shared.role.mayAct, two.shared.role.mayAct]).to.deep.equal([true, false]);
    await one.database.commit({ settings: { a: 1 } });
    expect(await two.database.setting('a')).to.equal(1);
    const refused = two.database.commit({ settings: { a: 2 } });
    expect(await rejectionOf(refused)).to.equal('ServerNotOwner');
    await refused.catch((error: unknown) =>
      expect(String(error)).to.contain('one.contoso.com').and.contain('two.contoso.com'),
    );
    const servers = await two.shared.servers();
    expect(servers.map(({ host, isOwner }) => [host, isOwner])).to.deep.equal([
      ['one.contoso.com', true],
      ['two.contoso.com', false],
    ]);
  });

  it('hear of what the owner commits, also after their connection was lost', async () => {
    const one = await open('one');
    const two = await open('two');
    // Those that are kept in memory.
    const long = 'x'.repeat(100_000);
    const heard = async (kind: string): Promise<void> =>
      new Promise((resolve) => {
        const end = two.shared.news.add((news) => {
          if (news.kind !== kind) return;
          end();
          resolve();
        });
      });
    await one.database.commit({ settings: { long } });
    expect(await two.database.setting('long')).to.equal(long);
    const commit = heard('Commit');
    await one.database.commit({ settings: { long: `${long}y` } });
    await commit;
    expect(await two.database.setting('long')).to.equal(`${long}y`);
    const missed = heard('Missed');
    database().server.sql(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'ConfigMgrSync'",
    );
    await one.database.commit({ settings: { long: `${long}z` } });
    await missed;
    expect(await two.database.setting('long')).to.equal(`${long}z`);
  });

  it('go on at once when the owner ends, and after a while when it is gone', async () => {
    const one = await open('one');
    const two = await open('two');
    const three = await open('three');
    const taken = Promise.race([becomes(two.shared.role, 'Owner'), becomes(three.shared.role, 'Owner')]);
    await one.database.close();
    expect((await taken).epoch).to.equal(one.shared.role.standing.epoch + 1);
    const roles = [two, three].map(({ shared }) => shared.role.standing.role);
    expect(roles.filter((role) => role === 'Owner')).to.have.length(1);
  });

  it('leave no write to an owner whose lease was taken, and make it a follower', async () => {
    const one = await open('one');
    const two = await open('two');
    await one.database.commit({ settings: { a: 1 } });
    sql(
      "UPDATE lease SET server = 'two', engine = (SELECT engine FROM server WHERE id = 'two'), epoch = epoch + 1; " +
        'UPDATE store SET epoch = epoch + 1',
    );
    expect(await rejectionOf(one.database.commit({ settings: { a: 2 } }))).to.equal('ServerNotOwner');
    expect(await rejectionOf(one.documents.append('updates', [Buffer.from('late')]))).to.equal('ServerNotOwner');
    expect((await becomes(one.shared.role, 'Follower')).owner?.host).to.equal('two.contoso.com');
    tell();
    await becomes(two.shared.role, 'Owner');
    await two.database.commit({ settings: { a: 3 } });
    expect(await one.database.setting('a')).to.equal(3);
  });

  it('let an owner that others followed meanwhile end its work before it takes the site again', async () => {
    const one = await open('one');
    const { epoch } = one.shared.role.standing;
    const seen: Standing['role'][] = [];
    let ended: () => void = () => undefined;
    let told: () => void = () => undefined;
    const isTold = new Promise<void>((resolve) => (told = resolve));
    one.shared.role.onChange(async (now) => {
      seen.push(now.role);
      if (now.role === 'Owner') return;
      told();
      await new Promise<void>((resolve) => (ended = resolve));
    });
    // As one that was paused, while another one took the site and ended.
    sql(
      "UPDATE lease SET server = 'two', engine = 'gone', epoch = epoch + 1, expires = 0; " +
        'UPDATE store SET epoch = epoch + 1',
    );
    tell();
    await isTold;
    tell();
    expect(await rejectionOf(one.database.commit({ settings: { a: 1 } }))).to.equal('ServerNotOwner');
    ended();
    expect((await becomes(one.shared.role, 'Owner')).epoch).to.equal(epoch + 2);
    expect(seen).to.deep.equal(['Follower', 'Owner']);
  });

  it('are in the list again where they were taken off it while they were silent', async () => {
    const one = await open('one');
    const two = await open('two');
    await one.shared.forgetServer('two');
    sql(`SELECT pg_notify('configmgrsync', '{"kind":"Owner","by":""}')`);
    while ((await one.shared.servers()).length < 2);
    expect(await rejectionOf(two.database.commit({ settings: { a: 1 } }))).to.equal('ServerNotOwner');
    await one.database.close();
    expect((await becomes(two.shared.role, 'Owner')).owner?.host).to.equal('two.contoso.com');
  });

  it('end the transaction in which an owner was stopped', async () => {
    const one = await open('one');
    const two = await open('two');
    const { spawn } = await import('node:child_process');
    const psql = spawn('/usr/bin/psql', [
      '-X',
      '-h',
      database().server.folder,
      '-p',
      String(database().server.port),
      '-U',
      'postgres',
      database().name,
    ]);
    cleanup.add(async () => {
      if (psql.exitCode === null) psql.kill('SIGKILL');
      return Promise.resolve();
    });
    psql.stdin.write("BEGIN; UPDATE configmgrsync.store SET token = 'paused'; SELECT 'held';\n");
    while (!String((await once(psql.stdout, 'data'))[0]).includes('held'));
    sql("UPDATE server SET engine = 'gone' WHERE id = 'one'");
    expire();
    tell();
    await becomes(two.shared.role, 'Owner');
    await two.database.commit({ settings: { a: 1 } });
    const { epoch } = one.shared.role.standing;
    expect(sql(`SELECT epoch > ${epoch}, token <> $$paused$$ FROM store`)).to.equal('t|t');
  });

  it('keep the owner while connections are cut and the server restarts', async () => {
    const one = await open('one');
    const two = await open('two');
    const changes: Standing[] = [];
    for (const { shared } of [one, two]) shared.role.onChange((now) => void changes.push(now));
    const { server } = database();
    server.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'ConfigMgrSync'");
    await one.database.commit({ settings: { a: 1 } });
    await server.stop();
    await server.start();
    await one.database.commit({ settings: { a: 2 } });
    expect(await two.database.setting('a')).to.equal(2);
    expect(changes).to.deep.equal([]);
  });

  it('write reports of child sites themselves', async () => {
    const one = await open('one');
    const two = await open('two');
    await one.database.commit({ linkNodes: [{ nodeId: 1, json: '{}' }] });
    await two.database.commit({ linkReports: [{ nodeId: 1, report: '{"x":1}', lastSeen: 7 }] });
    expect((await one.database.linkNodes())[0]).to.deep.include({ report: '{"x":1}', lastSeen: 7 });
  });

  it('know the owner by its lease, whatever the answer that was lost', async () => {
    const { server, name } = database();
    server.sql(`DROP ROLE IF EXISTS cut; CREATE ROLE cut SUPERUSER LOGIN PASSWORD 'cut'`);
    const proxy = await CuttingProxy.to(server.port);
    cleanup.add(async () => proxy.close());
    proxy.cutAfter = 'UPDATE lease SET server';
    const address = server.overNetwork(name, { user: 'cut', password: 'cut' }, proxy.port);
    expect(await rejectionOf(openTestStore({ address }, cleanup))).to.equal('DatabaseUnreachable');
    expect(proxy.cuts).to.equal(1);
    const one = await openTestStore({ address }, cleanup);
    expect(one.shared.role.standing.role).to.equal('Owner');
  });
});
