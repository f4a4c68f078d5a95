import fs from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import type { Site } from '../../../server/contract/generated/types.js';
import { endEngine } from '../../../server/relay/runningEngine.js';
import { type SampleUpstream, startSampleUpstream } from '../../bench/SampleUpstream.js';
import { runVerb } from '../../cli/runVerb.js';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';
import { Cleanup } from '../../upstream/harness.js';
import { RealSite } from '../../process/RealSite.js';
import { synchronize, synchronizeFrom } from './synchronizeFrom.js';
import { testDatabase } from './postgresSuite.js';

const ROLE = { user: 'cmsite', password: 'p@ss:w/rd' };

describe('A site whose database is in PostgreSQL', function () {
  const cleanup = new Cleanup();
  const folder = temporaryFolder();
  // Before the database is taken from under its engine.
  afterEach(async () => cleanup.run());
  const database = testDatabase();
  let upstream: SampleUpstream;
  before(async () => {
    upstream = await startSampleUpstream(['--updates', '40', '--seed', '3', '--all-current']);
  });
  after(async () => upstream.stop());

  /** Its user owns the database, and is asked for a password. */
  const addressOfOwner = (): string => {
    const { server, name } = database();
    server.sql(`DROP ROLE IF EXISTS ${ROLE.user}; CREATE ROLE ${ROLE.user} LOGIN PASSWORD '${ROLE.password}'`);
    server.sql(`ALTER DATABASE ${name} OWNER TO ${ROLE.user}`);
    return server.overNetwork(name, ROLE);
  };
  const made = async (address: string): Promise<RealSite> => {
    const site = await RealSite.make({ database: 'postgres', address });
    cleanup.add(async () => site.remove());
    return site;
  };
  const newSite = async (
    siteCode: string,
    { env = {}, args = [], input = '' }: { env?: NodeJS.ProcessEnv; args?: readonly string[]; input?: string },
  ): ReturnType<typeof runVerb> =>
    runVerb(
      ['site', 'new', '--site-code', siteCode, '--database', 'postgres', ...args],
      { CONFIGMGRSYNC_HOME: folder(), CONFIGMGRSYNC_DATABASE_URL: '', ...env },
      input,
    );
  const listed = async (site: RealSite): Promise<number> =>
    (await site.client().request('update/list', {})).updates.length;

  it('synchronizes, lists, serves, and goes on after its engine ended or was killed', async () => {
    const site = await made(addressOfOwner());
    expect(site.site.database).to.equal('postgres');
    expect((await synchronizeFrom(site, upstream.url)).State).to.equal('Succeeded');
    const updates = await listed(site);
    expect(updates).to.be.greaterThan(20);
    await endEngine(site.site, { ...site.deps, endSeconds: 30 });
    expect(await listed(site)).to.equal(updates);
    await site.kill();
    expect((await synchronize(site)).Counts.DocumentsFetched).to.equal(0);
    expect(await listed(site)).to.equal(updates);
    await endEngine(site.site, { ...site.deps, endSeconds: 30 });
    await site.serve(['--port', '0']);
    const below = await RealSite.make({ siteCode: 'DEF' });
    cleanup.add(async () => below.remove());
    expect((await synchronizeFrom(below, site.heartbeat.address)).State).to.equal('Succeeded');
    expect(await listed(below)).to.equal(updates);
    const status = await site.json<{ LastSyncState: number }[]>('status');
    expect(status).to.have.length(1);
    expect((await site.client().request('site/get', {})).Database).to.equal('Postgres');
    const sites = await site.json<Site[]>('site', 'list');
    expect(sites.map(({ Database }) => Database)).to.deep.equal(['Postgres']);
    // Database and documents are in PostgreSQL alone, and its password is in no file but one.
    expect(fs.readdirSync(path.join(site.path, 'documents'))).to.deep.equal([]);
    expect(fs.readdirSync(path.join(site.path, 'database'))).to.deep.equal(['engine.4', 'witness']);
    const holders = fs
      .readdirSync(site.path, { recursive: true, encoding: 'utf8', withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => path.join(parentPath, name))
      .filter((file) => /p@ss|p%40ss/.test(fs.readFileSync(file, 'latin1')));
    expect(holders).to.deep.equal([path.join(site.path, 'secrets.json')]);
  });

  it('takes its address from a file or from standard input', async () => {
    const address = addressOfOwner();
    const file = path.join(folder(), 'address.txt');
    fs.writeFileSync(file, `\ufeff${address}\r\n`);
    const first = await newSite('AAA', { args: ['--database-address-file', file] });
    expect([first.code, first.err]).to.deep.equal([0, '']);
    const second = await newSite('BBB', { args: ['--database-address-file', '-'], input: address });
    expect(second.err).to.contain('DatabaseOfOtherSite');
    const none = await newSite('CCC', {});
    expect([none.code, none.err]).to.satisfy(
      ([code, err]: [number, string]) => code === 2 && /DatabaseAddressInvalid.*CONFIGMGRSYNC_DATABASE_URL/.test(err),
    );
    const missing = await newSite('CCC', { args: ['--database-address-file', path.join(folder(), 'none')] });
    expect(missing.err).to.match(/DatabaseAddressInvalid: .*none cannot be read/);
    expect(fs.readdirSync(folder()).sort()).to.deep.equal(['AAA', 'address.txt']);
    for (const { err } of [second, none, missing]) expect(err).not.to.match(/p@ss|p%40ss/);
  });

  it('is not made where the database does not suit, and no folder remains', async () => {
    const { server, name } = database();
    const address = addressOfOwner();
    const refused = async (env: string): Promise<string> => {
      const { code, err } = await newSite('AAA', { env: { CONFIGMGRSYNC_DATABASE_URL: env } });
      expect(code).not.to.equal(0);
      expect(err).not.to.match(/p@ss|p%40ss/);
      return /^(\w+):/.exec(err)?.[1] ?? err;
    };
    expect(await refused(address.replace(/p%40ss[^@]*/, 'wrong'))).to.equal('DatabaseLoginRefused');
    expect(await refused(address.replace(`/${name}`, '/nowhere'))).to.equal('DatabaseMissing');
    expect(await refused(address.replace(`:${server.port}`, ':1'))).to.equal('DatabaseUnreachable');
    server.sql(`ALTER DATABASE ${name} OWNER TO postgres`);
    expect(await refused(address)).to.equal('DatabaseRightsMissing');
    expect(fs.readdirSync(folder())).to.deep.equal([]);
    // A schema that an administrator made for the user is enough.
    server.sql(`CREATE SCHEMA configmgrsync AUTHORIZATION ${ROLE.user}`, name);
    const { code, err } = await newSite('AAA', { env: { CONFIGMGRSYNC_DATABASE_URL: address } });
    expect([code, err]).to.deep.equal([0, '']);
  });

  it('gives the database back where it could not be made after all', async () => {
    const address = addressOfOwner();
    const env = { CONFIGMGRSYNC_DATABASE_URL: address };
    const failed = await newSite('AAA', { env, args: ['--upstream', 'http://user:pw@127.0.0.1:8530'] });
    expect(failed.err).to.contain('UpstreamUrlInvalid').and.not.to.contain('stay');
    expect(fs.readdirSync(folder())).to.deep.equal([]);
    const { code, err } = await newSite('BBB', { env });
    expect([code, err]).to.deep.equal([0, '']);
  });
});
