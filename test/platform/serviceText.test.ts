import { expect } from 'chai';
import { XMLParser } from 'fast-xml-parser';
import { SyncError } from '../../server/errors/SyncError.js';
import type { ServicePlan } from '../../server/platform/service/ServicePlan.js';
import { servicePlatform } from '../../server/platform/service/serviceSteps.js';
import { systemdUnit } from '../../server/platform/service/systemdUnit.js';
import { scriptCall } from '../../server/platform/windowsScript.js';
import { windowsTaskXml } from '../../server/platform/service/windowsTask.js';

const PLAN: ServicePlan = {
  siteCode: 'ABC',
  siteGuid: '0a4c6c73-8887-4d7f-9cbe-d08fa8fa9d1e',
  sitePath: '/srv/a b/100%',
  program: '/usr/bin/node',
  main: '/opt/it\'s "$HOME" 5%/main.js',
  account: { name: 'cmsync', id: '998', groupId: 998 },
};
const ON_WINDOWS: ServicePlan = {
  ...PLAN,
  sitePath: 'C:\\ProgramData\\ConfigMgrSync\\ABC & <co>',
  program: 'C:\\Program Files\\nodejs\\node.exe',
  main: 'C:\\Program Files\\ConfigMgrSync\\main.js',
  account: { name: 'NT AUTHORITY\\SYSTEM', id: 'S-1-5-18' },
};
const SVC = { name: 'CONTOSO\\svc', id: 'S-1-5-21-1-2-3-1001' };

interface Task {
  readonly Task: {
    readonly RegistrationInfo: { readonly Documentation: string };
    readonly Triggers: {
      readonly BootTrigger: object;
      readonly TimeTrigger: { readonly Repetition: { readonly Interval: string } };
    };
    readonly Principals: { readonly Principal: Record<string, string> };
    readonly Settings: Record<string, unknown>;
    readonly Actions: { readonly Exec: Record<string, string> };
  };
}

function taskOf(changed: Partial<ServicePlan> = {}): Task['Task'] {
  // oxlint-disable-next-line typescript/no-deprecated -- what replaces it is a package that we do not have
  const parser = new XMLParser({ parseTagValue: false, htmlEntities: true });
  return (parser.parse(windowsTaskXml({ ...ON_WINDOWS, ...changed })) as Task).Task;
}

function codeOf(action: () => unknown): string {
  try {
    action();
    return 'none';
  } catch (caught) {
    return caught instanceof SyncError ? caught.errorId : String(caught);
  }
}

describe('platform: the systemd unit', () => {
  const line = (name: string, changed: Partial<ServicePlan> = {}): string | undefined =>
    systemdUnit({ ...PLAN, ...changed })
      .split('\n')
      .find((text) => text.startsWith(`${name}=`));

  it('escapes what systemd would replace', () => {
    expect(line('ExecStart')).to.equal(
      'ExecStart="/usr/bin/node" "/opt/it\'s \\"$$HOME\\" 5%%/main.js" "serve" "--site-path" "/srv/a b/100%%"',
    );
    expect([line('WorkingDirectory'), line('ReadWritePaths')]).to.deep.equal([
      'WorkingDirectory=/srv/a b/100%%',
      'ReadWritePaths="/srv/a b/100%%"',
    ]);
  });

  it('names account, group, restart and a folder for the socket', () => {
    expect([line('User'), line('SupplementaryGroups'), line('Type'), line('Restart')]).to.deep.equal([
      'User=cmsync',
      undefined,
      'Type=simple',
      'Restart=on-failure',
    ]);
    expect(line('SupplementaryGroups', { operatorGroup: 107 })).to.equal('SupplementaryGroups=107');
    expect([line('RuntimeDirectory'), line('Environment')]).to.deep.equal([
      'RuntimeDirectory=configmgrsync-ABC',
      'Environment=XDG_RUNTIME_DIR=/run/configmgrsync-ABC',
    ]);
    expect([
      line('PrivateTmp'),
      line('PrivateTmp', { sitePath: '/tmp/ABC' }),
      line('PrivateTmp', { sitePath: '/srv/tmp/ABC' }),
    ]).to.deep.equal(['PrivateTmp=yes', 'PrivateTmp=no', 'PrivateTmp=yes']);
    expect(systemdUnit(PLAN))
      .to.contain(PLAN.siteGuid)
      .and.to.contain('NoNewPrivileges=yes')
      .and.not.to.contain('MemoryDenyWriteExecute');
  });

  it('refuses paths that a unit cannot name', () => {
    for (const sitePath of ['/srv/a"b', "/srv/a'b", '/srv/a\\b', '/srv/a\nUser=root', '/srv/ends '])
      expect(
        codeOf(() => systemdUnit({ ...PLAN, sitePath })),
        sitePath,
      ).to.equal('ServicePathUnsupported');
    expect(codeOf(() => systemdUnit({ ...PLAN, main: '/opt/a\nb' }))).to.equal('ServicePathUnsupported');
  });
});

describe('platform: the scheduled task', () => {
  it('starts with the machine, hidden, for ever, and again after a failure', () => {
    const { Settings, Triggers, RegistrationInfo } = taskOf();
    expect(Settings).to.deep.include({
      ExecutionTimeLimit: 'PT0S',
      Hidden: 'true',
      MultipleInstancesPolicy: 'IgnoreNew',
      DisallowStartIfOnBatteries: 'false',
      RestartOnFailure: { Interval: 'PT1M', Count: '255' },
    });
    expect(Triggers.BootTrigger).to.deep.equal({ Enabled: 'true' });
    expect(Triggers.TimeTrigger.Repetition.Interval).to.equal('PT5M');
    expect(RegistrationInfo.Documentation).to.contain(PLAN.siteGuid);
  });

  it('runs node with the paths as they are', () => {
    expect(taskOf().Actions.Exec).to.deep.equal({
      Command: ON_WINDOWS.program,
      Arguments:
        '"C:\\Program Files\\ConfigMgrSync\\main.js" serve --site-path "C:\\ProgramData\\ConfigMgrSync\\ABC & <co>"',
      WorkingDirectory: ON_WINDOWS.sitePath,
    });
  });

  it('allows the after-sync command only where the plan does', () => {
    const allowed = (allowsAfterSyncCommand?: boolean): boolean =>
      (taskOf({ allowsAfterSyncCommand }).Actions.Exec['Arguments'] ?? '').endsWith(' --allow-after-sync-command');
    expect([allowed(), allowed(false), allowed(true)]).to.deep.equal([false, false, true]);
  });

  it('runs whether somebody is logged on or not', () => {
    expect(taskOf().Principals.Principal).to.deep.equal({ UserId: 'S-1-5-18', RunLevel: 'HighestAvailable' });
    expect(taskOf({ account: SVC }).Principals.Principal).to.deep.equal({
      UserId: SVC.id,
      LogonType: 'Password',
      RunLevel: 'HighestAvailable',
    });
  });

  it('is registered with the password on standard input only, and none for accounts that have none', () => {
    const platform = servicePlatform('win32');
    const registered = (
      account: ServicePlan['account'],
      password?: string,
    ): { text: string; input: Record<string, unknown> } => {
      const [step] = platform.steps('install', { ...ON_WINDOWS, account }, password);
      if (step?.kind !== 'script') throw new TypeError('the installation runs nothing');
      const text = [step.shown, ...scriptCall(step.script, {}).args].join(' ');
      return { text, input: step.script.given };
    };
    const withPassword = registered(SVC, 'pa$$word');
    expect(withPassword.text).not.to.contain('pa$$word');
    expect(withPassword.input).to.include({
      user: SVC.name,
      password: 'pa$$word',
      folder: '\\ConfigMgrSync\\',
      name: 'ABC',
    });
    expect(withPassword.input['xml']).to.equal(windowsTaskXml({ ...ON_WINDOWS, account: SVC }));
    for (const account of [ON_WINDOWS.account, { name: 'CONTOSO\\gmsa$', id: 'S-1-5-21-9' }])
      expect(registered(account, 'x').input).not.to.have.any.keys('user', 'password');
  });

  it('is for Windows, the unit for Linux, and nothing for others', () => {
    expect([
      servicePlatform('win32').kind,
      servicePlatform('linux').kind,
      codeOf(() => servicePlatform('darwin')),
    ]).to.deep.equal(['ScheduledTask', 'SystemdUnit', 'ServiceUnsupported']);
  });
});
