import { expect } from 'chai';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ProgramCall, ProgramEnd } from '../../server/platform/runProgram.js';
import { isSharedPipe } from '../../server/rpc/acquireEngineLock.js';
import { createSite } from '../../server/site/createSite.js';
import { realSiteEnvironment } from '../../server/site/SiteEnvironment.js';
import type { SiteFolder } from '../../server/site/SiteFolder.js';
import { ServiceControl } from '../../server/service/ServiceControl.js';
import { realServiceDeps, type ServiceDeps } from '../../server/service/ServiceDeps.js';
import { readServiceNote } from '../../server/service/ServiceNote.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { caughtFrom } from '../rpc/caught.js';

/** The Windows branch, told by the platform as a parameter: its programs are fakes, the site folder is real. */
describe('service: registration on Windows', () => {
  const folder = temporaryFolder();
  let site: SiteFolder;
  let calls: ProgramCall[];
  let isElevated: boolean;
  let task: string | undefined;
  let lastResult = 0x41303;

  beforeEach(async () => {
    calls = [];
    isElevated = true;
    task = undefined;
    site = await createSite({ requestId: 'r', siteCode: 'ABC', path: join(folder(), 'ABC') }, realSiteEnvironment());
  });

  const given = (call: ProgramCall): { action?: string; accounts?: readonly string[]; xml?: string } =>
    JSON.parse(call.input ?? '{}') as object;
  const named = (call: ProgramCall): string =>
    call.input === undefined
      ? `${call.command.split('\\').at(-1) ?? ''} ${call.args.join(' ')}`
      : `${call.args.at(-1) ?? ''} ${given(call).action ?? ''}`.trim();
  const said = (stdout: string, code = 0): ProgramEnd => ({ code, stdout, stderr: code === 0 ? '' : 'ERROR: no.' });

  const value = (answer: unknown): ProgramEnd => said(JSON.stringify({ value: answer }));

  async function windows(call: ProgramCall): Promise<ProgramEnd> {
    const name = named(call);
    if (name.startsWith('whoami.exe /groups'))
      return Promise.resolve(said(isElevated ? '"S-1-16-12288"' : '"S-1-16-8192"'));
    if (name.endsWith('Export')) return Promise.resolve(value(task ?? ''));
    calls.push(call);
    if (name.endsWith('Result')) return Promise.resolve(value(lastResult));
    const { accounts, xml } = given(call);
    if (accounts !== undefined) return Promise.resolve(value([{ sid: 'S-1-5-21-1-2-3-1001', name: accounts[0] }]));
    if (xml !== undefined) task = xml;
    if (name.endsWith('Stop')) return Promise.resolve({ ...said('{"error":"It does not run."}'), code: 1 });
    return Promise.resolve(call.input === undefined ? said('') : value(null));
  }

  const deps = (): ServiceDeps => ({
    ...realServiceDeps(() => undefined),
    platform: 'win32',
    userId: undefined,
    env: { SystemRoot: 'C:\\Windows' },
    run: windows,
    startSeconds: 0,
    program: 'C:\\Program Files\\nodejs\\node.exe',
    main: 'C:\\Program Files\\ConfigMgrSync\\dist\\server\\main.js',
    tellInstalled: async () => Promise.resolve(),
  });
  const control = (): ServiceControl => new ServiceControl(site, deps());

  it('registers a task for SYSTEM and gives it the folder by its SID', async () => {
    const shown = await control().describe({ action: 'Install' });
    expect(shown.Commands).to.deep.equal([
      'Register-ScheduledTask -TaskPath \\ConfigMgrSync\\ -TaskName ABC -Xml (as above) -Force',
    ]);
    const installed = await control().install({});
    expect(task).to.equal(shown.Registration);
    expect([installed.Name, installed.Kind, installed.State]).to.deep.equal([
      '\\ConfigMgrSync\\ABC',
      'ScheduledTask',
      'Stopped',
    ]);
    expect(calls.map(named)).to.deep.equal([
      `icacls.exe ${site.path} /grant *S-1-5-18:(OI)(CI)F /q`,
      'Invoke-CMSyncTask Register',
    ]);
    expect(
      [isSharedPipe({ operators: [], path: folder() }), isSharedPipe(site)],
      'the pipe of a service is open to the accounts that may read the secret',
    ).to.deep.equal([false, true]);
    expect(readServiceNote(site.path)).to.include({ accountId: 'S-1-5-18', service: '\\ConfigMgrSync\\ABC' });
  });

  it('wants the password of another account, and passes it on standard input only', async () => {
    expect((await caughtFrom(control().install({ account: 'CONTOSO\\svc' }))).message).to.contain('needs its password');
    expect(task).to.equal(undefined);
    await control().install({ account: 'CONTOSO\\svc', password: 'pa$$word' });
    expect(calls.flatMap((call) => call.args).join(' ')).not.to.contain('pa$$word');
    expect(calls.filter((call) => call.input?.includes('pa$$word'))).to.have.length(1);
    expect(readServiceNote(site.path)).to.include({ account: 'CONTOSO\\svc', accountId: 'S-1-5-21-1-2-3-1001' });
  });

  it('disables the task before it ends it, so that nothing starts it again, and enables it to start', async () => {
    await control().install({});
    calls = [];
    await control().control('Stop');
    expect(calls.map(named)).to.deep.equal(['Invoke-CMSyncTask Disable', 'Invoke-CMSyncTask Stop']);
    calls = [];
    // No engine comes here: the start is asked for, and the wait for its answer ends.
    expect((await caughtFrom(control().control('Start'))).errorId).to.equal('EngineStartFailed');
    expect(calls.map(named)).to.deep.equal([
      'Invoke-CMSyncTask Enable',
      'Invoke-CMSyncTask Start',
      'Invoke-CMSyncTask Result',
    ]);
    lastResult = 0x80070569 | 0;
    const refused = await caughtFrom(control().control('Start'));
    expect([refused.errorId, refused.message]).to.deep.equal([
      'EngineStartFailed',
      'The engine of site ABC did not start: the account lacks the right "Log on as a batch job"; give it in the ' +
        'local security policy.',
    ]);
    calls = [];
    await control().control('Uninstall');
    expect(calls.map(named).at(-1)).to.equal('Invoke-CMSyncTask Unregister');
    expect(existsSync(join(site.path, 'service.json'))).to.equal(false);
  });

  it('needs an elevated session, and a task of its own', async () => {
    isElevated = false;
    expect((await caughtFrom(control().install({}))).errorId).to.equal('ServiceNeedsAdministrator');
    isElevated = true;
    task = '<Task>somebody else</Task>';
    expect((await caughtFrom(control().install({}))).errorId).to.equal('ServiceNameTaken');
  });
});
