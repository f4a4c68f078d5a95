import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, parse } from 'node:path';
import { expect } from 'chai';
import type { Health } from '../../server/contract/generated/types.js';
import { startSampleUpstream } from '../bench/SampleUpstream.js';
import { removeHome } from '../fixtures/removeHome.js';
import { powershellSuite, repositoryRoot, runFile, runInSession } from '../powershell/powershellEngine.js';
import type { PowerShellEngine, PowerShellRun } from '../powershell/powershellEngine.js';
import { IMPORT_MODULE, quoted, withFake } from './fakeSession.js';

const example = (name: string): string => join(repositoryRoot(), 'docs', 'examples', name);

powershellSuite('the example scripts of the docs', (engine) => {
  const scratch = mkdtempSync(join(tmpdir(), 'configmgrsync-docs-'));
  const home = join(scratch, 'sites');
  const modules = join(scratch, 'modules');
  const real = {
    CONFIGMGRSYNC_HOME: home,
    CONFIGMGRSYNC_SITE: undefined,
    CONFIGMGRSYNC_ENGINE_MAIN: undefined,
    CONFIGMGRSYNC_NODE: process.execPath,
    PSModulePath: [modules, process.env['PSModulePath']].filter((part) => part !== undefined).join(delimiter),
  };
  const run = (
    name: string,
    env: Record<string, string | undefined>,
    pwsh: PowerShellEngine,
    siteCode = 'ABC',
  ): Promise<PowerShellRun> =>
    runFile(pwsh, example(name), { env: { ...real, ...env }, scriptArguments: ['-SiteCode', siteCode] });
  /**
   * As an account of the system has it: no profile, no terminal, a short path, and a current folder that is not its
   * own.
   */
  const ofTheSystem = {
    ...Object.fromEntries(
      [
        'HOME',
        'USER',
        'LOGNAME',
        'TERM',
        'XDG_RUNTIME_DIR',
        'XDG_CONFIG_HOME',
        'XDG_DATA_HOME',
        'USERPROFILE',
        'HOMEDRIVE',
        'HOMEPATH',
        'APPDATA',
        'LOCALAPPDATA',
      ].map((name) => [name, undefined]),
    ),
    ...(process.platform === 'win32' ? {} : { PATH: '/usr/bin:/bin' }),
  };
  let task: PowerShellRun;
  let systemTask: PowerShellRun;
  let runbook: PowerShellRun;
  let broken: PowerShellRun;

  before(async function () {
    mkdirSync(home);
    mkdirSync(modules);
    symlinkSync(repositoryRoot(), join(modules, 'ConfigMgrSync'), 'junction');
    const upstream = await startSampleUpstream(['--updates', '60', '--seed', '1']);
    await runInSession(
      engine(),
      `${IMPORT_MODULE}$null = New-CMSyncSite -SiteCode ABC -Upstream ${quoted(upstream.url)}`,
      { env: real },
    );
    task = await run('Invoke-ScheduledSync.ps1', {}, engine());
    systemTask = await runFile(engine(), example('Invoke-ScheduledSync.ps1'), {
      env: { ...real, ...ofTheSystem },
      scriptArguments: ['-SiteCode', 'ABC'],
      cwd: parse(process.cwd()).root,
    });
    runbook = await run('Sync-SoftwareUpdateRunbook.ps1', {}, engine());
    await upstream.stop();
    const nowhere =
      `${IMPORT_MODULE}$null = New-CMSyncSite -SiteCode XYZ; Set-CMSoftwareUpdatePointComponent ` +
      `-SynchronizeAction DoNotSynchronizeFromMicrosoftUpdateOrUpstreamDataSource`;
    await runInSession(engine(), nowhere, { env: real });
    broken = await run('Sync-SoftwareUpdateRunbook.ps1', {}, engine(), 'XYZ');
  });

  after(() => {
    removeHome(home);
    rmSync(scratch, { recursive: true, force: true });
  });

  it('the scheduled task ends with 0 after a synchronization', () => {
    expect(task.stderr).to.equal('');
    expect(task.exitCode).to.equal(0);
    expect(task.stdout).to.contain('Succeeded');
  });

  it('also as an account of the system, which has no profile and stands in a folder of others', () => {
    expect(systemTask.stderr).to.equal('');
    expect(systemTask.exitCode).to.equal(0);
    expect(systemTask.stdout).to.contain('Succeeded');
  });

  it('with 2 while a run goes on, with 1 after one that failed, with 3 when none could be started', async () => {
    const codes = [];
    for (const scenario of ['', 'finishedAs=Failed', 'fail=sync/start']) {
      codes.push(
        await withFake(scenario, async (fake) => {
          const { exitCode, stderr } = await run('Invoke-ScheduledSync.ps1', fake.env, engine());
          return [exitCode, /^(Run 7 is \w+|\w+,Sync-CMSoftwareUpdate)/m.exec(stderr)?.[0]];
        }),
      );
    }
    expect(codes).to.deep.equal([
      [2, 'Run 7 is Running'],
      [1, 'Run 7 is Failed'],
      [3, 'RunNotFound,Sync-CMSoftwareUpdate'],
    ]);
  });

  it('the watch writes the health as JSON for others, and ends as monitoring systems want it', async () => {
    const path = join(scratch, 'ABC.json');
    const given = ['-Package', repositoryRoot(), '-SiteCode', 'ABC', '-Path', path, '-Node', process.execPath];
    const watch = await runFile(engine(), example('Watch-SiteHealth.ps1'), { env: real, scriptArguments: given });
    const health = JSON.parse(readFileSync(path, 'utf8')) as Health;
    expect([watch.stdout.trim(), watch.exitCode]).to.deep.equal([
      `${health.Status}: ${health.Summary}`,
      health.ExitCode,
    ]);
    given[given.indexOf('ABC')] = 'QQQ';
    const unknown = await runFile(engine(), example('Watch-SiteHealth.ps1'), { env: real, scriptArguments: given });
    expect([unknown.exitCode, unknown.stdout.startsWith('Unknown: There is no site QQQ')]).to.deep.equal([3, true]);
    // A console with a code page of its own, as Windows PowerShell has.
    given[given.indexOf('QQQ')] = 'Q\u00c4Q';
    const env = { ...real, LC_ALL: 'de_DE.ISO-8859-1' };
    await runFile(engine(), example('Watch-SiteHealth.ps1'), { env, scriptArguments: given });
    expect((JSON.parse(readFileSync(path, 'utf8')) as Health).Summary).to.include('Q\u00c4Q');
  });

  it('the runbook gives one object, and one error when the synchronization cannot be had', () => {
    expect(runbook.stderr).to.equal('');
    expect(runbook.stdout)
      .to.match(/State\s+: Succeeded/)
      .and.to.match(/Critical\s+: \d+/);
    expect(broken.exitCode).to.equal(1);
    expect(broken.stderr).to.match(/synchronization source|synchroniz/i);
  });
});
