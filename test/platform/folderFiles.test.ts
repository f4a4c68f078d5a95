import { expect } from 'chai';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { join } from 'node:path';
import { SyncError } from '../../server/errors/SyncError.js';
import { realFiles } from '../../server/platform/files/FileCalls.js';
import { type FolderFiles, folderFiles, type FolderFilesOptions } from '../../server/platform/files/folderFiles.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';

const refusalOf = (work: () => unknown): string => {
  try {
    work();
    return 'done';
  } catch (caught) {
    return caught instanceof SyncError ? `${caught.errorId}: ${String(caught.data['reason'])}` : String(caught);
  }
};
const IS_A_LINK = 'SiteFolderNotTrusted: it is a link that points elsewhere';

describe('platform: the files of a folder', function () {
  let site: string;
  let outside: string;
  afterEach(() => {
    if (process.platform !== 'win32')
      expect(fs.readFileSync(join(outside, 'victim'), 'utf8'), 'the file outside').to.equal('untouched');
  });
  const home = temporaryFolder();
  beforeEach(function () {
    if (process.platform === 'win32') this.skip();
    [site, outside] = [join(home(), 'site'), join(home(), 'outside')];
    for (const folder of [site, join(site, 'Logs'), outside]) fs.mkdirSync(folder);
    for (const folder of [site, join(site, 'Logs')]) fs.chmodSync(folder, 0o2770);
    fs.writeFileSync(join(outside, 'victim'), 'untouched', { mode: 0o600 });
  });

  const filesOf = (options: FolderFilesOptions = {}): FolderFiles => folderFiles(site, options);
  const write = (files: FolderFiles, path: string, text: string): void => {
    const descriptor = files.openSync(path, 'a', 0o660);
    files.writeSync(descriptor, Buffer.from(text));
    files.closeSync(descriptor);
  };
  const ways: readonly [string, (files: FolderFiles, path: string) => unknown][] = [
    ['reading', (files, path) => files.readFileSync(path)],
    ['appending', (files, path) => write(files, path, 'x')],
    ['overwriting', (files, path) => files.openSync(path, 'w')],
    ['changing', (files, path) => files.openSync(path, 'r+')],
  ];
  const systems: readonly [string, FolderFilesOptions][] = [
    ['by descriptors', {}],
    ['by looking, as on Windows and macOS', { platform: 'win32', userId: undefined }],
  ];

  it('is refused when it has become a junction, which keeps its number', () => {
    const files = filesOf({
      platform: 'win32',
      userId: undefined,
      calls: {
        ...realFiles,
        lstatSync: (path) => Object.assign(fs.lstatSync(path), path === site && { isSymbolicLink: () => true }),
      },
    });
    expect(refusalOf(() => files.mkdirSync(join(site, 'database')))).to.equal(IS_A_LINK);
    expect(fs.readdirSync(site)).to.deep.equal(['Logs']);
  });

  it('makes folders level by level, for the group of a shared one whatever the umask, through no link', () => {
    const mask = process.umask(0o077);
    try {
      filesOf().mkdirSync(join(site, 'Packages', 'May', 'one'), { recursive: true });
      filesOf().mkdirSync(join(site, 'Packages', 'May'), { recursive: true, mode: 0o700 });
    } finally {
      process.umask(mask);
    }
    for (const name of ['Packages', 'Packages/May', 'Packages/May/one'])
      expect((fs.statSync(join(site, name)).mode & 0o7777).toString(8), name).to.equal('2770');
    fs.symlinkSync(outside, join(site, 'link'));
    for (const name of ['link/new', 'link'])
      expect(
        refusalOf(() => filesOf().mkdirSync(join(site, name), { recursive: true })),
        name,
      ).not.to.equal('done');
    expect(refusalOf(() => filesOf().mkdirSync(join(site, 'Packages')))).to.contain('EEXIST');
    expect(fs.readdirSync(outside)).to.deep.equal(['victim']);
  });

  for (const [how, options] of systems) {
    it(`follows no link to a file: ${how}`, () => {
      const path = join(site, 'Logs', 'engine.log');
      fs.symlinkSync(join(outside, 'victim'), path);
      for (const [what, way] of ways)
        expect(
          refusalOf(() => way(filesOf(options), path)),
          what,
        ).to.equal(IS_A_LINK);
      expect(refusalOf(() => filesOf(options).openSync(path, 'wx'))).to.contain('EEXIST');
    });

    it(`goes through no link to a folder: ${how}`, () => {
      fs.symlinkSync(outside, join(site, 'documents'));
      const path = join(site, 'documents', 'victim');
      const files = filesOf(options);
      for (const [what, way] of [
        ...ways,
        ['creating', () => files.openSync(join(site, 'documents', 'new'), 'wx')],
        ['removing', () => files.rmSync(path)],
        ['renaming', () => files.renameSync(path, join(site, 'taken'))],
        ['renaming to', () => files.renameSync(join(site, 'Logs'), path)],
        ['making a folder', () => files.mkdirSync(join(site, 'documents', 'new'))],
      ] as const)
        expect(
          refusalOf(() => way(files, path)),
          what,
        ).to.equal(IS_A_LINK);
      expect(fs.readdirSync(outside)).to.deep.equal(['victim']);
    });

    it(`uses no file with a second name: ${how}`, () => {
      const path = join(site, 'heartbeat.json');
      fs.linkSync(join(outside, 'victim'), path);
      for (const [what, way] of ways)
        expect(
          refusalOf(() => way(filesOf(options), path)),
          what,
        ).to.contain('a second hard link elsewhere');
    });

    it(`stays in the folder that it was opened for: ${how}`, () => {
      const files = filesOf(options);
      fs.renameSync(site, `${site}.old`);
      fs.mkdirSync(site);
      expect(refusalOf(() => files.openSync(join(site, 'new'), 'wx'))).to.contain('another folder stands in its place');
    });
  }

  it('uses no file that its neighbours may not, though its second name was taken away in between', () => {
    const path = join(site, 'heartbeat.json');
    for (const [what, way] of ways) {
      fs.linkSync(join(outside, 'victim'), path);
      const calls = {
        ...realFiles,
        openSync: ((place: string, flags: number, mode?: number) => {
          const descriptor = fs.openSync(place, flags, mode);
          if (place.endsWith('heartbeat.json')) fs.rmSync(path, { force: true });
          return descriptor;
        }) as typeof realFiles.openSync,
      };
      expect(
        refusalOf(() => way(filesOf({ calls }), path)),
        what,
      ).to.contain('the group of the folder may use');
    }
  });

  it('does not wait for a pipe that stands in the way', () => {
    const path = join(site, 'engine.json');
    execFileSync('mkfifo', ['-m', '660', path]);
    for (const [what, way] of ways)
      expect(
        refusalOf(() => way(filesOf(), path)),
        what,
      ).to.match(/is not a file|ENXIO/);
  });

  it('makes files for the group of the folder, whatever the umask', async () => {
    const mask = process.umask(0o077);
    try {
      const files = filesOf();
      for (const [name, flags] of [
        ['a', 'a'],
        ['w', 'w'],
        ['wx', 'wx'],
      ] as const) {
        const path = join(site, 'Logs', name);
        files.closeSync(files.openSync(path, flags, 0o660));
        const found = files.lstatSync(path);
        expect([found.mode & 0o777, found.gid], name).to.deep.equal([0o660, fs.statSync(site).gid]);
      }
      const handle = await files.openHandle(join(site, 'handle'), 'wx', 0o660);
      await handle.writeFile('by a handle');
      await handle.close();
      expect(files.readFileSync(join(site, 'handle')).toString()).to.equal('by a handle');
      write(files, join(site, 'Logs', 'a'), 'one');
      write(files, join(site, 'Logs', 'a'), ' two');
      expect(files.readFileSync(join(site, 'Logs', 'a')).toString()).to.equal('one two');
      files.closeSync(files.openSync(join(site, 'Logs', 'a'), 'w'));
      expect(files.lstatSync(join(site, 'Logs', 'a')).size).to.equal(0);
    } finally {
      process.umask(mask);
    }
  });

  it('removes a tree without what its links lead to', () => {
    fs.mkdirSync(join(site, 'Transfer', 'deep', 'deeper'), { recursive: true });
    fs.symlinkSync(outside, join(site, 'Transfer', 'deep', 'link'));
    const files = filesOf();
    files.rmSync(join(site, 'Transfer'), { recursive: true, force: true });
    expect([files.existsSync(join(site, 'Transfer')), files.readdirSync(site)]).to.deep.equal([false, ['Logs']]);
    files.rmSync(join(site, 'Transfer'), { recursive: true, force: true });
    expect(refusalOf(() => files.rmSync(join(site, 'Transfer')))).to.contain('ENOENT');
  });

  it('names the path that was meant in an error of the system', () => {
    const path = join(site, 'Logs', 'missing');
    expect(refusalOf(() => filesOf().readFileSync(path))).to.equal(
      `Error: ENOENT: no such file or directory, open '${path}'`,
    );
  });

  it('refuses a folder of others where there are no descriptors to walk by, and a path outside', () => {
    const calls = { ...realFiles, existsSync: () => false };
    expect(refusalOf(() => filesOf({ calls, platform: 'linux' }))).to.contain('without /proc');
    expect(refusalOf(() => filesOf().readFileSync(join(outside, 'victim')))).to.contain('does not lie in');
  });

  it('uses a folder of this account alone as it is', () => {
    for (const folder of [site, home()]) fs.chmodSync(folder, 0o700);
    fs.symlinkSync(join(outside, 'victim'), join(site, 'link'));
    expect(filesOf().readFileSync(join(site, 'link')).toString()).to.equal('untouched');
    fs.chmodSync(home(), 0o777);
    expect(refusalOf(() => filesOf().readFileSync(join(site, 'link')))).to.equal(IS_A_LINK);
  });
});
