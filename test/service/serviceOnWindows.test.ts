import { runningEngine } from '../../server/relay/runningEngine.js';
import { expect } from 'chai';
import { existsSync, linkSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ProgramCall, ProgramEnd } from '../../server/platform/runProgram.js';
import { isSharedPipe } from '../../server/rpc/acquireEngineLock.js';
import { ServiceControl } from '../../server/service/ServiceControl.js';
import { realServiceDeps } from '../../server/service/ServiceDeps.js';
import type { ServiceDeps } from '../../server/service/ServiceDeps.js';
import { readServiceRecord } from '../../server/site/ServiceRecord.js';
import { repairAccess } from '../../server/service/repairAccess.js';
import { realSiteEnvironment } from '../../server/site/SiteFolder.js';
import type { SiteFolder } from '../../server/site/SiteFolder.js';
import { createSite } from '../../server/site/createSite.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { allow, FULL, ME, MODIFY, STRANGER, SYSTEM, WindowsAccounts } from '../fixtures/windowsAccounts.js';
import { caughtFrom } from '../rpc/caught.js';

/** The Windows branch, told by the platform as a parameter: its programs are fakes, the site folder is real. */
describe('service: registration on Windows', () => {
  const folder = temporaryFolder();
  let site: SiteFolder;
  let calls: ProgramCall[];
  let isElevated: boolean;
  let task: string | undefined;
  let lastResult = 0x41303;
  let machine: WindowsAccounts;
  let versions: string;

  beforeEach(async () => {
    calls = [];
    versions = JSON.stringify({ node: '24.15.0', sqlite: '3.51.3' });
    machine = new WindowsAccounts();
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
    if (call.command.endsWith('node.exe')) return Promise.resolve(said(versions));
    if (name.startsWith('whoami.exe /groups'))
      return Promise.resolve(said(isElevated ? '"S-1-16-12288"' : '"S-1-16-8192"'));
    if (name.endsWith('Export')) return Promise.resolve(value(task ?? ''));
    if (name.startsWith('Read-CMSyncAccess')) return Promise.resolve(machine.answer(call) ?? said('', 1));
    calls.push(call);
    if (name.endsWith('Result')) return Promise.resolve(value(lastResult));
    const changed = name.startsWith('Write-CMSyncAccess') ? machine.answer(call) : undefined;
    if (changed !== undefined) return Promise.resolve(changed);
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
    script: 'C:\\Program Files\\ConfigMgrSync\\cmdlets\\system\\Invoke-CMSyncSystemCall.ps1',
    tellInstalled: async () => Promise.resolve(),
  });
  const control = (): ServiceControl => new ServiceControl(site, deps(), runningEngine);

  it('registers a task for SYSTEM and gives it the folder by its SID', async () => {
    const shown = await control().describe({ action: 'Install' });
    expect(shown.Commands).to.deep.equal([
      'Register-ScheduledTask -TaskPath \\ConfigMgrSync\\ -TaskName ABC -Xml (as above) -Force',
      'Schedule.Service: SetSecurityDescriptor of \\ConfigMgrSync\\ ' +
        '(O:BAG:BAD:P(A;OICI;FA;;;BA)(A;OICI;FA;;;SY)(A;OICI;FR;;;AU)) and of its task ABC ' +
        '(O:BAG:BAD:P(A;;FA;;;BA)(A;;FA;;;SY)(A;;FR;;;AU))',
    ]);
    const installed = await control().install({});
    expect(task).to.equal(shown.Registration);
    expect([installed.Name, installed.Kind, installed.State]).to.deep.equal([
      '\\ConfigMgrSync\\ABC',
      'ScheduledTask',
      'Stopped',
    ]);
    expect(calls.map(named)).to.deep.equal([
      'Write-CMSyncAccess',
      'Invoke-CMSyncTask Register',
      'Invoke-CMSyncTask Protect',
    ]);
    expect(
      [isSharedPipe({ operators: [], path: folder() }), isSharedPipe(site)],
      'the pipe of a service is open to the accounts that may read the secret',
    ).to.deep.equal([false, true]);
    expect(readServiceRecord(site)).to.include({ accountId: 'S-1-5-18', service: '\\ConfigMgrSync\\ABC' });
  });

  it('is refused where node.exe of the task lacks the SQLite of the site', async () => {
    site = { ...site, database: 'sqlite' };
    versions = JSON.stringify({ node: '20.19.0' });
    for (const work of [control().install({}), control().describe({ action: 'Install' })])
      expect((await caughtFrom(work)).message).to.contain(
        'nodejs\\node.exe, which the service would run, is Node.js 20',
      );
    expect([task, readServiceRecord(site)]).to.deep.equal([undefined, undefined]);
    versions = JSON.stringify({ node: '24.15.0', sqlite: '3.51.3' });
    await control().install({});
    expect([typeof task, readServiceRecord(site)?.versions?.sqlite]).to.deep.equal(['string', '3.51.3']);
  });

  it('tells that the folder of the tasks could not be protected, and installs all the same', async () => {
    const lines: string[] = [];
    const run = async (call: ProgramCall): Promise<ProgramEnd> =>
      named(call).endsWith('Protect') ? { ...said('{"error":"It belongs to somebody."}'), code: 1 } : windows(call);
    await new ServiceControl(site, { ...deps(), run, say: (line) => lines.push(line) }, runningEngine).install({});
    expect(task).to.be.a('string');
    expect(lines).to.have.length(1);
    expect(lines[0]).to.match(/^Not done: Schedule\.Service: .*: It belongs to somebody\.$/);
  });

  it('wants the password of another account, and passes it on standard input only', async () => {
    expect((await caughtFrom(control().install({ account: 'CONTOSO\\svc' }))).message).to.contain('needs its password');
    expect(task).to.equal(undefined);
    await control().install({ account: 'CONTOSO\\svc', password: 'pa$$word' });
    expect(calls.flatMap((call) => call.args).join(' ')).not.to.contain('pa$$word');
    expect(calls.filter((call) => call.input?.includes('pa$$word'))).to.have.length(1);
    expect(readServiceRecord(site)).to.include({ account: 'CONTOSO\\svc', accountId: 'S-1-5-21-1-2-3-1001' });
  });

  it('takes the entry of the account that leaves, and not of one that had it before', async () => {
    const svc = 'S-1-5-21-1-2-3-1001';
    const lists = (): readonly string[] => machine.written.map(({ sddl }) => sddl);
    await control().install({ account: 'CONTOSO\\svc', password: 'x' });
    expect(lists().at(-1))
      .to.contain(`(A;OICI;FA;;;${svc})`)
      .and.to.match(/^O:BAD:PAI/);
    expect(machine.written.at(-1)).to.have.property('below');
    machine.found.set(site.path, { entries: [allow(SYSTEM, FULL), allow(svc, FULL), allow(ME, FULL)] });
    await control().install({ account: 'SYSTEM' });
    expect(lists().at(-1)).to.contain(ME).and.not.to.contain(svc);
    // It made the site: its access does not come from the service.
    await control().install({ account: 'CONTOSO\\svc', password: 'x' });
    await control().control('Uninstall');
    expect(lists().at(-1)).to.contain(svc);
  });

  it('takes LOCAL SERVICE where the site has operators', async () => {
    site = { ...site, operators: ['CONTOSO\\ops'] };
    const shown = await control().describe({ action: 'Install' });
    expect(shown.Account).to.equal('NT AUTHORITY\\LOCAL SERVICE');
  });

  it('is not installed for a site or from a program of somebody else', async () => {
    machine.found.set(site.path, { owner: STRANGER });
    expect((await caughtFrom(control().install({}))).errorId).to.equal('SiteFolderNotTrusted');
    machine.found.clear();
    machine.found.set('C:\\Program Files\\nodejs', { entries: [allow('S-1-5-32-545', MODIFY)] });
    const error = await caughtFrom(control().install({}));
    expect([error.errorId, task]).to.deep.equal(['ServiceProgramNotTrusted', undefined]);
  });

  it('is not installed where others could put code into the folders of the engine', async () => {
    const root = 'C:\\Program Files\\ConfigMgrSync';
    const inner = ['', '\\dist', '\\dist\\server\\parts', '\\node_modules', '\\node_modules\\sql.js'];
    for (const place of inner) {
      machine.found.clear();
      machine.found.set(`${root}${place}`, { entries: [allow('S-1-5-32-545', 0x4)] });
      expect((await caughtFrom(control().install({}))).data['path'], place).to.equal(`${root}${place}`);
    }
  });

  it('is neither started nor ended in a folder that somebody else put there', async () => {
    await control().install({});
    calls = [];
    machine.found.set(site.path, { owner: STRANGER });
    for (const action of ['Start', 'Stop', 'Uninstall'] as const)
      expect((await caughtFrom(control().control(action))).errorId, action).to.equal('SiteFolderNotTrusted');
    expect(calls).to.deep.equal([]);
  });

  it('gives no access to a file that has a second name elsewhere', async () => {
    const outside = join(folder(), 'outside');
    writeFileSync(outside, 'x');
    const second = join(site.path, 'Transfer', 'a.package');
    linkSync(outside, second);
    const error = await caughtFrom(control().install({}));
    expect([error.errorId, error.data['path']]).to.deep.equal(['SiteFolderNotTrusted', second]);
    expect(machine.written).to.deep.equal([]);
    unlinkSync(second);
    site = { ...site, operators: ['CONTOSO\\ops'] };
    // The operator makes it while the list of the folder is being written.
    machine.onWrite = ({ below }) => {
      if (below !== undefined && !existsSync(second)) linkSync(outside, second);
    };
    expect((await caughtFrom(control().install({}))).data['path']).to.equal(second);
    expect(machine.written.filter(({ below }) => below === undefined)).to.deep.equal([]);
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
      'The engine of site ABC did not start: the account lacks the right "Log on as a batch job"; grant it in the ' +
        'local security policy.',
    ]);
    calls = [];
    await control().control('Uninstall');
    expect(calls.map(named).at(-1)).to.equal('Invoke-CMSyncTask Unregister');
    expect(existsSync(join(site.path, 'service.json'))).to.equal(false);
  });

  it('puts the access of a site right that is refused, and shows it before', async () => {
    const system = { ...deps(), homeFolder: '/', env: { CONFIGMGRSYNC_HOME: folder() } };
    machine.found.set(site.path, { owner: STRANGER, entries: [allow(STRANGER, FULL), allow(SYSTEM, FULL)] });
    const shown = await repairAccess(site, { whatIf: true }, system);
    expect([shown.Changed, machine.written.length, shown.Steps.length]).to.deep.equal([false, 0, 2]);
    expect(shown.Reason).to.contain(`it belongs to the account ${STRANGER}`);
    // Somebody came in between.
    expect((await caughtFrom(repairAccess(site, { whatIf: false }, system))).errorId).to.equal('SiteFolderNotTrusted');
    machine.written.length = 0;
    machine.onWrite = () => machine.found.clear();
    const done = await repairAccess(site, { whatIf: false }, system);
    expect([done.Changed, done.Steps]).to.deep.equal([true, shown.Steps]);
    const [root, tree] = machine.written;
    expect([root?.path, tree?.path, tree?.below === undefined]).to.deep.equal([folder(), site.path, false]);
    expect(tree?.sddl)
      .to.match(/^O:BAD:PAI/)
      .and.not.to.contain(STRANGER);
    isElevated = false;
    expect((await caughtFrom(repairAccess(site, { whatIf: false }, system))).message).to.contain('elevated session');
    machine.found.clear();
    expect((await repairAccess(site, { whatIf: true }, system)).Reason).to.equal(null);
    const elsewhere = repairAccess(site, { whatIf: true }, { ...system, platform: 'linux' });
    expect((await caughtFrom(elsewhere)).errorId).to.equal('InvalidRequest');
  });

  it('puts folders above right that others may rename, where it is asked to, but none of the system', async () => {
    const system = { ...deps(), homeFolder: '/', env: { PUBLIC: join(dirname(folder()), 'Public') } };
    const repair = async (includeParent: boolean, whatIf = true): Promise<string> =>
      (await repairAccess(site, { whatIf, includeParent }, system)).Steps.join('\n');
    machine.found.set(folder(), { entries: [allow('S-1-5-11', MODIFY), allow(SYSTEM, FULL)] });
    const above = `Set owner and access list of ${folder()} to O:BAD:PAI`;
    expect(await repair(false)).not.to.contain(above);
    expect(await repair(true)).to.contain(above);
    expect(machine.written).to.have.length(0);
    expect((await caughtFrom(repair(false, false))).data['path']).to.equal(folder());
    machine.written.length = 0;
    machine.onWrite = ({ path }) => machine.found.delete(path);
    await repair(true, false);
    expect(machine.written.map(({ path }) => path)).to.deep.equal([folder(), site.path]);
    // The folder that the profiles of users stand in.
    machine.found.set(dirname(folder()), { entries: [allow('S-1-5-11', MODIFY)] });
    expect(await repair(true)).not.to.contain(`of ${dirname(folder())} to`);
  });

  it('keeps operators from the lock of the engine, also of a site of before', async () => {
    site = { ...site, operators: ['CONTOSO\\ops'] };
    rmSync(join(site.path, 'Transfer'), { recursive: true });
    await control().install({});
    for (const name of ['engine.lock', join('Transfer', '.folder')])
      expect(existsSync(join(site.path, name)), name).to.equal(true);
    const lock = machine.written.find(({ path }) => path.endsWith('engine.lock'));
    // To read it is enough to keep the engine out: only the owner and the list may be looked at.
    expect(lock?.sddl).to.match(/\(A;;0x120080;;;S-1-5-21-1-2-3-1001\)$/);
    expect(machine.written.map(({ below }) => below !== undefined).indexOf(true), 'the tree comes first').to.equal(0);
  });

  it('needs an elevated session, and a task of its own', async () => {
    isElevated = false;
    expect((await caughtFrom(control().install({}))).errorId).to.equal('ServiceNeedsAdministrator');
    isElevated = true;
    task = '<Task>somebody else</Task>';
    expect((await caughtFrom(control().install({}))).errorId).to.equal('ServiceNameTaken');
  });
});
