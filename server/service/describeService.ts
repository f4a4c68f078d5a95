import type { Service, ServiceDescribeRequest } from '../contract/generated/types.js';
import type { ServiceManager } from '../platform/service/serviceManager.js';
import type { ServicePlan } from '../platform/service/ServicePlan.js';
import type { ServiceAction } from '../platform/service/serviceSteps.js';
import { endedCleanly, type HeartbeatRecord, MISSED_BEATS, readHeartbeat } from '../site/heartbeatFile.js';
import { readServiceRecord } from '../site/ServiceRecord.js';

/** What is described. */
interface DescribeOptions {
  readonly action: ServiceDescribeRequest['action'];
  readonly manager: ServiceManager;
  readonly now: Date;
}

const ACTIONS: Readonly<Record<ServiceDescribeRequest['action'], readonly ServiceAction[]>> = {
  Install: ['install'],
  Start: ['start'],
  Stop: ['prepareStop', 'stop'],
  Uninstall: ['prepareStop', 'stop', 'uninstall'],
};

/** So many beats may be missing before an engine counts as stopped. */

/** The object of the contract. */
export function describeService(plan: ServicePlan, { action, manager, now }: DescribeOptions): Service {
  const beat = readHeartbeat(plan.sitePath);
  return {
    SiteCode: plan.siteCode,
    Name: manager.platform.nameOf(plan.siteCode),
    Kind: manager.platform.kind,
    Account: plan.account.name,
    State:
      readServiceRecord({ path: plan.sitePath }) === undefined
        ? 'NotInstalled'
        : isBeating(beat, now)
          ? 'Running'
          : 'Stopped',
    HeartbeatTime: beat?.time ?? null,
    InstallDir: plan.sitePath,
    Registration: manager.platform.registration(plan),
    Commands: ACTIONS[action].flatMap((step) => manager.describe(step, plan)),
  };
}

function isBeating(beat: HeartbeatRecord | undefined, now: Date): boolean {
  if (beat?.isService !== true || endedCleanly(beat)) return false;
  return now.getTime() - Date.parse(beat.time) < MISSED_BEATS * beat.intervalSeconds * 1000;
}
