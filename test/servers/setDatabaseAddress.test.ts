import fs from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import type { VerbEnd } from '../cli/runVerb.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { ended, RealSite } from '../process/RealSite.js';
import { testDatabase } from '../store/postgres/postgresSuite.js';
import { Cleanup } from '../upstream/harness.js';

const USER = 'cmrotated';

describe('The address of the database of a site', function () {
  const cleanup = new Cleanup();
  const folder = temporaryFolder();
  afterEach(async () => cleanup.run());
  const database = testDatabase();

  /** From now on the owner of the database has this password. */
  const rotated = (password: string): string => {
    const { server, name } = database();
    server.sql(`DO $$ BEGIN IF to_regrole('${USER}') IS NULL THEN CREATE ROLE ${USER}; END IF; END $$`);
    server.sql(`ALTER ROLE ${USER} LOGIN PASSWORD '${password}'; ALTER DATABASE ${name} OWNER TO ${USER}`);
    return server.overNetwork(name, { user: USER, password });
  };
  const made = async (): Promise<RealSite> => {
    const site = await RealSite.make({ database: 'postgres', address: rotated('first-pw') });
    cleanup.add(async () => site.remove());
    return site;
  };
  const set = async (site: RealSite, address: string, ...more: string[]): Promise<VerbEnd> => {
    const file = path.join(folder(), 'address.txt');
    fs.writeFileSync(file, address);
    return site.cli(['site', 'database-address', '--site-path', site.path, '--database-address-file', file, ...more]);
  };
  const works = async (site: RealSite): Promise<boolean> =>
    (await site.cli(['status', '--site-path', site.path])).code === 0;

  it('is changed after its password was, also while an engine runs, and the site goes on', async () => {
    const site = await made();
    expect(await works(site)).to.equal(true);
    const address = rotated('second-pw');
    const { server, name } = database();
    server.sql(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`);
    const tried = await set(site, address, '--what-if');
    expect([tried.code, tried.err]).to.deep.equal([0, '']);
    const before = fs.readFileSync(path.join(site.path, 'secrets.json'), 'utf8');
    expect(before).to.contain('first-pw').and.not.to.contain('second-pw');
    const { code, out, err } = await set(site, address);
    expect([code, err]).to.deep.equal([0, '']);
    expect(out)
      .to.match(/^Site ABC uses .*127\.0\.0\.1/)
      .and.not.to.contain('-pw');
    expect(await works(site)).to.equal(true);
  });

  it('is not changed to one that does not lead to this site', async () => {
    const site = await made();
    const { server, name } = database();
    const refused = async (address: string): Promise<string> => {
      const { code, err } = await set(site, address);
      expect(code).not.to.equal(0);
      expect(err).not.to.contain('-pw');
      return /^(\w+):/.exec(err)?.[1] ?? err;
    };
    expect(await refused(server.overNetwork(name, { user: USER, password: 'wrong-pw' }))).to.equal(
      'DatabaseLoginRefused',
    );
    expect(await refused(server.overNetwork('postgres', { user: USER, password: 'first-pw' }))).to.equal(
      'DatabaseHoldsNoSite',
    );
    server.sql("UPDATE configmgrsync.store SET site = 'another'", name);
    expect(await refused(rotated('first-pw'))).to.equal('DatabaseOfOtherSite');
    server.sql(`UPDATE configmgrsync.store SET site = '${site.site.siteGuid}'`, name);
    expect(await works(site)).to.equal(true);
    const embedded = await RealSite.make({ siteCode: 'DEF' });
    cleanup.add(async () => embedded.remove());
    expect((await set(embedded, rotated('first-pw'))).err).to.contain('is not in PostgreSQL');
  });

  it('is told to be used by a service only when that starts again', async () => {
    const site = await made();
    const serve = await site.serve(['--port', '0']);
    const { code, err } = await set(site, rotated('second-pw'));
    expect([code, err]).to.satisfy(
      ([end, said]: [number, string]) => end === 0 && /uses the old one until it is restarted/.test(said),
    );
    await ended(serve, 'SIGTERM');
    expect(await works(site)).to.equal(true);
  });
});
