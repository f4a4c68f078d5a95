import { expect } from 'chai';
import fs from 'node:fs';
import { join } from 'node:path';
import { SyncError } from '../../server/errors/SyncError.js';
import { type FileCalls, realFiles } from '../../server/platform/files/FileCalls.js';
import { type FolderFiles, folderFiles } from '../../server/platform/files/folderFiles.js';
import { isSameVolume, type PlaceCalls, realPlaces } from '../../server/platform/files/windowsPlace.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';

const said = (work: () => unknown): string => {
  try {
    return String(work());
  } catch (caught) {
    return caught instanceof SyncError ? String(caught.data['reason']) : String(caught);
  }
};
const LINK = 'it is a link that points elsewhere';

/** The branch of Windows on the files of this machine; what Windows would say is put in. */
describe('platform: where names lead on Windows', function () {
  if (process.platform === 'win32') return;
  let site: string;
  let outside: string;
  let logs: string;
  // Before the folder goes.
  afterEach(() => expect(fs.readFileSync(join(outside, 'engine.log'), 'utf8')).to.equal(`in ${outside}`));
  const home = temporaryFolder();
  beforeEach(() => {
    [site, outside] = [join(home(), 'site'), join(home(), 'outside')];
    logs = join(site, 'Logs');
    for (const folder of [site, logs, outside]) fs.mkdirSync(folder);
    for (const folder of [logs, outside]) fs.writeFileSync(join(folder, 'engine.log'), `in ${folder}`);
  });

  const filesWith = (calls: Partial<FileCalls> = {}, places: Partial<PlaceCalls> = {}): FolderFiles =>
    folderFiles(site, {
      platform: 'win32',
      // Not the owner: the folder is used with care.
      userId: 12_345,
      calls: { ...realFiles, ...calls },
      places: { ...realPlaces, ...places },
    });
  const away = (): void => {
    fs.renameSync(logs, join(site, 'away'));
    fs.symlinkSync(outside, logs);
  };
  const back = (): void => {
    fs.unlinkSync(logs);
    fs.renameSync(join(site, 'away'), logs);
  };
  /** As a junction to a volume is: Node.js says that it is a folder. */
  const takenForFolder: FileCalls['lstatSync'] = (path) => (path === logs ? fs.statSync(path) : fs.lstatSync(path));

  it('a junction that Node.js takes for a folder is refused, and nothing behind it is read, made or removed', () => {
    away();
    const files = filesWith({ lstatSync: takenForFolder });
    const file = join(logs, 'engine.log');
    for (const way of [
      () => files.readFileSync(file),
      () => files.openSync(file, 'w'),
      () => files.openSync(join(logs, 'new'), 'wx'),
      () => files.mkdirSync(join(logs, 'new')),
      () => files.rmSync(file),
      () => files.renameSync(file, join(site, 'taken')),
      () => files.rmSync(logs, { recursive: true, force: true }),
    ])
      expect(said(way), String(way)).to.equal(LINK);
    expect(fs.readdirSync(outside)).to.deep.equal(['engine.log']);
  });

  it('so is a volume that is mounted there, which may have no other path', () => {
    const other = { ...filesWithNumbers(logs), dev: 77n };
    const files = filesWith({}, { numbersOf: (path) => (path === logs ? other : realPlaces.numbersOf(path)) });
    expect(said(() => files.readFileSync(join(logs, 'engine.log')))).to.equal(LINK);
    expect(said(() => files.rmSync(logs, { recursive: true }))).to.equal(LINK);
    expect(fs.readdirSync(logs)).to.deep.equal(['engine.log']);
  });

  const filesWithNumbers = (path: string): ReturnType<PlaceCalls['numbersOf']> => {
    const { dev, ino, nlink } = realPlaces.numbersOf(path);
    return { dev, ino, nlink };
  };

  /** The folder is a link for the moment of so many opens, and looks as before right after each. */
  const flashing = (times: number): FileCalls['openSync'] => {
    let left = times;
    return (path, flags, mode) => {
      if ((left -= 1) < 0) return fs.openSync(path, flags, mode);
      away();
      try {
        return fs.openSync(path, flags, mode);
      } finally {
        back();
      }
    };
  };

  it('a link that is there for the moment of opening gains nothing, and is no reason to fail once', () => {
    const file = join(logs, 'engine.log');
    expect(said(() => filesWith({ openSync: flashing(1) }).readFileSync(file))).to.equal(`in ${logs}`);
    expect(said(() => filesWith({ openSync: flashing(99) }).readFileSync(file))).to.contain('other programs keep');
    for (const flags of ['w', 'r+', 'a'] as const)
      expect(
        said(() => filesWith({ openSync: flashing(99) }).openSync(file, flags)),
        flags,
      ).to.contain('other programs keep');
  });

  it('a file that gets a second name between the look and the use is not used', async () => {
    const file = join(logs, 'engine.log');
    const fstatSync = ((descriptor: number) => {
      const found = fs.fstatSync(descriptor);
      if (!fs.existsSync(join(outside, 'second'))) fs.linkSync(file, join(outside, 'second'));
      return found;
    }) as FileCalls['fstatSync'];
    for (const way of [
      () => filesWith({ fstatSync }).readFileSync(file),
      () => filesWith({ fstatSync }).openSync(file, 'w'),
    ]) {
      expect(said(way)).to.equal('the file has a second hard link elsewhere');
      fs.rmSync(join(outside, 'second'));
    }
    expect(fs.readFileSync(file, 'utf8')).to.equal(`in ${logs}`);
    const handle = await filesWith().openHandle(file, 'r+');
    expect(await handle.readFile('utf8')).to.equal(`in ${logs}`);
    await handle.close();
  });

  it('a file that is replaced while it is opened is the new one', () => {
    const file = join(site, 'engine.json');
    fs.writeFileSync(file, 'old');
    let isReplaced = false;
    const openSync: FileCalls['openSync'] = (path, flags, mode) => {
      const descriptor = fs.openSync(path, flags, mode);
      if (!isReplaced) {
        isReplaced = true;
        fs.writeFileSync(`${file}.tmp`, 'new');
        fs.renameSync(`${file}.tmp`, file);
      }
      return descriptor;
    };
    expect(said(() => filesWith({ openSync }).readFileSync(file))).to.equal('new');
  });

  it('versions of Node.js give the number of a volume otherwise', () => {
    expect([isSameVolume(0x1_0000_0007n, 7n), isSameVolume(0n, 7n), isSameVolume(8n, 7n)]).to.deep.equal([
      true,
      true,
      false,
    ]);
  });
});
