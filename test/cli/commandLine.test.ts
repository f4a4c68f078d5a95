import { expect } from 'chai';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tableLines } from '../../server/cli/tableLines.js';
import { exitCodeOf, progressText } from '../../server/cli/waitForRun.js';
import type { Component, Site } from '../../server/contract/generated/types.js';
import { removeHome } from '../fixtures/removeHome.js';
import { runVerb } from './runVerb.js';
import type { VerbEnd } from './runVerb.js';

describe('cli', () => {
  let home: string;
  beforeEach(() => (home = mkdtempSync(join(tmpdir(), 'cms-cli-'))));
  afterEach(() => removeHome(home));

  async function run(...args: string[]): Promise<VerbEnd> {
    return runVerb(args, { CONFIGMGRSYNC_HOME: home, CONFIGMGRSYNC_SITE: '' });
  }

  it('makes and lists sites, JSON alone on stdout', async () => {
    const made = await run('site', 'new', '--site-code', 'abc', '--site-name', 'Test', '--json');
    expect([made.code, (JSON.parse(made.out) as Site).SiteCode]).to.deep.equal([0, 'ABC']);
    const listed = await run('site', 'list', '--json');
    expect((JSON.parse(listed.out) as Site[]).map((site) => site.SiteName)).to.deep.equal(['Test']);
    expect((await run('site', 'list')).out).to.contain('ABC       Test');
  });

  it('makes a site in the folder of --site-path, or of --path as before', async () => {
    for (const option of ['--site-path', '--path']) {
      const folder = join(home, `in${option}`);
      const made = await run('site', 'new', '--site-code', 'ABC', option, folder, '--json');
      expect((JSON.parse(made.out) as Site).InstallDir, option).to.equal(folder);
    }
    const twice = await run('site', 'new', '--site-code', 'ABC', '--path', 'a', '--site-path', 'b');
    expect([twice.code, twice.out]).to.deep.equal([2, '']);
    expect(twice.err).to.contain('--path can be given only once.');
  });

  it('lets no name of others reach the terminal as it came; JSON has the value', async () => {
    const name = 'Site\u001b[2J\u009b31m\u202eevil';
    await run('site', 'new', '--site-code', 'ABC', '--site-name', name);
    const listed = await run('site', 'list');
    expect(listed.out)
      .to.contain('Site?[2J?31mevil')
      .and.not.match(/[\u001b\u0080-\u009f\u202e]/);
    const json = await run('site', 'list', '--json');
    expect(json.out).not.to.match(/[\u001b\u0080-\u009f\u202e]/);
    expect((JSON.parse(json.out) as Site[])[0]?.SiteName).to.equal(name);
    const refused = await run('status', '--site-code', 'x\u009b2J');
    expect(refused.err)
      .to.contain('SiteNotFound')
      .and.not.match(/[\u0080-\u009f]/);
  });

  it('warns of a token on the command line, which others can read; --join - takes it from standard input', async () => {
    const wanted = ['site', 'new', '--site-code', 'PS1', '--join'];
    const named = await run(...wanted, 'a-token');
    expect(named.err).to.match(/^Warning: the token was on the command line, .*\. Use --join -\.\n/);
    const environment = { CONFIGMGRSYNC_HOME: home, CONFIGMGRSYNC_SITE: '' };
    const given = await runVerb([...wanted, '-'], environment, 'a-token\n');
    expect(given.err).not.to.contain('Warning');
    for (const end of [named, given]) expect([end.code, end.err.includes('JoinTokenInvalid')]).to.deep.equal([2, true]);
    expect((await run('site', 'new', '--help')).out).to.match(/--join .*stdin/s);
  });

  it('health ends as monitoring systems want it, also where the call is wrong or nobody answers', async () => {
    const unknown = await run('health');
    expect([unknown.code, unknown.err.startsWith('Unknown: ')]).to.deep.equal([3, true]);
    for (const usage of ['health --nonsense', '--json health', '--json health --nonsense', '--site-code A1 health --x'])
      expect((await run(...usage.split(' '))).code, usage).to.equal(3);
    const told = JSON.parse((await run('--json', 'health', '--nonsense')).out) as object;
    expect(told).to.include({ Status: 'Unknown', ExitCode: 3 });
    expect((await run('--site-code', 'health', 'status', '--nonsense')).code).to.equal(2);
    await run('site', 'new', '--site-code', 'abc');
    const found = await run('health');
    expect(found.code).to.equal(2);
    expect(found.out).to.match(/^The software update point is not in step; .* has never synchronized\.\n/);
    const json = await run('health', '--json');
    expect(JSON.parse(json.out)).to.include({ Status: 'Broken', ExitCode: 2, SiteCode: 'ABC' });
    for (const words of ['--json health', '--json --site-code ABC health', '--site-code ABC --json health'])
      expect(JSON.parse((await run(...words.split(' '))).out), words).to.include({ SiteCode: 'ABC', Status: 'Broken' });
    expect(JSON.parse((await run('--json', 'site', 'list')).out)).to.have.length(1);
  });

  it('ends with 2 on usage errors and says what is wrong', async () => {
    for (const [args, said] of [
      [['nonsense'], 'There is no verb nonsense.'],
      [['snyc'], 'There is no verb snyc. Did you mean sync?\n'],
      [['run'], 'No command given. Give list, wait, stop or changes.'],
      [['sync', 'foo'], 'These arguments are not known here: foo.'],
      [['config', 'set', '--add-product'], '--add-product needs a value.'],
      [['run', 'list', '--newest', 'x'], '--newest must be a number.'],
      [[], 'No command given.'],
      [['status', '--wait-month', '3'], 'There is no option --wait-month.'],
      [['site', 'new'], '--site-code must be given.'],
      [['updates', '--severity', 'Huge'], '--severity must be None, Low, Moderate, Important or Critical, not Huge.'],
      [['site', 'new', '--site-code', 'sms'], 'SiteCodeInvalid'],
      [['status'], 'SiteNotFound'],
      [['config', 'set'], 'config set needs at least one option to set.'],
      [['config', 'set', '--upstream', 'http://x', '--no-source'], 'Only one of'],
      [
        ['config', 'set', '--expire-superseded', 'soon'],
        '--expire-superseded must be now, or a number of months from 1 to 99.',
      ],
      [['config', 'set', '--expire-superseded-feature', '100'], '--expire-superseded-feature must be now, or a number'],
      [['updates', '--posted-after', 'never'], '--posted-after is not a valid date: never.'],
    ] as const) {
      const { code, out, err } = await run(...args);
      expect([code, out], args.join(' ')).to.deep.equal([2, '']);
      expect(err).to.contain(said);
    }
  });

  it('sets rules, limits and the after-sync command, and shows them', async () => {
    await run('site', 'new', '--site-code', 'ABC');
    const set = await run(
      'config',
      'set',
      '--expire-superseded',
      'now',
      '--expire-superseded-feature',
      '12',
      '--decline-expired',
      '--remove-obsolete=false',
      '--obsolete-age-days',
      '40',
      '--cleanup-age-days',
      '10',
      '--full-sync-interval-days',
      '3',
      '--mass-expiry-limit-percent',
      '5',
      '--feature-runtime-mins',
      '90',
      '--non-feature-runtime-mins',
      '91',
      '--non-windows-runtime-mins',
      '92',
      '--after-sync-command',
      process.execPath,
      '--after-sync-argument',
      '/opt/hook.mjs',
      '--after-sync-argument=--to',
      '--set-family',
      'Windows',
      '--set-company',
      'Contoso',
      '--json',
    );
    expect(set.code, set.err).to.equal(0);
    expect(JSON.parse(set.out) as Component).to.deep.include({
      ImmediatelyExpireSupersedence: true,
      WaitMonth: 3,
      ImmediatelyExpireSupersedenceForFeature: false,
      WaitMonthForFeature: 12,
      EnableCallWsusCleanupWizard: true,
      EnableDeleteObsoleteUpdates: false,
      ObsoleteAgeDays: 40,
      UpdatesCleanupAgeDays: 10,
      FullSyncIntervalDays: 3,
      MassExpiryLimitPercent: 5,
      FeatureUpdateMaxRuntimeMins: 90,
      NonFeatureUpdateMaxRuntimeMins: 91,
      NonWindowsUpdateMaxRuntimeMins: 92,
      AfterSyncCommand: process.execPath,
      AfterSyncArguments: ['/opt/hook.mjs', '--to'],
      PendingCategories: ['ProductFamily:Windows', 'Company:Contoso'],
    });
    expect((await run('config', 'set', '--after-sync-command', '')).out).to.match(/^AfterSyncCommand +: $/m);
    expect(await run('config', 'set', '--after-sync-command', 'relative'))
      .to.include({ code: 2, out: '' })
      .and.have.property('err')
      .that.contains('AfterSyncCommandInvalid');
    expect(await run('config', 'set', '--full-sync-interval-days', '0')).to.include({ code: 2 });
  });

  it('refuses overrides of updates that are not there, or of nothing', async () => {
    await run('site', 'new', '--site-code', 'ABC');
    for (const [args, code, said] of [
      [['7', '--custom-severity', 'Low'], 1, 'UpdateNotFound'],
      [['7'], 2, 'ContradictoryParameters'],
      [['7', '--name', 'x', '--max-execution-mins', '9'], 2, 'ContradictoryParameters'],
      [['seven', '--custom-severity', 'Low'], 2, 'InvalidRequest'],
      [['7', '--max-execution-mins', '4'], 2, 'InvalidRequest'],
      [['7', '8', '--custom-severity', 'Huge'], 2, 'must be None, Low, Moderate, Important or Critical, not Huge.'],
    ] as const) {
      const { code: ended, out, err } = await run('updates', 'set', ...args);
      expect([ended, out], args.join(' ')).to.deep.equal([code, '']);
      expect(err).to.contain(said);
    }
  });

  it('says that what a list was asked for is not there, unless another filter may have hidden it', async () => {
    await run('site', 'new', '--site-code', 'ABC');
    const missing = 'Warning: Not in the site database, or no longer: 7, 8.';
    expect((await run('updates', '--id', '7', '--id', '8')).err).to.contain(missing);
    expect((await run('updates', '--id', '7', '--expired')).err).not.to.contain('Not in the site database');
    const nowhere = 'Warning: No software update point on the server nosuch is known here.';
    expect((await run('sup', 'list', 'nosuch')).err).to.contain(nowhere);
    expect((await run('sup', 'list')).err).not.to.contain('Warning');
  });

  it('says that nothing was changed where a setting is ignored, not that it is in effect', async () => {
    await run('site', 'new', '--site-code', 'ABC');
    const set = async (...args: string[]): Promise<string> => (await run('config', 'set', ...args)).out;
    expect(await set('--no-schedule')).to.equal('Nothing to change: these settings are already in effect.\n');
    expect(await set('--remove-product', 'none of these')).to.equal('Nothing was changed.\n');
  });

  it('shows the mail server as it shows the component', async () => {
    await run('site', 'new', '--site-code', 'ABC');
    const { out } = await run('notification', 'get');
    expect(out)
      .to.match(/^SmtpServer {4}:$/m)
      .and.match(/^DigestMinutes : 5$/m);
  });

  it('gives an error as JSON too', async () => {
    const { code, out } = await run('status', '--site-path', join(home, 'no'), '--json');
    expect([code, (JSON.parse(out) as { ErrorId: string }).ErrorId]).to.deep.equal([1, 'SiteFolderInvalid']);
    expect((JSON.parse(out) as { NextStep: string }).NextStep).to.contain('configmgrsync site new');
  });

  it('stops nothing beside starting something', async () => {
    const { code, err } = await run('sync', '--stop', '--join');
    expect([code, err.split('\n')[0]]).to.deep.equal([
      2,
      'ContradictoryParameters: --stop cannot be combined with --join.',
    ]);
  });

  it('shows the tokens of a schedule string and when they occur, without a site', async () => {
    const text = '02C159C0381A2000005C7D4020331680';
    const converted = await run('schedule', 'convert', text, '--json');
    expect((JSON.parse(converted.out) as { ClassName: string }[]).map((token) => token.ClassName)).to.deep.equal([
      'SMS_ST_RecurWeekly',
      'SMS_ST_RecurMonthlyByWeekdayBase',
    ]);
    expect((await run('schedule', 'convert', text)).out.split('\n')[3]).to.match(
      /2023-07-28 02:00:00 {2}false {2}third Tuesday of every month, 2 days later {2}4 hours$/,
    );
    const next = await run('schedule', 'next', '00012000001B2000', '--count', '2', '--zone', 'Europe/Berlin', '--json');
    const [first, second] = JSON.parse(next.out) as { Time: string; LocalTime: string }[];
    expect(
      [first, second].map((row) => [new Date(`${row?.LocalTime ?? ''}Z`).getUTCDay(), row?.LocalTime.slice(11)]),
    ).to.deep.equal([
      [2, '00:00:00'],
      [2, '00:00:00'],
    ]);
    expect(Date.parse(first?.Time ?? ''))
      .to.be.greaterThan(Date.now())
      .and.lessThan(Date.parse(second?.Time ?? ''));
    for (const [args, said] of [
      [['convert', 'x'], 'ScheduleStringInvalid'],
      [['next', text, '--zone', 'X/Y'], 'TimeZoneUnknown'],
      [['next', text, '--count', '0'], '--count must be'],
      [['convert'], 'An argument is missing after the verb.'],
    ] as const) {
      const { code, err } = await run('schedule', ...args);
      expect([code, err], args.join(' ')).to.satisfy(
        ([exit, text_]: [number, string]) => exit === 2 && text_.includes(said),
      );
    }
  });

  it('sets the schedule of a site and takes it away', async () => {
    await run('site', 'new', '--site-code', 'abc');
    const set = await run('config', 'set', '--schedule', '0001200000100038', '--json');
    expect(JSON.parse(set.out)).to.include({
      NextSyncReason: 'schedule; only while an engine runs, because no service is installed',
    });
    expect((await run('config', 'get')).out).to.match(/NextSyncTime +: \d{4}-/);
    const off = await run('config', 'set', '--no-schedule', '--json');
    expect(JSON.parse(off.out)).to.include({ NextSyncReason: 'no schedule', NextSyncTime: null });
    expect((await run('config', 'set', '--no-schedule', '--schedule', '0001200000100038')).err).to.contain(
      'Only one of',
    );
  });

  it('maps a finished run to its exit code', () => {
    expect([
      exitCodeOf({ Succeeded: true, ErrorId: null }),
      exitCodeOf({ Succeeded: false, ErrorId: 'UpstreamUnreachable' }),
      exitCodeOf({ Succeeded: false, ErrorId: null }),
    ]).to.deep.equal([0, 5, 1]);
  });

  it('draws tables and progress', () => {
    const columns = [
      { heading: 'A', text: (row: string) => row, width: 4 },
      { heading: 'Len', text: (row: string) => String(row.length), right: true },
    ];
    expect(tableLines(['ab', 'a\nlong one'], columns)).to.deep.equal([
      'A     Len',
      '----  ---',
      'ab      2',
      'a l…   10',
    ]);
    expect(
      progressText({
        RunId: 1,
        State: 'Running',
        Phase: 'p',
        Activity: 'Fetching updates',
        Processed: 800,
        Total: 2000,
        PercentComplete: 40,
      }),
    ).to.equal('[########------------]  40 %  Fetching updates  800 / 2,000');
  });
});
