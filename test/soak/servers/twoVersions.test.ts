import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import type { SoftwareUpdate, SyncServer } from '../../../server/contract/generated/types.js';
import { removeHome } from '../../fixtures/removeHome.js';
import { repetitions } from '../../fixtures/repetitions.js';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';
import { skipSuite } from '../../powershell/skipSuite.js';
import { GatedUpstream } from '../../process/GatedUpstream.js';
import { ended, main, said } from '../../process/RealSite.js';
import { endOfVerb } from '../../process/Session.js';
import { testDatabase } from '../../store/postgres/postgresSuite.js';
import { Cleanup } from '../../upstream/harness.js';
import { olderVersion } from './OlderVersion.js';

/** The last version whose database has format 8. */
const OLDER = '07a47573';
const UPDATES = 200;

// It builds a whole version first: only in the soak.
if (repetitions(0, 1) === 1)
  describe('A rolling update between two real versions', function () {
    this.timeout(600_000);
    const cleanup = new Cleanup();
    const folder = temporaryFolder();
    // Before the database is taken from under its engines.
    afterEach(async () => cleanup.run());
    const database = testDatabase();
    let older = '';
    before(function () {
      const found = olderVersion(OLDER);
      if (found === undefined) skipSuite(this, `The history of ${OLDER} is not there: git fetch --unshallow.`);
      else older = found;
    });

    const environment = (name: string): NodeJS.ProcessEnv => ({
      ...process.env,
      CONFIGMGRSYNC_HOME: path.join(folder(), name),
      CONFIGMGRSYNC_SITE: '',
      CONFIGMGRSYNC_DATABASE_URL: database().address,
    });
    const start = (program: string, name: string, args: readonly string[]): ChildProcess =>
      spawn(process.execPath, [program, ...args], { env: environment(name), stdio: ['ignore', 'pipe', 'pipe'] });
    const verb = async (program: string, name: string, ...args: string[]): Promise<string> => {
      const { code, out, err } = await endOfVerb(start(program, name, args));
      if (code !== 0) throw new TypeError(`${args.join(' ')} ended with ${code}: ${err}`);
      return out;
    };
    const serve = async (program: string, name: string): Promise<ChildProcess> => {
      const child = start(program, name, ['serve', '--port', '0']);
      cleanup.add(async () => void (await ended(child, 'SIGKILL')));
      await said(child, 'as a service');
      return child;
    };
    const updates = async (program: string, name: string): Promise<readonly string[]> => {
      const found = JSON.parse(await verb(program, name, 'updates', '--json')) as SoftwareUpdate[];
      return found.map(({ CI_UniqueID, LocalizedDisplayName }) => `${CI_UniqueID} ${LocalizedDisplayName}`).sort();
    };

    it('loses nothing: the newer one works beside the older one, or shuts it out by name', async () => {
      const homes = ['one', 'two'].map((name) => path.join(folder(), name));
      for (const home of homes) fs.mkdirSync(home);
      cleanup.add(async () => {
        for (const home of homes) removeHome(home);
        return Promise.resolve();
      });
      const upstream = await GatedUpstream.start(UPDATES);
      cleanup.add(async () => upstream.close());
      await verb(older, 'one', 'site', 'new', '--site-code', 'ABC', '--database', 'postgres');
      const first = await serve(older, 'one');
      await verb(older, 'one', 'config', 'set', '--upstream', upstream.url, '--all-products', '--all-classifications');
      await verb(older, 'one', 'sync');
      const before = await updates(older, 'one');
      expect(before.length).to.be.above(20);
      const key = path.join(folder(), 'key.txt');
      await verb(older, 'one', 'site', 'database-key', '--out', key);
      await verb(older, 'two', 'site', 'attach', '--database-key-file', key, '--server-name', 'cm02.test');

      await serve(main, 'two');
      expect(await updates(main, 'two')).to.deep.equal(before);
      const roles = JSON.parse(await verb(main, 'two', 'site', 'servers', '--json')) as SyncServer[];
      const owner = roles.find(({ Role }) => Role === 'Owner');
      await verb(main, 'two', 'config', 'set', '--full-sync-interval-days', '9');
      await verb(main, 'two', 'sync');
      // What the older one still answers is what was there, or by name that it is shut out.
      const answered = await endOfVerb(start(older, 'one', ['config', 'get', '--json']));
      if (answered.code === 0) expect(answered.out).to.match(/"FullSyncIntervalDays": ?9/);
      else expect(answered.err).to.match(/^(StoreNewerFormat|EngineTooOld|ServerNotOwner)/m);
      await ended(first, 'SIGTERM');
      const restarted = await endOfVerb(start(older, 'one', ['config', 'get', '--json']));
      const isNewer = owner?.ServerName === 'cm02.test';
      expect(restarted.code === 0 || restarted.err.includes('A newer version wrote'), restarted.err).to.equal(true);
      expect(restarted.code === 0).to.equal(!isNewer);

      await serve(main, 'one');
      for (const name of ['one', 'two']) expect(await updates(main, name)).to.deep.equal(before);
      expect(await verb(main, 'one', 'config', 'get', '--json')).to.match(/"FullSyncIntervalDays": ?9/);
    });
  });
