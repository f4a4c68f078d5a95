import { SyncError } from '../../errors/SyncError.js';
import type { ServicePlan } from './ServicePlan.js';
import type { ProgramCall } from '../runProgram.js';
import { folderOfUnit, systemdUnit, unitName, unitPath } from './systemdUnit.js';
import type { ScriptCall } from '../windowsScript.js';
import { folderOfTask, needsPassword, TASK_FOLDER, TASK_LISTS, taskName, windowsTaskXml } from './windowsTask.js';

/**
 * What is done with the manager of services of the machine. `stop` has two parts: before and after the engine was asked
 * to end.
 */
export type ServiceAction = 'install' | 'uninstall' | 'start' | 'prepareStop' | 'stop';

/** One step of an action. */
export type ServiceStep =
  | { readonly kind: 'write'; readonly path: string; readonly text: string }
  | { readonly kind: 'remove'; readonly path: string }
  | { readonly kind: 'run'; readonly call: ProgramCall; readonly shown: string }
  | {
      readonly kind: 'script';
      readonly script: ScriptCall;
      readonly shown: string;
      readonly mayFail?: boolean | 'told';
    };

/** How services are registered on a platform: their text, and the steps of every action. */
export interface ServicePlatform {
  readonly kind: 'ScheduledTask' | 'SystemdUnit';
  /** How the manager names the service. */
  nameOf(siteCode: string): string;
  registration(plan: ServicePlan): string;
  steps(action: ServiceAction, plan: ServicePlan, password?: string): readonly ServiceStep[];
  /** The site folder that a registration names. */
  folderOf(registration: string): string | undefined;
  /** What gives the registration that exists under that name. */
  existing(siteCode: string): { readonly path: string } | { readonly script: ScriptCall };
  /** What gives the result of its last run as a number; undefined where the manager tells it otherwise. */
  lastResult?(siteCode: string): ScriptCall;
}

/** The platform's way; macOS and others have none. */
export function servicePlatform(platform: NodeJS.Platform): ServicePlatform {
  if (platform === 'win32') return scheduledTask;
  if (platform === 'linux') return systemd;
  throw new SyncError('ServiceUnsupported', {
    reason: `this version registers services on Windows and on Linux with systemd, not on ${platform}`,
  });
}

const systemd: ServicePlatform = {
  kind: 'SystemdUnit',
  nameOf: unitName,
  registration: systemdUnit,
  folderOf: folderOfUnit,
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

const scheduledTask: ServicePlatform = {
  kind: 'ScheduledTask',
  nameOf: taskName,
  registration: windowsTaskXml,
  folderOf: folderOfTask,
  existing: (siteCode) => ({ script: taskScript(siteCode, 'Export') }),
  lastResult: (siteCode) => taskScript(siteCode, 'Result'),
  steps: (action, plan, password) => {
    const { siteCode } = plan;
    switch (action) {
      case 'install':
        return [registerTask(plan, password), protectTask(siteCode)];
      case 'uninstall':
        return [onTask(siteCode, 'Unregister')];
      case 'start':
        return [onTask(siteCode, 'Enable'), onTask(siteCode, 'Start')];
      case 'prepareStop':
        return [onTask(siteCode, 'Disable')];
      // It fails when the task has ended by then, as it should have.
      case 'stop':
        return [{ ...onTask(siteCode, 'Stop'), mayFail: true }];
    }
  },
};

type TaskAction = 'Register' | 'Protect' | 'Export' | 'Result' | 'Enable' | 'Disable' | 'Start' | 'Stop' | 'Unregister';

function taskScript(siteCode: string, action: TaskAction, more: Readonly<Record<string, string>> = {}): ScriptCall {
  return { name: 'Invoke-CMSyncTask', given: { action, folder: TASK_FOLDER, name: siteCode, ...more } };
}

type ScriptStep = Extract<ServiceStep, { kind: 'script' }>;

function onTask(siteCode: string, action: TaskAction): ScriptStep {
  const shown = `${action}-ScheduledTask -TaskPath ${TASK_FOLDER} -TaskName ${siteCode}`;
  return { kind: 'script', script: taskScript(siteCode, action), shown };
}

function registerTask(plan: ServicePlan, password: string | undefined): ScriptStep {
  const withPassword = needsPassword(plan.account);
  const more = {
    xml: windowsTaskXml(plan),
    ...(withPassword ? { user: plan.account.name, password: password ?? '' } : {}),
  };
  const shown =
    `Register-ScheduledTask -TaskPath ${TASK_FOLDER} -TaskName ${plan.siteCode} -Xml (as ` +
    `above)${withPassword ? ` -User ${plan.account.name} -Password (not shown)` : ''} -Force`;
  return { kind: 'script', script: taskScript(plan.siteCode, 'Register', more), shown };
}

/** Who made the folder of the tasks first could stop or remove the service. It works without: told, no failure. */
function protectTask(siteCode: string): ScriptStep {
  const shown =
    `Schedule.Service: SetSecurityDescriptor of ${TASK_FOLDER} (${TASK_LISTS.folderList}) and of its task ` +
    `${siteCode} (${TASK_LISTS.taskList})`;
  return { kind: 'script', script: taskScript(siteCode, 'Protect', TASK_LISTS), shown, mayFail: 'told' };
}

function run(call: ProgramCall): { kind: 'run'; call: ProgramCall; shown: string } {
  return { kind: 'run', call, shown: [call.command, ...call.args].join(' ') };
}
