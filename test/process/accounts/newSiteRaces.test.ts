import { expect } from 'chai';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SyncError } from '../../../server/errors/SyncError.js';
import { realSiteEnvironment } from '../../../server/site/SiteFolder.js';
import { createSite } from '../../../server/site/createSite.js';
import { repetitions } from '../../fixtures/repetitions.js';

const STRANGER = 41_003;
const OWNER = 41_001;

/** What a stranger does in his own folder all the time: the way to a new site and the unfinished site become links. */
const ATTACK = `
const fs = require('fs');
const [place, outside] = process.argv.slice(1);
process.setgroups([]); process.setgid(${STRANGER}); process.setuid(${STRANGER});
const attempt = (work) => { try { work(); return true; } catch { return false; } };
const lead = (name, to) => {
  if (!attempt(() => fs.renameSync(place + name, place + '/away'))) return;
  attempt(() => fs.symlinkSync(to, place + name));
  attempt(() => fs.unlinkSync(place + name));
  attempt(() => fs.renameSync(place + '/away', place + name));
};
process.stdout.write('ready\\n');
setInterval(() => {
  for (let n = 0; n < 20; n += 1) {
    lead('/inner', outside);
    let names = [];
    attempt(() => (names = fs.readdirSync(place + '/inner').filter((name) => name.endsWith('.tmp'))));
    for (const name of names) lead('/inner/' + name, n % 2 === 0 ? outside : outside + '/folder');
  }
}, 0);
`;

const possible = process.platform === 'linux' && process.getuid?.() === 0;

/** Where it is not root it cannot be two accounts: the summary says so. */
(possible ? describe : describe.skip)(
  'neighbour: root makes a site in the folder of a stranger (needs root)',
  function () {
    const environment = realSiteEnvironment();
    const home = fs.mkdtempSync(join(tmpdir(), 'cms-new-'));
    const [place, outside] = [join(home, 'stranger'), join(home, 'outside')];
    let attacker: ChildProcess | undefined;

    before(() => {
      fs.chmodSync(home, 0o755);
      for (const folder of [outside, join(outside, 'folder')]) fs.mkdirSync(folder);
      fs.writeFileSync(join(outside, 'victim'), 'untouched');
      for (const folder of [place, join(place, 'inner')]) {
        fs.mkdirSync(folder);
        fs.chownSync(folder, STRANGER, STRANGER);
      }
    });
    after(() => fs.rmSync(home, { recursive: true, force: true }));
    const endAttack = async (): Promise<void> => {
      if (attacker === undefined) return;
      const ended = once(attacker, 'exit');
      attacker.kill('SIGKILL');
      await ended;
      attacker = undefined;
    };
    afterEach(endAttack);

    const outsideNow = (): unknown =>
      ['', 'folder', 'victim'].map((name) => {
        const { uid, gid, mode, nlink } = fs.lstatSync(join(outside, name));
        return [name, uid, gid, mode & 0o7777, nlink];
      });

    const make = async (path: string, account?: string): Promise<unknown> =>
      createSite({ requestId: path, siteCode: 'ABC', path, account }, environment);

    /** What the stranger puts in the way is refused, or was gone in time. */
    const madeOrRefused = async (path: string, round: number): Promise<boolean> => {
      try {
        await make(path, round % 2 === 0 ? String(OWNER) : undefined);
        return true;
      } catch (caught) {
        // A name that the stranger has put back counts as a site that is there.
        const isRefused = caught instanceof SyncError && /^Site(?:Folder|Exists)/.test(caught.errorId);
        if (!isRefused) throw caught;
        return false;
      }
    };

    it('writes nothing outside while the way and the unfinished folder are exchanged for links', async () => {
      const before = outsideNow();
      attacker = spawn(process.execPath, ['-e', ATTACK, place, outside], { stdio: ['ignore', 'pipe', 'inherit'] });
      await once(attacker.stdout!, 'data');
      for (let round = 0; round < repetitions(16, 1000); round += 1) {
        const path = join(place, 'inner', 'deeper', String(round));
        await madeOrRefused(path, round);
      }
      expect([fs.readdirSync(outside), outsideNow()]).to.deep.equal([['folder', 'victim'], before]);
      await endAttack();
      expect(await madeOrRefused(join(place, 'undisturbed'), 0), 'a site that nobody disturbs is made').to.equal(true);
    });
  },
);
