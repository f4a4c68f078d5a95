import { serveArguments } from './ServicePlan.js';
import type { ServicePlan } from './ServicePlan.js';
import { quoteWindowsArgument } from '../windowsScript.js';

/** Folder of the tasks in the Task Scheduler. */
export const TASK_FOLDER = '\\ConfigMgrSync\\';

/** The folder and the task belong to Administrators, who have all rights with SYSTEM; others may look. */
export const TASK_LISTS = {
  folderList: 'O:BAG:BAD:P(A;OICI;FA;;;BA)(A;OICI;FA;;;SY)(A;OICI;FR;;;AU)',
  taskList: 'O:BAG:BAD:P(A;;FA;;;BA)(A;;FA;;;SY)(A;;FR;;;AU)',
} as const;

/** Full name of the task of a site. */
export function taskName(siteCode: string): string {
  return `${TASK_FOLDER}${siteCode}`;
}

/** Accounts of the system itself: they have no password. */
const SYSTEM_ACCOUNTS: ReadonlySet<string> = new Set(['S-1-5-18', 'S-1-5-19', 'S-1-5-20']);

/**
 * Tells whether the Task Scheduler needs the password of an account; a group managed service account (its name ends
 * with $) has none to give.
 */
export function needsPassword(account: ServicePlan['account']): boolean {
  return !SYSTEM_ACCOUNTS.has(account.id) && !account.name.endsWith('$');
}

/**
 * The definition of the task of a site (schema of the Task Scheduler, version 1.2): starts with the machine, hidden,
 * without a time limit, whether somebody is
 * logged on or not. Whether an exit code counts as a failure is not documented, so a second trigger looks every five
 * minutes; a running task ignores it.
 */
export function windowsTaskXml(plan: ServicePlan): string {
  const [main, ...rest] = serveArguments(plan);
  return (
    `<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo>
    <Author>ConfigMgrSync</Author>
    <Description>ConfigMgrSync engine of site ${escapeXml(plan.siteCode)}</Description>
    <Documentation>ConfigMgrSync site ${escapeXml(plan.siteGuid)}</Documentation>
  </RegistrationInfo>
  <Triggers>
    <BootTrigger><Enabled>true</Enabled></BootTrigger>
    <TimeTrigger>
      <Enabled>true</Enabled>
      <StartBoundary>2020-01-01T00:00:00</StartBoundary>
      <Repetition><Interval>PT5M</Interval><StopAtDurationEnd>false</StopAtDurationEnd></Repetition>
    </TimeTrigger>
  </Triggers>
  <Principals>
    <Principal id="Author">
      <UserId>${escapeXml(plan.account.id)}</UserId>
${SYSTEM_ACCOUNTS.has(plan.account.id) ? '' : '      <LogonType>Password</LogonType>\n'}      ` +
    `<RunLevel>HighestAvailable</RunLevel>
    </Principal>
  </Principals>
  <Settings>
${SETTINGS.map(([name, value]) => `    <${name}>${value}</${name}>`).join('\n')}
    <RestartOnFailure><Interval>PT1M</Interval><Count>255</Count></RestartOnFailure>
  </Settings>
  <Actions Context="Author">
    <Exec>
      <Command>${escapeXml(plan.program)}</Command>
      <Arguments>${escapeXml([main ?? '', ...rest].map(quoteWindowsArgument).join(' '))}</Arguments>
      <WorkingDirectory>${escapeXml(plan.sitePath)}</WorkingDirectory>
    </Exec>
  </Actions>
</Task>
`
  );
}

/** The site folder that a task of ours names, however the scheduler has written it. */
export function folderOfTask(xml: string): string | undefined {
  const text = /<WorkingDirectory>([^<]*)<\/WorkingDirectory>/.exec(xml)?.[1];
  return text
    ?.replace(/&#(\d+);/g, (_entity, code: string) => String.fromCharCode(Number(code)))
    .replaceAll('&apos;', "'")
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}

const SETTINGS = [
  ['MultipleInstancesPolicy', 'IgnoreNew'],
  ['DisallowStartIfOnBatteries', 'false'],
  ['StopIfGoingOnBatteries', 'false'],
  ['AllowHardTerminate', 'true'],
  ['StartWhenAvailable', 'true'],
  ['RunOnlyIfNetworkAvailable', 'false'],
  ['AllowStartOnDemand', 'true'],
  ['Enabled', 'true'],
  ['Hidden', 'true'],
  ['RunOnlyIfIdle', 'false'],
  ['WakeToRun', 'false'],
  ['ExecutionTimeLimit', 'PT0S'],
  ['Priority', '5'],
] as const;

function escapeXml(text: string): string {
  return text
    .replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '');
}
