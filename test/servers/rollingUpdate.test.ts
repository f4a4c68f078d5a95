import { expect } from 'chai';
import { FORMAT } from '../../server/store/sql/schema.js';
import type { SiteRole, Standing } from '../../server/store/SiteRole.js';
import { rejectionOf } from '../fixtures/rejection.js';
import { openTestStore } from '../store/postgres/openTestStore.js';
import { RealSite, said } from '../process/RealSite.js';
import { sampleRevision } from '../store/sampleRows.js';
import { testDatabase } from '../store/postgres/postgresSuite.js';
import { Cleanup } from '../upstream/harness.js';

describe('A rolling update of the servers of a site', () => {
  const cleanup = new Cleanup();
  afterEach(async () => cleanup.run());
  const database = testDatabase();
  const sql = (text: string): string =>
    database().server.sql(`SET search_path = configmgrsync; ${text}`, database().name);
  const open = async (server: string): ReturnType<typeof openTestStore> =>
    openTestStore(database(), cleanup, { server });
  const isSo = async (role: SiteRole, wanted: (now: Standing) => boolean): Promise<Standing> => {
    if (wanted(role.standing)) return role.standing;
    return new Promise((resolve) =>
      role.onChange((now) => {
        if (wanted(now)) resolve(now);
      }),
    );
  };
  const becomes = async (role: SiteRole, wanted: Standing['role']): Promise<Standing> =>
    isSo(role, (now) => now.role === wanted);
  /** What a newer version does that only removes rows; its news need not be heard. */
  const NEWER = 'DELETE FROM revision; UPDATE store SET format = format + 1, epoch = epoch + 1;';
  const FREE = `UPDATE lease SET engine = '', expires = 0;`;

  it('shuts an engine out whose tables a newer version has changed, and it follows', async () => {
    const old = await open('old');
    await old.database.commit({ settings: { a: 1 } });
    sql(`UPDATE store SET own_format = own_format + 1, epoch = epoch + 1; UPDATE lease SET engine = '', expires = 0`);
    const refused = rejectionOf(old.database.commit({ settings: { a: 2 } }));
    await becomes(old.shared.role, 'Follower');
    expect(await refused).to.equal('StoreNewerFormat');
    expect(sql("SELECT value FROM setting WHERE name = 'a'")).to.equal('1');
    expect(sql('SELECT engine, server FROM lease').trim()).to.match(/^\|/);
    expect(await rejectionOf(open('other'))).to.equal('StoreNewerFormat');
  });

  it('gives the site to the first engine that changes the tables', async () => {
    const old = await open('old');
    expect(old.shared.role.standing.role).to.equal('Owner');
    sql(
      'DROP TABLE site_key, license_terms, carried_request, carried_file, past_lease; ' +
        'UPDATE store SET own_format = own_format - 2',
    );
    const changed = await open('new');
    expect(changed.shared.role.standing.role).to.equal('Owner');
    const refused = rejectionOf(old.database.commit({ settings: { a: 2 } }));
    const { owner } = await becomes(old.shared.role, 'Follower');
    expect(await refused).to.equal('ServerNotOwner');
    expect(owner?.host).to.equal('new.contoso.com');
    await changed.database.commit({ settings: { a: 3 } });
    expect(await old.database.setting('a')).to.equal(3);
  });

  it('is noticed by every engine where the newer format only lacks rows, and ends where it is put back', async () => {
    const [owner, follower] = [await open('owner'), await open('follower')];
    await owner.database.commit({ revisions: [sampleRevision(1)], settings: { a: 1 } });
    sql(`${NEWER} ${FREE}`);
    for (const { shared, database: one, documents } of [owner, follower]) {
      const { newer, role } = await isSo(shared.role, (now) => now.newer !== undefined);
      expect([newer?.errorId, role, shared.role.mayAct]).to.deep.equal(['StoreNewerFormat', 'Follower', false]);
      expect(newer?.data).to.include({ found: `${FORMAT + 1}.${sql('SELECT own_format FROM store')}` });
      const asked = [
        one.setting('a'),
        one.revisionsOf([1]),
        one.commit({ settings: { a: 2 } }),
        shared.servers(),
        shared.requests.waiting(),
        documents.segments(),
      ];
      for (const each of asked) expect(await rejectionOf(each)).to.equal('StoreNewerFormat');
    }
    sql('UPDATE store SET format = format - 1');
    await isSo(follower.shared.role, (now) => now.newer === undefined);
    expect(await follower.database.setting('a')).to.equal(1);
  });

  it('is written by no engine of the version before, also where its lease was not ended', async () => {
    const [owner, follower] = [await open('owner'), await open('follower')];
    await owner.database.commit({ settings: { a: 1 } });
    sql(`UPDATE store SET format = format + 1`);
    const [refused, shared] = [
      rejectionOf(owner.database.commit({ settings: { a: 2 } })),
      rejectionOf(follower.database.commit({ linkReports: [] })),
    ];
    expect([await refused, await shared]).to.deep.equal(['StoreNewerFormat', 'StoreNewerFormat']);
    expect(sql("SELECT value FROM setting WHERE name = 'a'")).to.equal('1');
    await isSo(owner.shared.role, (now) => now.newer !== undefined && now.role === 'Follower');
    const [expires] = [sql('SELECT expires FROM lease')];
    await isSo(follower.shared.role, (now) => now.newer !== undefined);
    expect(sql('SELECT expires FROM lease'), 'nobody renews it').to.equal(expires);
  });

  it('names the servers that work with an earlier version', async () => {
    const lines: string[] = [];
    await open('old');
    sql('DROP TABLE past_lease; UPDATE store SET own_format = own_format - 1');
    await openTestStore(database(), cleanup, { server: 'new', log: (line) => lines.push(line) });
    expect(lines.join()).to.match(
      /^WARNING: .*serve nothing until this version is installed there: old\.contoso\.com \(1\.0\.0\)/,
    );
  });

  it('is told by a running engine to sessions and in its logs', async () => {
    const site = await RealSite.make({ database: 'postgres', address: database().address });
    cleanup.add(async () => site.remove());
    const child = await site.serve(['--port', '0', '--allow-http']);
    const warned = said(child, 'answers and serves nothing');
    sql(`${NEWER} ${FREE}`);
    expect(await warned).to.contain('A newer version wrote the site database');
    for (const words of [['status'], ['site', 'servers'], ['sync']]) {
      const { code, err } = await site.cli(words);
      expect([code, err.split(':')[0]], words.join(' ')).to.deep.equal([1, 'StoreNewerFormat']);
    }
    const health = await site.cli(['health']);
    expect(`${health.out}${health.err}`).to.contain('A newer version wrote the site database');
    await site.says('answers and serves nothing');
    expect(site.syncLog.join('\n')).to.not.contain('could not be followed');
  });
});
