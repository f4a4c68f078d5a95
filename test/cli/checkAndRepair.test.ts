import { expect } from 'chai';
import fs from 'node:fs';
import path from 'node:path';
import type { CheckReport } from '../../server/cli/verbs/check.js';
import type { Component } from '../../server/contract/generated/types.js';
import { HEADER_BLOCK, RECORD_HEADER } from '../../server/store/embedded/journalFile.js';
import { endEngine } from '../fixtures/endEngine.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { runVerb } from './runVerb.js';
import type { VerbEnd } from './runVerb.js';

describe('configmgrsync check and repair', () => {
  // Before the folder goes.
  afterEach(() => killEngine());
  const home = temporaryFolder();
  const at = (...names: string[]): string => path.join(home(), 'ABC', ...names);

  async function run(...args: string[]): Promise<VerbEnd> {
    return runVerb(args, { CONFIGMGRSYNC_HOME: home(), CONFIGMGRSYNC_SITE: '' });
  }
  const killEngine = (): void => endEngine(at());
  const pending = async (): Promise<readonly string[]> =>
    (JSON.parse((await run('config', 'get', '--json')).out) as Component).PendingCategories;
  const journals = (): string[] =>
    fs
      .readdirSync(at('database'))
      .filter((name) => name.startsWith('journal.'))
      .sort();

  beforeEach(async () => {
    expect((await run('site', 'new', '--site-code', 'ABC')).code).to.equal(0);
    for (const product of ['First', 'Second', 'Third'])
      expect((await run('config', 'set', '--add-product', product, '--allow-pending')).code).to.equal(0);
  });

  /** Kills the engine and flips a bit in the last transaction but one, which added the second product. */
  function damageJournal(): string {
    killEngine();
    const file = at('database', journals()[0] ?? '');
    const bytes = fs.readFileSync(file);
    const ends = [HEADER_BLOCK];
    while ((ends.at(-1) ?? 0) < bytes.length) {
      const end = ends.at(-1) ?? 0;
      ends.push(end + RECORD_HEADER + bytes.readUInt32LE(end));
    }
    const place = (ends.at(-2) ?? 0) - 3;
    bytes[place] = (bytes[place] ?? 0) ^ 1;
    fs.writeFileSync(file, bytes);
    return file;
  }

  it('finds a whole site whole', async () => {
    const { code, out } = await run('check', '--json');
    const report = JSON.parse(out) as CheckReport;
    expect([code, report.Healthy, report.Offline, report.Findings]).to.deep.equal([0, true, false, []]);
    expect(report.Transactions).to.be.at.least(3);
    expect((await run('check', '--quick')).out).to.contain('nothing is damaged');
    expect((await run('repair')).out).to.contain('Repaired 0 documents; 0 findings of damage remain.');
  });

  it(
    'names the damaged journal with exit code 7 whatever the command, and mends it only when the loss is ' + 'accepted',
    async () => {
      const file = damageJournal();
      for (const verb of [['status'], ['config', 'get'], ['updates']]) {
        const { code, err } = await run(...verb);
        expect([code, err], verb.join(' ')).to.satisfy(
          ([exit, said]: [number, string]) => exit === 7 && said.startsWith('StoreCorrupt: ') && said.includes(file),
        );
      }
      const checked = await run('check', '--json');
      const report = JSON.parse(checked.out) as CheckReport;
      expect([
        checked.code,
        report.Offline,
        report.Findings.map(({ Kind, Path, Repair }) => [Kind, Path, Repair]),
      ]).to.deep.equal([7, true, [['Database', file, 'AcceptLoss']]]);
      const before = fs.readFileSync(file);
      const refused = await run('repair', '--json');
      expect([refused.code, (JSON.parse(refused.out) as { ErrorId: string }).ErrorId]).to.deep.equal([
        7,
        'StoreLossNotAccepted',
      ]);
      expect(fs.readFileSync(file).equals(before)).to.equal(true);
      const mended = await run('repair', '--accept-loss', '--json');
      const answer = JSON.parse(mended.out) as { Lost: string; Backup: string };
      expect([mended.code, answer.Lost]).to.satisfy(
        ([exit, lost]: [number, string]) =>
          exit === 0 && lost.startsWith('what follows byte ') && lost.includes(path.basename(file)),
      );
      expect(fs.readFileSync(path.join(answer.Backup, path.basename(file))).equals(before)).to.equal(true);
      expect(fs.existsSync(path.join(answer.Backup, 'site.json'))).to.equal(true);
      expect(await pending()).to.satisfy(
        (names: readonly string[]) =>
          names.some((name) => name.includes('First')) && !names.some((name) => name.includes('Third')),
      );
      expect((await run('check')).code).to.equal(0);
    },
  );

  it('names a damaged snapshot, without which nothing can be mended', async () => {
    killEngine();
    const snapshot = at('database', (journals()[0] ?? '').replace('journal', 'snapshot'));
    fs.writeFileSync(snapshot, 'no snapshot at all');
    const { code, err } = await run('status');
    expect([code, err.split('\n')[0]]).to.deep.equal([
      7,
      `StoreCorrupt: The file ${snapshot} is damaged: it is not a snapshot.`,
    ]);
    const { Findings } = JSON.parse((await run('check', '--json')).out) as CheckReport;
    expect(Findings.map(({ Path, Repair }) => [Path, Repair])).to.deep.equal([[snapshot, 'None']]);
    expect((await run('repair', '--accept-loss')).code).to.equal(7);
  });
});
