import { expect } from 'chai';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { Site } from '../../server/contract/generated/types.js';
import { tableLines } from '../../server/cli/printTable.js';
import { progressText } from '../../server/cli/ProgressLine.js';
import { exitCodeOf } from '../../server/cli/verbs/sync.js';

const main = fileURLToPath(new URL('../../server/main.js', import.meta.url));

describe('cli', () => {
  let home: string;
  beforeEach(() => (home = mkdtempSync(join(tmpdir(), 'cms-cli-'))));
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
    const child = spawn(process.execPath, [main, ...args], { env: { ...process.env, CONFIGMGRSYNC_HOME: home, CONFIGMGRSYNC_SITE: '' }, stdio: ['ignore', 'pipe', 'pipe'] });
    const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close') as Promise<[number]>]);
    return { code, out, err };
  }

  it('makes and lists sites, JSON alone on stdout', async () => {
    const made = await run('site', 'new', '--site-code', 'abc', '--site-name', 'Test', '--json');
    expect([made.code, (JSON.parse(made.out) as Site).SiteCode]).to.deep.equal([0, 'ABC']);
    const listed = await run('site', 'list', '--json');
    expect((JSON.parse(listed.out) as Site[]).map((site) => site.SiteName)).to.deep.equal(['Test']);
    expect((await run('site', 'list')).out).to.contain('ABC       Test');
  });

  it('ends with 2 on usage errors and says what is wrong', async () => {
    for (const [args, said] of [[['nonsense'], 'nonsense'], [[], 'A verb is missing'], [['status', '--nonsense'], 'nonsense'], [['site', 'new'], 'site-code'], [['updates', '--severity', 'Huge'], 'Huge'],
      [['site', 'new', '--site-code', 'sms'], 'SiteCodeInvalid'], [['status'], 'SiteNotFound'], [['config', 'set'], 'nothing to set'],
      [['config', 'set', '--upstream', 'http://x', '--no-source'], 'Only one of'], [['updates', '--posted-after', 'never'], 'never is no date']] as const) {
      const { code, out, err } = await run(...args);
      expect([code, out], args.join(' ')).to.deep.equal([2, '']);
      expect(err).to.contain(said);
    }
  });

  it('gives an error as JSON too', async () => {
    const { code, out } = await run('status', '--site-path', join(home, 'no'), '--json');
    expect([code, (JSON.parse(out) as { errorId: string }).errorId]).to.deep.equal([1, 'SiteFolderInvalid']);
  });

  it('maps a finished run to its exit code', () => {
    expect([exitCodeOf({ Succeeded: true, ErrorId: null }), exitCodeOf({ Succeeded: false, ErrorId: 'UpstreamUnreachable' }), exitCodeOf({ Succeeded: false, ErrorId: null })]).to.deep.equal([0, 5, 1]);
  });

  it('draws tables and progress', () => {
    const columns = [{ heading: 'A', text: (row: string) => row, width: 4 }, { heading: 'Len', text: (row: string) => String(row.length), right: true }];
    expect(tableLines(['ab', 'a\nlong one'], columns)).to.deep.equal(['A     Len', '----  ---', 'ab      2', 'a l…   10']);
    expect(progressText({ RunId: 1, State: 'Running', Phase: 'p', Activity: 'Fetching updates', Processed: 800, Total: 2000, PercentComplete: 40 }))
      .to.equal('[########------------]  40 %  Fetching updates  800 / 2,000');
  });
});
