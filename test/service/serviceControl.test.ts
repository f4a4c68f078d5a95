import { expect } from 'chai';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packageFolder } from '../../server/platform/packageFolder.js';
import { runProgram } from '../../server/platform/runProgram.js';
import type { ProgramCall } from '../../server/platform/runProgram.js';
import { unitPath } from '../../server/platform/service/systemdUnit.js';
import { runningEngine } from '../../server/relay/runningEngine.js';
import { ServiceControl } from '../../server/service/ServiceControl.js';
import { realServiceDeps } from '../../server/service/ServiceDeps.js';
import type { ServiceDeps } from '../../server/service/ServiceDeps.js';
import { readServiceRecord } from '../../server/site/ServiceRecord.js';
import { realSiteEnvironment } from '../../server/site/SiteFolder.js';
import type { SiteFolder } from '../../server/site/SiteFolder.js';
import { createSite } from '../../server/site/createSite.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { caughtFrom } from '../rpc/caught.js';

const isPossible = process.getuid?.() === 0 && process.platform === 'linux';
const because = isPossible ? '' : ' (skipped: a service of the system needs Linux and root)';
const main = fileURLToPath(new URL('../../server/main.js', import.meta.url));
const operatorPipe = join(packageFolder(), 'test', 'windows', 'operatorPipe.cjs');

/**
 * No systemd runs here: `systemctl` is a fake that notes its calls; the unit is a real file below a scratch root, the
 * accounts are real.
 */
(isPossible ? describe : describe.skip)(`service: registration on Linux, as root${because}`, () => {
  const folder = temporaryFolder();
  let site: SiteFolder;
  let calls: string[];
  let fails: (call: string) => boolean;
  let onCall: (call: string) => void;
  let deps: ServiceDeps;
  let unit: string;

  beforeEach(async () => {
    calls = [];
    fails = () => false;
    onCall = () => undefined;
    chmodSync(folder(), 0o755);
    site = await createSite({ requestId: 'r', siteCode: 'ABC', path: join(folder(), 'ABC') }, realSiteEnvironment());
    const root = join(folder(), 'root');
    unit = join(root, unitPath('ABC'));
    mkdirSync(dirname(unit), { recursive: true });
    const program = join(folder(), 'node');
    writeFileSync(program, `#!/bin/sh\necho '{"node":"24.15.0"}'\n`, { mode: 0o755 });
    writeFileSync(join(folder(), 'main.js'), '', { mode: 0o644 });
    deps = {
      ...realServiceDeps(() => undefined),
      root,
      program,
      main: join(folder(), 'main.js'),
      startSeconds: 0,
      env: { ...process.env },
      run: fake,
      tellInstalled: async (_site, note) => {
        calls.push(`installed under ${note.account}`);
        return Promise.resolve();
      },
    };
  });

  async function fake(call: ProgramCall): ReturnType<typeof runProgram> {
    if (call.command !== 'systemctl') return runProgram(call);
    const text = [call.command, ...call.args].join(' ');
    if (text === 'systemctl is-system-running') return { code: 1, stdout: 'degraded\n', stderr: '' };
    calls.push(text);
    onCall(text);
    return Promise.resolve(
      fails(text)
        ? { code: 1, stdout: '', stderr: 'Failed to do it: it is upside down.\n' }
        : { code: 0, stdout: '', stderr: '' },
    );
  }

  const control = (): ServiceControl => new ServiceControl(site, deps, runningEngine);
  const owners = (): readonly string[] =>
    ['.', 'site.json', 'pipe.json', 'database', 'Logs'].map((name) => {
      const { uid, gid } = statSync(join(site.path, name));
      return `${uid}:${gid}`;
    });

  it('shows exactly what it then registers', async () => {
    const shown = await control().describe({ action: 'Install', account: 'nobody' });
    expect([existsSync(unit), readServiceRecord(site), calls, shown.State]).to.deep.equal([
      false,
      undefined,
      [],
      'NotInstalled',
    ]);
    const installed = await control().install({ account: 'nobody' });
    expect(readFileSync(unit, 'utf8')).to.equal(shown.Registration);
    expect(shown.Commands).to.deep.equal([`write ${unitPath('ABC')} (as above)`, ...calls.slice(0, 2)]);
    expect(calls).to.deep.equal([
      'systemctl daemon-reload',
      'systemctl enable configmgrsync-ABC.service',
      'installed under nobody',
    ]);
    expect([installed.State, installed.Account, statSync(unit).mode & 0o777]).to.deep.equal([
      'Stopped',
      'nobody',
      0o644,
    ]);
    expect(readServiceRecord(site)?.versions).to.deep.equal({ node: '24.15.0' });
  });

  it('serves others only where this installation says so, and loses no port unasked', async () => {
    await control().install({
      account: 'nobody',
      port: 8530,
      host: '0.0.0.0',
      allowHttp: true,
      redirectsContent: true,
      addressShare: 60,
    });
    expect(readFileSync(unit, 'utf8')).to.contain(
      ' "--port" "8530" "--host" "0.0.0.0" "--allow-http" "--redirect-content" "--address-share" "60"\n',
    );
    expect((await control().describe({ action: 'Stop' })).Registration).to.contain('"--port" "8530"');
    const refused = await caughtFrom(control().install({ account: 'root' }));
    expect([refused.errorId, refused.message]).to.satisfy(
      ([id, message]: [string, string]) =>
        id === 'InvalidRequest' && message.includes('on port 8530. Give the port again'),
    );
    expect(readFileSync(unit, 'utf8')).to.contain('User=nobody');
    await control().install({ port: 0 });
    expect([readFileSync(unit, 'utf8').includes('--port'), readServiceRecord(site)?.listen]).to.deep.equal([
      false,
      undefined,
    ]);
    writeFileSync(
      join(site.path, 'service.json'),
      JSON.stringify({
        ...readServiceRecord(site),
        account: 'root',
        accountId: '0',
        listen: { port: 9999, host: '0.0.0.0' },
      }),
    );
    expect((await caughtFrom(control().install({ port: 0 }))).message).to.contain(
      'runs as root. Give that account again',
    );
    await control().install({ account: 'nobody', port: 0 });
    expect(readFileSync(unit, 'utf8')).to.contain('User=nobody').and.not.contain('--port');
    expect((await caughtFrom(control().install({ port: 1, host: 'a b' }))).errorId).to.equal('InvalidRequest');
    expect((await caughtFrom(control().install({ host: '127.0.0.1' }))).errorId).to.equal('InvalidRequest');
  });

  it(
    'runs the after-sync command only when this installation says so, whatever an operator wrote into the ' + 'note',
    async () => {
      await control().install({ account: 'nobody', allowAfterSyncCommand: true });
      expect(readFileSync(unit, 'utf8')).to.contain(' "--allow-after-sync-command"\n');
      expect((await control().describe({ action: 'Stop' })).Registration).to.contain('--allow-after-sync-command');
      expect(readServiceRecord(site)?.allowsAfterSyncCommand).to.equal(true);
      await control().install({ account: 'nobody' });
      expect([
        readFileSync(unit, 'utf8').includes('--allow-after-sync-command'),
        readServiceRecord(site)?.allowsAfterSyncCommand,
      ]).to.deep.equal([false, undefined]);
    },
  );

  it('gives the folder to the account, and back when the service is removed', async () => {
    await control().install({ account: 'nobody' });
    expect(new Set(owners())).to.deep.equal(new Set(['65534:65534']));
    expect([statSync(site.path).mode & 0o7777, statSync(join(site.path, 'service.json')).uid]).to.deep.equal([
      0o700, 65534,
    ]);
    expect(readServiceRecord(site)).to.include({ account: 'nobody', accountId: '65534', formerOwner: '0:0' });
    calls = [];
    await control().control('Uninstall');
    expect(calls).to.deep.equal([
      'systemctl disable configmgrsync-ABC.service',
      'systemctl stop configmgrsync-ABC.service',
      'systemctl daemon-reload',
    ]);
    expect([new Set(owners()), existsSync(unit), readServiceRecord(site)]).to.deep.equal([
      new Set(['0:0']),
      false,
      undefined,
    ]);
  });

  it('stops the engine where somebody else answers for it, and waits until it is gone', async () => {
    await control().install({ account: 'nobody' });
    const engine = spawn(process.execPath, ['-e', 'setInterval(() => 0, 1000)']);
    const note = join(site.path, 'engine.json');
    const address = join(folder(), 'operator.sock');
    const record = { processId: engine.pid, address, generation: 1, key: 'another' };
    const operator = async (...lies: readonly string[]): Promise<ChildProcess> => {
      writeFileSync(note, JSON.stringify(record), { mode: 0o600 });
      chownSync(note, 65534, 65534);
      const child = spawn(process.execPath, [operatorPipe, site.path, ...lies]);
      await once(child.stdout, 'data');
      return child;
    };
    const first = await operator();
    const said: string[] = [];
    deps = { ...deps, say: (line) => said.push(line) };
    const impatient = new ServiceControl(site, { ...deps, endSeconds: 0.1 }, runningEngine);
    expect((await caughtFrom(impatient.control('Stop'))).errorId).to.equal('ServiceStopTimeout');
    onCall = (text) => void (text.startsWith('systemctl stop') && engine.kill());
    await Promise.all([control().control('Stop'), once(engine, 'exit')]);
    first.kill();
    expect([calls.at(-1), engine.signalCode, existsSync(note), said.length]).to.deep.equal([
      'systemctl stop configmgrsync-ABC.service',
      'SIGTERM',
      false,
      2,
    ]);
    expect(said[0]).to.match(/^The engine was not asked to end, but is ended by the system: The other end of /);
    for (const lie of ['999', 'nothing']) {
      rmSync(address, { force: true });
      const liar = await operator(lie);
      calls = [];
      await control().control('Stop');
      liar.kill();
      expect([lie, calls.at(-1)]).to.deep.equal([lie, 'systemctl stop configmgrsync-ABC.service']);
    }
  });

  it('changes the account, and remembers the first owner', async () => {
    await control().install({ account: 'nobody' });
    await control().install({ account: 'root' });
    expect([new Set(owners()), readServiceRecord(site)?.account, readServiceRecord(site)?.formerOwner]).to.deep.equal([
      new Set(['0:0']),
      'root',
      '0:0',
    ]);
    expect(readFileSync(unit, 'utf8')).to.contain('\nUser=root\n');
  });

  it('leaves everything as it was when the registration fails', async () => {
    fails = (call) => call.includes('enable');
    const error = await caughtFrom(control().install({ account: 'nobody' }));
    expect([error.errorId, error.message]).to.deep.equal([
      'ServiceCommandFailed',
      'systemctl enable configmgrsync-ABC.service failed: Failed to do it: it is upside down.',
    ]);
    expect([new Set(owners()), readServiceRecord(site)]).to.deep.equal([new Set(['0:0']), undefined]);
  });

  it('keeps the group of the operators', async () => {
    const shared = await createSite(
      { requestId: 's', siteCode: 'SHR', path: join(folder(), 'SHR'), operators: ['100'], account: '1234' },
      realSiteEnvironment(),
    );
    expect(
      (await caughtFrom(new ServiceControl(shared, deps, runningEngine).install({ account: 'root' }))).errorId,
    ).to.equal('SiteAccountNeeded');
    await new ServiceControl(shared, deps, runningEngine).install({ account: 'nobody' });
    const { uid, gid, mode } = statSync(shared.path);
    expect([uid, gid, mode & 0o7777]).to.deep.equal([65534, 100, 0o2770]);
    expect(readFileSync(join(deps.root, unitPath('SHR')), 'utf8')).to.contain('\nSupplementaryGroups=100\n');
  });

  it('leaves the folder to the account when an operator can have written who it was of', async () => {
    const shared = await createSite(
      { requestId: 's', siteCode: 'SHR', path: join(folder(), 'SHR'), operators: ['100'], account: '1234' },
      realSiteEnvironment(),
    );
    const note = join(shared.path, 'service.json');
    const backTo = async (change: () => void): Promise<number> => {
      chownSync(shared.path, 1234, 100);
      await new ServiceControl(shared, deps, runningEngine).install({ account: 'nobody' });
      expect(statSync(note).mode & 0o777).to.equal(0o640);
      change();
      await new ServiceControl(shared, deps, runningEngine).control('Uninstall');
      return statSync(shared.path).uid;
    };
    expect(await backTo(() => undefined)).to.equal(1234);
    expect(await backTo(() => chmodSync(note, 0o660))).to.equal(65534);
    expect(
      await backTo(() => {
        const forged = { ...readServiceRecord(shared), formerOwner: '777:100' };
        rmSync(note);
        writeFileSync(note, JSON.stringify(forged), { mode: 0o640 });
        chownSync(note, 777, 100);
      }),
    ).to.equal(65534);
  });

  it('refuses who may not, what is not installed, another site of the same name, programs of others', async () => {
    expect(
      (await caughtFrom(new ServiceControl(site, { ...deps, userId: 1000 }, runningEngine).install({}))).errorId,
    ).to.equal('ServiceNeedsAdministrator');
    for (const action of ['Start', 'Stop', 'Uninstall'] as const)
      expect((await caughtFrom(control().control(action))).errorId, action).to.equal('ServiceNotInstalled');
    writeFileSync(unit, '[Unit]\n# ConfigMgrSync site of somebody else\n');
    expect((await caughtFrom(control().install({ account: 'nobody' }))).errorId).to.equal('ServiceNameTaken');
    chmodSync(deps.main, 0o666);
    expect((await caughtFrom(control().install({ account: 'nobody' }))).errorId).to.equal('ServiceProgramNotTrusted');
    const foreign = { ...site, siteCode: '../../x' };
    expect((await caughtFrom(new ServiceControl(foreign, deps, runningEngine).install({}))).errorId).to.equal(
      'SiteCodeInvalid',
    );
    expect(
      (
        await caughtFrom(
          new ServiceControl(
            site,
            {
              ...deps,
              run: async (call) =>
                call.command === 'systemctl' ? { code: 1, stdout: 'offline\n', stderr: '' } : runProgram(call),
            },
            runningEngine,
          ).install({}),
        )
      ).errorId,
    ).to.equal('ServiceUnsupported');
    expect(() => new ServiceControl(site, { ...deps, platform: 'darwin' }, runningEngine)).to.throw('not on darwin');
  });

  it('takes no service of another site for its own, whatever code and GUID stand in site.json', async () => {
    await control().install({ account: 'nobody' });
    const other = await createSite(
      { requestId: 's', siteCode: 'XYZ', path: join(folder(), 'XYZ') },
      realSiteEnvironment(),
    );
    await new ServiceControl(other, deps, runningEngine).install({ account: 'nobody' });
    const posing = { ...other, siteCode: site.siteCode, siteGuid: site.siteGuid };
    calls = [];
    for (const action of ['Start', 'Stop', 'Uninstall'] as const)
      expect(
        (await caughtFrom(new ServiceControl(posing, deps, runningEngine).control(action))).errorId,
        action,
      ).to.equal('ServiceNameTaken');
    expect([calls, existsSync(unit)]).to.deep.equal([[], true]);
  });

  it('ends the engine that runs before anything changes', async () => {
    const engine = await runProgram({ command: process.execPath, args: [main, 'status', '--site-path', site.path] });
    expect(engine.code).to.equal(0);
    expect(existsSync(join(site.path, 'engine.json'))).to.equal(true);
    await control().install({ account: 'nobody' });
    const beat = JSON.parse(readFileSync(join(site.path, 'heartbeat.json'), 'utf8')) as {
      state: string;
      processId: number;
    };
    expect(beat.state).to.equal('Ended');
    expect(() => process.kill(beat.processId, 0)).to.throw('ESRCH');
    expect(existsSync(join(site.path, 'engine.json'))).to.equal(false);
  });
});
