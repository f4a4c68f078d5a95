import { expect } from 'chai';
import type { SiteRole, Standing } from '../../server/store/SiteRole.js';
import { rejectionOf } from '../fixtures/rejection.js';
import { openTestStore } from '../store/postgres/openTestStore.js';
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
  const becomes = async (role: SiteRole, wanted: Standing['role']): Promise<Standing> => {
    if (role.standing.role === wanted) return role.standing;
    return new Promise((resolve) =>
      role.onChange((now) => {
        if (now.role === wanted) resolve(now);
      }),
    );
  };

  it('shuts an engine out whose tables a newer version has changed, and it follows', async () => {
    const old = await open('old');
    await old.database.commit({ settings: { a: 1 } });
    sql(`UPDATE store SET own_format = own_format + 1, epoch = epoch + 1; UPDATE lease SET engine = '', expires = 0`);
    const refused = rejectionOf(old.database.commit({ settings: { a: 2 } }));
    await becomes(old.shared.role, 'Follower');
    expect(await refused).to.equal('ServerNotOwner');
    expect(await old.database.setting('a')).to.equal(1);
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
});
