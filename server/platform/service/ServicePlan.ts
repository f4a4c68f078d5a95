import { listenArguments, type ListenPlan } from '../ListenPlan.js';

/** The account a service runs under. */
export interface ServiceAccount {
  /** As administrators write it: `NT AUTHORITY\SYSTEM`, `CONTOSO\svc`, `cmsync`. */
  readonly name: string;
  /** The SID on Windows, the user id elsewhere. */
  readonly id: string;
  /** Elsewhere than on Windows: the user's own group. */
  readonly groupId?: number;
}

/** Everything that the registration of a service says. Paths are absolute. */
export interface ServicePlan {
  readonly siteCode: string;
  readonly siteGuid: string;
  readonly sitePath: string;
  /** Node.js. */
  readonly program: string;
  /** The script of ConfigMgrSync. */
  readonly main: string;
  readonly account: ServiceAccount;
  /** Elsewhere than on Windows: the number of the group that the site folder is shared with. */
  readonly operatorGroup?: number;
  /** Where it serves downstream servers; nowhere if not given. */
  readonly listen?: ListenPlan;
  /** True where it may run the after-sync command, which operators set, under its account. */
  readonly allowsAfterSyncCommand?: boolean;
}

/** What the program is started with. */
export function serveArguments(plan: ServicePlan): readonly string[] {
  return [
    plan.main,
    'serve',
    '--site-path',
    plan.sitePath,
    ...(plan.listen === undefined ? [] : listenArguments(plan.listen)),
    ...(plan.allowsAfterSyncCommand === true ? ['--allow-after-sync-command'] : []),
  ];
}

/** Exit code with which a service asks to be started again: its module was replaced by a newer one. */
export const RESTART_EXIT_CODE = 75;
