import { systemClock } from '../platform/Clock.js';
import type { AccountsOptions } from '../platform/accounts/accounts.js';
import { programFile } from '../platform/packageFolder.js';
import { runProgram } from '../platform/runProgram.js';
import type { ServiceManagerOptions } from '../platform/service/serviceManager.js';
import { createSystemLog, EVENT_ID } from '../platform/systemLog.js';
import { entryScript } from '../platform/windowsScript.js';
import { realEngineDeps } from '../rpc/EngineDeps.js';
import type { EngineDeps } from '../rpc/EngineDeps.js';
import type { SiteFolder } from '../site/SiteFolder.js';
import type { ServiceRecord } from '../site/ServiceRecord.js';

/** What registering a service needs from outside; replaced in tests. */
export interface ServiceDeps extends AccountsOptions, ServiceManagerOptions, EngineDeps {
  /** Node.js. */
  readonly program: string;
  /** The script of ConfigMgrSync. */
  readonly main: string;
  /** On Windows: the scripts that the system is asked through lie beside this one. */
  readonly script: string;
  /** Longest wait for an engine that shall end. */
  readonly endSeconds: number;
  /** Takes what is to be said beside an answer. */
  readonly say: (line: string) => void;
  /** Tells the log of the system: on Windows this also registers its source, for which one must be an administrator. */
  readonly tellInstalled: (site: SiteFolder, record: ServiceRecord) => Promise<void>;
}

/** This machine, this installation. `log` takes what could not be told to the system. */
export function realServiceDeps(log: (line: string) => void): ServiceDeps {
  const system = { platform: process.platform, env: process.env, run: runProgram };
  return {
    ...realEngineDeps(),
    ...system,
    clock: systemClock,
    userId: process.getuid?.(),
    root: '',
    program: process.execPath,
    main: programFile(),
    script: entryScript(),
    endSeconds: 60,
    say: log,
    tellInstalled: async (site, record) =>
      createSystemLog({ ...system, log }).write({
        id: EVENT_ID.installed,
        level: 'Information',
        text:
          `The engine of site ${site.siteCode} in ${site.path} now runs as the service ${record.service} ` +
          `under ${record.account}.`,
      }),
  };
}
