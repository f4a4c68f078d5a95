import { SyncError } from '../errors/SyncError.js';
import type { ProgramCall } from './runProgram.js';
import type { ServicePlan } from './ServicePlan.js';
import { systemdUnit, unitName, unitPath } from './systemdUnit.js';
import { powershellCall, systemProgram } from './windowsPrograms.js';
import { needsPassword, taskFolder, taskName, windowsTaskXml } from './windowsTask.js';

/**
 * What is done with the manager of services of the machine. `stop` has two parts: before and after the engine was asked
 * to end.
 */
export type ServiceAction = 'install' | 'uninstall' | 'start' | 'prepareStop' | 'stop';

/** One step of an action. */
export type ServiceStep =
  | { readonly kind: 'write'; readonly path: string; readonly text: string }
  | { readonly kind: 'remove'; readonly path: string }
  | { readonly kind: 'run'; readonly call: ProgramCall; readonly shown: string; readonly mayFail?: boolean };

/** How services are registered on a platform: their text, and the steps of every action. */
export interface ServicePlatform {
  readonly kind: 'ScheduledTask' | 'SystemdUnit';
  /** How the manager names the service. */
  nameOf(siteCode: string): string;
  registration(plan: ServicePlan): string;
  steps(action: ServiceAction, plan: ServicePlan, password?: string): readonly ServiceStep[];
  /** What gives the registration that exists under that name. */
  existing(siteCode: string): { readonly path: string } | { readonly call: ProgramCall };
}

/** The platform's way; macOS and others have none. */
export function servicePlatform(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): ServicePlatform {
  if (platform === 'win32') return scheduledTask(env);
  if (platform === 'linux') return systemd;
  throw new SyncError('ServiceUnsupported', {
    reason: `this version registers services on Windows and on Linux with systemd, not on ${platform}`,
  });
}

const systemd: ServicePlatform = {
  kind: 'SystemdUnit',
  nameOf: unitName,
  registration: systemdUnit,
  existing: (siteCode) => ({ path: unitPath(siteCode) }),
  steps: (action, plan) => {
    const { siteCode } = plan;
    const control = (...args: readonly string[]): ServiceStep => run({ command: 'systemctl', args });
    const name = unitName(siteCode);
    switch (action) {
      case 'install':
        return [
          { kind: 'write', path: unitPath(siteCode), text: systemdUnit(plan) },
          control('daemon-reload'),
          control('enable', name),
        ];
      case 'uninstall':
        return [{ kind: 'remove', path: unitPath(siteCode) }, control('daemon-reload')];
      case 'start':
        return [control('enable', '--now', name)];
      case 'prepareStop':
        return [control('disable', name)];
      case 'stop':
        return [control('stop', name)];
    }
  },
};

/**
 * What varies goes in on standard input, the password too: Register-ScheduledTask gets it inside PowerShell, never on a
 * command line.
 */
const REGISTER_SCRIPT = `$task = @{ TaskPath = $given.folder; TaskName = $given.name; Xml = $given.xml; Force = $true }
if ($given.user) { $task.User = $given.user; $task.Password = $given.password }
[void] (Register-ScheduledTask @task)`;

function scheduledTask(env: NodeJS.ProcessEnv): ServicePlatform {
  const schtasks = (...args: readonly string[]): ProgramCall => ({ command: systemProgram('schtasks.exe', env), args });
  return {
    kind: 'ScheduledTask',
    nameOf: taskName,
    registration: windowsTaskXml,
    existing: (siteCode) => ({ call: schtasks('/Query', '/TN', taskName(siteCode), '/XML') }),
    steps: (action, plan, password) => {
      const name = taskName(plan.siteCode);
      switch (action) {
        case 'install':
          return [registerTask(plan, password, env)];
        case 'uninstall':
          return [run(schtasks('/Delete', '/TN', name, '/F'))];
        case 'start':
          return [run(schtasks('/Change', '/TN', name, '/ENABLE')), run(schtasks('/Run', '/TN', name))];
        case 'prepareStop':
          return [run(schtasks('/Change', '/TN', name, '/DISABLE'))];
        // It fails when the task has ended by then, as it should have.
        case 'stop':
          return [{ ...run(schtasks('/End', '/TN', name)), mayFail: true }];
      }
    },
  };
}

function registerTask(plan: ServicePlan, password: string | undefined, env: NodeJS.ProcessEnv): ServiceStep {
  const withPassword = needsPassword(plan.account);
  const input = {
    folder: taskFolder,
    name: plan.siteCode,
    xml: windowsTaskXml(plan),
    ...(withPassword ? { user: plan.account.name, password: password ?? '' } : {}),
  };
  const shown =
    `Register-ScheduledTask -TaskPath ${taskFolder} -TaskName ${plan.siteCode} -Xml (as ` +
    `above)${withPassword ? ` -User ${plan.account.name} -Password (not shown)` : ''} -Force`;
  return { kind: 'run', call: powershellCall(REGISTER_SCRIPT, input, env), shown };
}

function run(call: ProgramCall): { kind: 'run'; call: ProgramCall; shown: string } {
  return { kind: 'run', call, shown: [call.command, ...call.args].join(' ') };
}
