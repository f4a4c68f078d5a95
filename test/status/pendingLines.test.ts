import { expect } from 'chai';
import fs from 'node:fs';
import path from 'node:path';
import { plainFiles } from '../../server/platform/files/folderFiles.js';
import { PendingLines } from '../../server/status/PendingLines.js';
import { openWsyncmgrLog } from '../../server/status/WsyncmgrLog.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';

const TIME = new Date(Date.UTC(2014, 0, 16, 18, 53, 52, 608));

function throwHeld(): never {
  throw Object.assign(new Error('EBUSY'), { code: 'EBUSY' });
}

describe('lines that wait beside wsyncmgr.log', () => {
  const folder = temporaryFolder();
  const read = (name: string): string[] => fs.readFileSync(path.join(folder(), name), 'utf8').split('\r\n');

  it('are no more than an engine lets wait, read in pieces, also where somebody put them there', () => {
    const planted = path.join(folder(), 'wsyncmgr.pending');
    const limit = 8 * 400_000;
    fs.writeFileSync(planted, 'x'.repeat(limit + 5000));
    const pieces: number[] = [];
    const files = {
      ...plainFiles,
      readFileSync: (file: string): Buffer => expect.fail(`${file} is read whole`),
      readSync: (...asked: Parameters<typeof fs.readSync>) => {
        pieces.push(fs.readSync(...asked));
        return pieces.at(-1) ?? 0;
      },
    } as typeof plainFiles;
    const log = openWsyncmgrLog({ files, folder: folder(), now: () => TIME, thread: 1, rollOver: 400_000 });
    log.write('mine');
    log.flush();
    const [waited, remark, own] = read('wsyncmgr.log');
    expect([waited?.length, Math.max(...pieces)]).to.deep.equal([limit, 1024 * 1024]);
    expect(remark).to.match(/^WARNING: 5000 bytes of .*wsyncmgr\.pending are left out/);
    expect([own?.split('~')[0], fs.existsSync(planted)]).to.deep.equal(['mine', false]);
  });

  it('are all there where somebody took the file away that was moved already, and others wait since', () => {
    const file = path.join(folder(), 'wsyncmgr.pending');
    const files = { ...plainFiles, rmSync: () => throwHeld() } as typeof plainFiles;
    const pending = new PendingLines({ file, files, limit: 1000, platform: 'win32' });
    const moved: string[] = [];
    const move = (): unknown => pending.moveTo((piece) => moved.push(String(piece)));
    pending.add('a long line\r\n');
    move();
    fs.rmSync(file);
    pending.add('short\r\n');
    move();
    fs.writeFileSync(file, 'new\r\n');
    move();
    expect(moved).to.deep.equal(['a long line\r\n', 'short\r\n', 'new\r\n']);
  });

  const PLANTED: readonly [string, (file: string) => void, RegExp][] = [
    ['a folder', (file) => fs.mkdirSync(file), /it is not a file/],
    ['a link', (file) => fs.symlinkSync('/etc/passwd', file), /it is not a file/],
    [
      'a file with a second name',
      (file) => {
        fs.writeFileSync(`${file}.other`, 'secret\r\n');
        fs.linkSync(`${file}.other`, file);
      },
      /second hard link/,
    ],
  ];
  for (const [what, plant, reason] of PLANTED)
    it(`loses no line for ${what} in their place, reads it not and writes nothing there`, async () => {
      const planted = path.join(folder(), 'wsyncmgr.pending');
      plant(planted);
      const before = fs.lstatSync(planted);
      const held = new Set<string>();
      const files = {
        ...plainFiles,
        openSync: (file: string, flags: 'a', mode?: number) => {
          if (held.has(path.basename(file))) throwHeld();
          return plainFiles.openSync(file, flags, mode);
        },
      };
      const told: string[] = [];
      const log = openWsyncmgrLog({
        files,
        folder: folder(),
        now: () => TIME,
        thread: 1,
        rollOver: 1000,
        platform: 'win32',
        pause: async () => Promise.resolve(),
        onFailure: (text) => told.push(text),
      });
      log.write('one');
      log.flush();
      const [remark, own] = read('wsyncmgr.log');
      expect([reason.test(remark ?? ''), own?.split('~')[0]]).to.deep.equal([true, 'one']);
      held.add('wsyncmgr.log');
      log.write('two');
      await log.close();
      expect(told.at(-1)).to.match(/^Not in it: two/);
      expect([fs.lstatSync(planted).ino, fs.lstatSync(planted).size]).to.deep.equal([before.ino, before.size]);
    });
});
