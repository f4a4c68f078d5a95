import { expect } from 'chai';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SyncError } from '../../../server/errors/SyncError.js';
import { folderFiles } from '../../../server/platform/files/folderFiles.js';
import type { FolderFiles } from '../../../server/platform/files/folderFiles.js';
import { giveTree } from '../../../server/platform/files/giveTree.js';
import { sharedMode } from '../../../server/platform/files/makeFolder.js';
import { replaceFile } from '../../../server/platform/replaceFile.js';
import { openWsyncmgrLog } from '../../../server/status/WsyncmgrLog.js';
import { repetitions } from '../../fixtures/repetitions.js';

/** Numbers of users and groups; no account is created. */
const OWNER = 41_001;
const OPERATOR = 41_002;
const GROUP = 41_900;

/** What an operator does all the time: links and exchanged folders at the places where root and the owner write. */
const ATTACK = `
const fs = require('fs');
const [site, outside] = process.argv.slice(1);
process.setgroups([${GROUP}]); process.setgid(${OPERATOR}); process.setuid(${OPERATOR});
const at = (name) => site + '/' + name;
const victim = outside + '/victim';
const attempt = (work) => { try { work(); return true; } catch { return false; } };
// A descriptor that was opened in time outlives every change of the folder above.
const held = '/proc/self/fd/' + fs.openSync(at('Logs'), 'r');
let rounds = 0;
process.stdout.write('ready\\n');
setInterval(() => {
  for (let n = 0; n < 20; n += 1) {
    rounds += 1;
    for (const place of [...['engine.log', 'wsyncmgr.pending', 'wsyncmgr.log'].map((name) => at('Logs/' + name)),
      held + '/engine.log', at('heartbeat.json'), held + '/new.log']) {
      attempt(() => fs.rmSync(place, { force: true }));
      attempt(() => (rounds % 2 === 0 ? fs.symlinkSync(victim, place) : fs.linkSync(victim, place)));
      if (rounds % 3 === 0) attempt(() => fs.unlinkSync(place));
    }
    if (attempt(() => fs.renameSync(at('documents'), at('away')))) {
      attempt(() => fs.symlinkSync(outside, at('documents')));
      attempt(() => fs.unlinkSync(at('documents')));
      attempt(() => fs.renameSync(at('away'), at('documents')));
    }
  }
}, 0);
`;

const possible = process.platform === 'linux' && process.getuid?.() === 0;

/** Where it is not root it cannot be two accounts: the summary says so. */
(possible ? describe : describe.skip)('neighbour: links and exchanges while root works (needs root)', function () {
  let home: string;
  let site: string;
  let outside: string;
  let attacker: ChildProcess;

  beforeEach(async () => {
    home = fs.mkdtempSync(join(tmpdir(), 'cms-race-'));
    fs.chmodSync(home, 0o755);
    [site, outside] = [join(home, 'site'), join(home, 'outside')];
    fs.mkdirSync(outside);
    fs.writeFileSync(join(outside, 'victim'), 'untouched', { mode: 0o644 });
    for (const folder of [site, join(site, 'Logs'), join(site, 'documents')]) {
      fs.mkdirSync(folder);
      fs.chownSync(folder, OWNER, GROUP);
      fs.chmodSync(folder, 0o2770);
    }
    for (let n = 0; n < 20; n += 1) fs.writeFileSync(join(site, 'documents', `${n}.seg`), 'x', { mode: 0o660 });
    attacker = spawn(process.execPath, ['-e', ATTACK, site, outside], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(attacker.stdout!, 'data');
  });
  afterEach(async () => {
    const ended = once(attacker, 'exit');
    attacker.kill('SIGKILL');
    await ended;
    fs.rmSync(home, { recursive: true, force: true });
  });

  /** Nothing outside was made, written to, given away or made readable. */
  const untouched = (): unknown => {
    const found = fs.statSync(join(outside, 'victim'));
    const text = fs.readFileSync(join(outside, 'victim'), 'utf8');
    return [fs.readdirSync(outside), text, found.uid, found.gid, found.mode & 0o777];
  };
  const before = [['victim'], 'untouched', 0, 0, 0o644];

  /** What an operator puts in the way is refused by name, or was gone in time. */
  const tolerated = (caught: unknown): void => {
    const isRefusal = caught instanceof SyncError && caught.errorId.startsWith('SiteFolder');
    const code = caught instanceof Error && 'code' in caught ? String(caught.code) : '';
    if (!isRefusal && !['ENOENT', 'EEXIST', 'ENOTDIR', 'ELOOP', 'EMLINK'].includes(code)) throw caught;
  };

  /** What the log of the site was given: lines, and what stood in the place of those that wait. */
  const logged = async (files: FolderFiles): Promise<string> => {
    const given: string[] = [];
    const writeSync = ((descriptor: number, text: string) => {
      given.push(text);
      return files.writeSync(descriptor, text);
    }) as FolderFiles['writeSync'];
    const log = openWsyncmgrLog({
      folder: join(site, 'Logs'),
      files: { ...files, writeSync },
      now: () => new Date(),
      thread: 1,
    });
    log.write('a line');
    await log.close();
    return given.join('');
  };

  const operations: readonly [string, (files: FolderFiles, round: number) => Promise<void> | void][] = [
    [
      'appending to a log',
      (files) => {
        const descriptor = files.openSync(join(site, 'Logs', 'engine.log'), 'a', 0o660);
        files.writeSync(descriptor, 'a line\n');
        files.closeSync(descriptor);
      },
    ],
    [
      'writing the log, with lines that wait beside it',
      async (files) => expect(await logged(files)).to.not.match(/untouched/),
    ],
    ['overwriting a file', (files) => files.closeSync(files.openSync(join(site, 'Logs', 'engine.log'), 'w', 0o660))],
    [
      'replacing the heartbeat',
      async (files) => replaceFile(join(site, 'heartbeat.json'), '{}', { files, mode: 0o660, sync: false }),
    ],
    [
      'making a file in a folder',
      (files, round) => files.closeSync(files.openSync(join(site, 'documents', `new.${round}`), 'wx', 0o660)),
    ],
    ['removing a file', (files, round) => files.rmSync(join(site, 'documents', `${round % 20}.seg`), { force: true })],
    [
      'removing a tree',
      (files, round) => {
        files.mkdirSync(join(site, 'documents', `tree.${round}`), { mode: 0o770 });
        files.rmSync(join(site, 'documents', `tree.${round}`), { recursive: true, force: true });
      },
    ],
    ['giving the folder', () => giveTree(site, { userId: OWNER, groupId: GROUP, modeOf: sharedMode })],
  ];

  for (const [name, operation] of operations)
    it(`writes nothing outside: ${name}`, async () => {
      let done = 0;
      for (let round = 0; round < repetitions(40, 1000); round += 1) {
        try {
          await operation(folderFiles(site), round);
          done += 1;
        } catch (caught) {
          tolerated(caught);
        }
        // The other process gets its turn between two rounds.
        if (round % 10 === 0) await new Promise((resolve) => setImmediate(resolve));
      }
      expect(untouched()).to.deep.equal(before);
      // While a link lies there the folder is not given at all.
      if (name !== 'giving the folder') expect(done, 'rounds that were done').to.be.greaterThan(0);
    });
});
