import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import { packageFolder } from '../../server/platform/packageFolder.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';

type Suite = Record<string, (...args: unknown[]) => unknown>;
const load = async (name: string): Promise<Suite> =>
  (await import(pathToFileURL(join(packageFolder(), 'server', 'bootstrap', 'suite', name)).href)) as Suite;

describe('the runner of the tests', () => {
  const folder = temporaryFolder();

  it('takes files as sources or compiled, words for mocha, and checks everything only in a whole run', async () => {
    const { readArguments } = await load('readArguments.mjs');
    const nothing = { isSoak: false, files: [], options: [], isWhole: true };
    expect(readArguments!([])).to.deep.equal(nothing);
    expect(readArguments!(['test/a/b.test.ts', './test\\c.test.ts', 'dist/test/d.test.js'])).to.deep.equal({
      ...nothing,
      files: ['dist/test/a/b.test.js', 'dist/test/c.test.js', 'dist/test/d.test.js'],
      isWhole: false,
    });
    expect(readArguments!(['-g', 'some words'])).to.deep.equal({
      ...nothing,
      options: ['-g', 'some words'],
      isWhole: false,
    });
    expect(readArguments!(['--soak'])).to.deep.equal({ ...nothing, isSoak: true, isWhole: false });
  });

  it('keeps temporary files in memory where Linux has room there, and where nobody names a place', async () => {
    const { temporaryFolder: make } = await load('temporaryFolder.mjs');
    const room = (bavail: number) => ({ statfs: () => ({ bavail, bsize: 1024 ** 3 }), onSignal: () => undefined });
    const placeOf = (surroundings: object): readonly [boolean, boolean] => {
      const made = make!(surroundings) as { folder: string; env: { TMPDIR?: string }; remove: () => void };
      made.remove();
      return [made.folder.startsWith('/dev/shm/'), made.env.TMPDIR === made.folder];
    };
    const linux = { platform: 'linux', env: {} };
    expect(placeOf({ ...linux, ...room(1) })).to.deep.equal([tmpdir().startsWith('/dev/shm'), false]);
    expect(placeOf({ ...linux, ...room(9), env: { TMPDIR: '/x' } })[1]).to.equal(false);
    expect(placeOf({ platform: 'win32', env: {}, ...room(9) })[1]).to.equal(false);
    if (existsSync('/dev/shm')) expect(placeOf({ ...linux, ...room(9) })).to.deep.equal([true, true]);
  });

  it('begins with what took longest, on a new machine with the folders that start processes', async () => {
    const { orderFiles, secondsOf } = await load('orderFiles.mjs');
    const seconds = secondsOf!(
      [
        { file: 'test/wire/a.test.js', duration: 9000 },
        { file: 'test/wire/a.test.js', duration: 6000 },
      ],
      { 'test/cli/c.test.js': 3 },
    );
    expect(seconds).to.deep.equal({ 'test/wire/a.test.js': 15, 'test/cli/c.test.js': 3 });
    const files = ['test/wire/a.test.js', 'test/wire/b.test.js', 'test/cli/c.test.js', 'test/rpc/d.test.js'];
    expect(orderFiles!(files, seconds)).to.deep.equal([
      'test/wire/a.test.js',
      'test/rpc/d.test.js',
      'test/cli/c.test.js',
      'test/wire/b.test.js',
    ]);
    expect(orderFiles!(files, {})).to.deep.equal([
      'test/cli/c.test.js',
      'test/rpc/d.test.js',
      'test/wire/a.test.js',
      'test/wire/b.test.js',
    ]);
  });

  it('ends with the counts, the slowest tests and the reason of a group that is off before them', async () => {
    const { summaryLines } = await load('summary.mjs');
    const reason = 'No PowerShell was found.';
    const skipped = [`a one (skipped: ${reason})`, `a suite (skipped: ${reason}) two`, 'c three'];
    expect(summaryLines!({ passed: 3, failed: 0, skipped: [] })).to.deep.equal(['3 passed, 0 failed']);
    expect(summaryLines!({ passed: 3, failed: 1, skipped })).to.deep.equal([
      `skipped: 2 tests: ${reason}`,
      'skipped: c three',
      '3 passed, 1 failed, 3 skipped',
    ]);
    expect(summaryLines!({ passed: 3, failed: 0, skipped: [], processor: 512.4 })).to.deep.equal([
      'Processor time: 512 s',
      '3 passed, 0 failed',
    ]);
    const tests = Array.from({ length: 12 }, (_unused, at) => ({ file: 'f', title: `t${at}`, duration: at * 1000 }));
    const lines = summaryLines!({ passed: 12, failed: 0, skipped: [], tests }) as string[];
    expect([lines.length, lines[1], lines[10]]).to.deep.equal([12, '  11.0 s  f: t11', '   2.0 s  f: t2']);
  });

  it('says what the files took that need only Node.js and PowerShell, and what the others', async () => {
    const [{ groupTimes }, { summaryLines }] = [await load('groups.mjs'), await load('summary.mjs')];
    const texts: Record<string, string> = {
      'dist/test/store/a.test.js': "import { testDatabase } from './postgres/postgresSuite.js';",
      'dist/test/process/accounts/races.test.js': '',
      'C:\\dist\\test\\process\\accounts\\other.test.js': '',
      'dist/test/store/b.test.js': "import { folder } from './postgresFolder.js';",
    };
    const times = Object.keys(texts).map((file, at) => ({ file, seconds: 10 + at, processor: 1 + at }));
    const groups = groupTimes!(times, (file: string) => texts[file]);
    expect((summaryLines!({ passed: 1, failed: 0, skipped: [], groups }) as string[]).slice(0, -1)).to.deep.equal([
      'What the files took, and their processor time, by what they need:',
      '    13 s,    4 s  only Node.js and PowerShell (1 files)',
      '    10 s,    1 s  PostgreSQL (1 files)',
      '    23 s,    5 s  accounts of root (2 files)',
    ]);
  });

  it('measures each file of a worker with what it started, where the system tells', async () => {
    const { mochaHooks } = (await load('fileTimes.mjs')) as unknown as {
      mochaHooks: { afterAll: (this: object) => void };
    };
    const [path, kept] = [join(folder(), 'times'), process.env['CONFIGMGRSYNC_TEST_TIMES']];
    process.env['CONFIGMGRSYNC_TEST_TIMES'] = path;
    try {
      const end = (file: string): void => mochaHooks.afterAll.call({ test: { parent: { suites: [{ file }] } } });
      end('one');
      execFileSync(process.execPath, ['-e', 'let n = 0; while (process.cpuUsage().user < 100_000) n += 1;']);
      end('two');
    } finally {
      if (kept === undefined) delete process.env['CONFIGMGRSYNC_TEST_TIMES'];
      else process.env['CONFIGMGRSYNC_TEST_TIMES'] = kept;
    }
    const [, two] = readFileSync(path, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { file: string; processor: number });
    expect([two?.file, (two?.processor ?? 0) >= 0.1]).to.deep.equal(['two', process.platform === 'linux']);
  });

  it('adds up the processor time of what was waited for, where the system tells', async () => {
    const { processorSeconds } = await load('processorTime.mjs');
    const times = ['100', '50', '2000', '850'];
    const stat = `7 (a (strange) name) S 1 7 7 0 -1 4194560 1 2 3 4 ${times.join(' ')} 20 0 1 0 99`;
    expect([processorSeconds!(() => stat), processorSeconds!(() => 'nothing')]).to.deep.equal([30, undefined]);
    const none = (): string => {
      throw new TypeError('no such file');
    };
    expect(processorSeconds!(none)).to.equal(undefined);
    if (process.platform === 'linux') expect(processorSeconds!()).to.be.greaterThan(0);
  });

  it('counts each check as a test; a skip fails only in CI, a run without tests always', async () => {
    const { exitCodeOf, together } = await load('summary.mjs');
    const counts = { passed: 3, failed: 0, skipped: ['a (skipped: no dotnet)'] };
    expect(together!(counts, [{ passed: true }, { passed: false }])).to.deep.include({ passed: 4, failed: 1 });
    expect([
      exitCodeOf!(0, counts, false),
      exitCodeOf!(0, counts, true),
      exitCodeOf!(2, counts, false),
      exitCodeOf!(0, { passed: 4, failed: 1, skipped: [] }, false),
      exitCodeOf!(0, { passed: 0, failed: 0, skipped: [] }, false),
    ]).to.deep.equal([0, 1, 1, 1, 1]);
  });

  it('shows what a check says only when it fails', async () => {
    const { runChecks } = await load('checks.mjs');
    const program = (name: string, code: number): string => {
      writeFileSync(join(folder(), name), `console.error('said by ${name}'); process.exitCode = ${code};`);
      return join(folder(), name);
    };
    const list = [
      { title: 'good', args: [program('good.cjs', 0)] },
      { title: 'bad', args: [program('bad.cjs', 1)] },
    ];
    let said = '';
    const results = await runChecks!(list, (text: string) => (said += text));
    expect(results).to.have.length(2);
    expect((results as { passed: boolean }[]).map(({ passed }) => passed)).to.deep.equal([true, false]);
    expect(said)
      .to.match(/^✔ good, \d+ s\n✖ bad, \d+ s\nsaid by bad.cjs/)
      .and.not.contain('said by good');
  });
});
