import type {
  Service,
  ServiceControlRequest,
  ServiceDescribeRequest,
  ServiceInstallRequest,
} from '../contract/generated/types.js';
import { reasonOf, SyncError } from '../errors/SyncError.js';
import type { ServiceAccount, ServicePlan } from '../platform/service/ServicePlan.js';
import { isAdministrator } from '../platform/accounts/accounts.js';
import { giveFolder, grantOnWindows } from '../platform/accounts/giveFolder.js';
import { checkPrograms } from '../platform/programTrust.js';
import { ServiceManager } from '../platform/service/serviceManager.js';
import { needsPassword } from '../platform/service/windowsTask.js';
import type { SiteFolder } from '../site/SiteFolder.js';
import { verifySiteFolder } from '../site/siteTrust.js';
import type { ServiceDeps } from './ServiceDeps.js';
import {
  readServiceRecord,
  removeServiceRecord,
  type ServiceRecord,
  writeServiceRecord,
} from '../site/ServiceRecord.js';
import { describeService } from './describeService.js';
import { nodeOfService, refuseOldNode } from './nodeOfService.js';
import { installedPlan, plannedService } from './servicePlan.js';
import { formerOwnerOf, ownerOf, ownerToGoBackTo } from './siteOwner.js';

/** How the engine of a site is asked to end, and waited for; whoever speaks with engines gives it. */
export interface RunningEngine {
  /** @throws SyncError EngineHung, ServiceStopTimeout */
  readonly end: (site: SiteFolder, deps: ServiceDeps) => Promise<void>;
  /** Waits until it is gone, where it was ended without being asked. @throws SyncError ServiceStopTimeout */
  readonly gone: (site: SiteFolder, deps: ServiceDeps) => Promise<void>;
  /** @throws SyncError EngineStartFailed */
  readonly wait: (site: SiteFolder, deps: ServiceDeps) => Promise<void>;
}

/** Installs, removes, starts and stops the service of one site. */
export class ServiceControl {
  readonly #site: SiteFolder;
  readonly #deps: ServiceDeps;
  readonly #engine: RunningEngine;
  readonly #manager: ServiceManager;

  /** @throws SyncError ServiceUnsupported */
  constructor(site: SiteFolder, deps: ServiceDeps, engine: RunningEngine) {
    this.#site = site;
    this.#deps = deps;
    this.#engine = engine;
    this.#manager = new ServiceManager(deps);
  }

  /** What an action would do; nothing is done. */
  async describe({ action, ...wanted }: ServiceDescribeRequest): Promise<Service> {
    if (action !== 'Install') return this.#described(installedPlan(this.#site, this.#deps), action);
    const plan = await plannedService(this.#site, wanted, this.#deps);
    await this.#nodeOf(plan);
    return this.#described(plan, action);
  }

  /**
   * Registers the service and gives the site folder to its account; it starts with the machine or by `control`. An
   * engine that runs is ended first.
   * @throws SyncError ServiceNeedsAdministrator, ServiceAccountInvalid, ServiceProgramNotTrusted,
   * DatabaseEngineMissing, ServiceNameTaken, ServiceCommandFailed, ServiceStopTimeout
   */
  async install({ password, ...wanted }: Omit<ServiceInstallRequest, 'requestId'>): Promise<Service> {
    await this.#needAdministrator('The installation');
    await this.#manager.check();
    await verifySiteFolder(this.#site, this.#deps);
    const plan = await plannedService(this.#site, wanted, this.#deps);
    if (this.#isShared && plan.account.id === '0')
      throw new SyncError('SiteAccountNeeded', { site: this.#site.siteCode });
    if (this.#manager.platform.kind === 'ScheduledTask' && needsPassword(plan.account) && (password ?? '') === '') {
      throw new SyncError('ServiceAccountInvalid', {
        account: plan.account.name,
        reason: 'Windows needs its password to start a task without a session',
      });
    }
    const scripts = this.#deps.platform === 'win32' ? [this.#deps.script] : [];
    await checkPrograms([plan.program, plan.main, ...scripts], plan.account, this.#deps);
    const versions = await this.#nodeOf(plan);
    await this.#refuseTakenName(plan);
    await this.#endRunning(plan);
    const record = this.#recordOf(plan, versions);
    await this.#handOver(record, plan.account, async () => this.#manager.perform('install', plan, password));
    await this.#deps.tellInstalled(this.#site, record);
    return this.#described(plan, 'Install');
  }

  /**
   * Does what is asked with the service that is installed. @throws SyncError ServiceNeedsAdministrator,
   * ServiceNotInstalled, ServiceCommandFailed
   */
  async control(action: ServiceControlRequest['action']): Promise<Service> {
    if (action === 'Uninstall') return this.#uninstall();
    return action === 'Start' ? this.#start() : this.#stop();
  }

  /** Removes the service; on Linux the folder goes back to whom it belonged to before. */
  async #uninstall(): Promise<Service> {
    await this.#needAdministrator('The removal');
    const plan = await this.#installed();
    await this.#endRunning(plan);
    if ((await this.#manager.existing(plan.siteCode)) !== undefined) await this.#manager.perform('uninstall', plan);
    const owner = ownerToGoBackTo(this.#site, readServiceRecord(this.#site));
    await this.#takeFrom(readServiceRecord(this.#site));
    await removeServiceRecord(this.#site);
    // Root does not work where operators can write: there the account stays the owner.
    if (owner !== undefined && !(this.#isShared && owner.id === '0')) await this.#give(owner);
    return this.#described(plan, 'Uninstall');
  }

  /** Starts the service and waits until its engine answers. */
  async #start(): Promise<Service> {
    await this.#needAdministrator('The start');
    const plan = await this.#installed();
    await this.#manager.perform('start', plan);
    await this.#engine.wait(this.#site, this.#deps).catch(async (caught: unknown) => {
      // The manager may know why nothing came: a right of the account, its password.
      const reason = await this.#manager.reasonOfLastResult(plan.siteCode);
      if (reason === undefined) throw caught;
      throw new SyncError('EngineStartFailed', { site: plan.siteCode, reason }, { cause: caught });
    });
    return this.#described(plan, 'Start');
  }

  /**
   * Stops the service until it is started again, also over a restart of the machine; a synchronization ends and goes on
   * at the next start.
   */
  async #stop(): Promise<Service> {
    await this.#needAdministrator('The stop');
    const plan = await this.#installed();
    await this.#endRunning(plan);
    return this.#described(plan, 'Stop');
  }

  /** First nothing may start it again, then its engine is asked to end, then the manager makes sure. */
  async #endRunning(plan: ServicePlan): Promise<void> {
    const isInstalled = (await this.#manager.existing(plan.siteCode)) !== undefined;
    if (isInstalled) await this.#manager.perform('prepareStop', plan);
    const hasEnded = await this.#askToEnd(isInstalled);
    if (isInstalled) await this.#manager.perform('stop', plan);
    if (!hasEnded) await this.#engine.gone(this.#site, this.#deps);
  }

  /** False where it cannot be asked, because an operator serves its pipe for example: the manager ends it anyway. */
  async #askToEnd(isInstalled: boolean): Promise<boolean> {
    try {
      await this.#engine.end(this.#site, this.#deps);
      return true;
    } catch (caught) {
      const isAsked = caught instanceof SyncError && caught.errorId === 'ServiceStopTimeout';
      if (!isInstalled || isAsked) throw caught;
      this.#deps.say(`The engine was not asked to end, but is ended by the system: ${reasonOf(caught)}`);
      return false;
    }
  }

  /** Versions of the Node.js that the service will run. @throws SyncError DatabaseEngineMissing */
  async #nodeOf({ program }: ServicePlan): Promise<ServiceRecord['versions']> {
    const { run } = this.#deps;
    const versions = await nodeOfService({ program, run });
    refuseOldNode(this.#site, program, versions);
    const { node, sqlite } = versions;
    return node === undefined ? undefined : { node, sqlite };
  }

  #recordOf(plan: ServicePlan, versions: ServiceRecord['versions']): ServiceRecord {
    const owner = ownerToGoBackTo(this.#site, readServiceRecord(this.#site));
    const before =
      owner === undefined ? ownerOf(this.#site, this.#deps.platform) : `${owner.id}:${String(owner.groupId)}`;
    const installed = this.#deps.clock.now().toISOString();
    return {
      service: this.#manager.platform.nameOf(plan.siteCode),
      account: plan.account.name,
      accountId: plan.account.id,
      installed,
      versions,
      listen: plan.listen,
      ...(plan.allowsAfterSyncCommand === true ? { allowsAfterSyncCommand: true } : {}),
      formerOwner: before,
    };
  }

  /** Gives the folder to the account and registers; where that fails the folder is as it was before. */
  async #handOver(record: ServiceRecord, account: ServiceAccount, register: () => Promise<void>): Promise<void> {
    const before = readServiceRecord(this.#site);
    const owner = formerOwnerOf({ ...record, formerOwner: ownerOf(this.#site, this.#deps.platform) ?? '' });
    let keepsAccess = false;
    try {
      keepsAccess = await this.#give(account, before);
      // Afterwards, so that what stands there under the name of the account was not put there by an operator.
      await this.#writeRecord(keepsAccess ? { ...record, keepsAccess } : record);
      await register();
    } catch (caught) {
      await this.#giveBack(owner, keepsAccess ? { ...record, keepsAccess } : record, before).catch((failed: unknown) =>
        this.#deps.say(`The folder ${this.#site.path} could not be set back to its earlier state: ${reasonOf(failed)}`),
      );
      throw caught;
    }
  }

  get #isShared(): boolean {
    return this.#deps.platform !== 'win32' && this.#site.operators.length > 0;
  }

  async #writeRecord(record: ServiceRecord): Promise<void> {
    await writeServiceRecord(this.#site, record, this.#site.operators.length > 0 ? 0o640 : 0o600);
  }

  /** True where the account had full control before and keeps it when the service goes. */
  async #give(account: ServiceAccount, before?: ServiceRecord): Promise<boolean> {
    const { operators, path } = this.#site;
    if (this.#deps.platform !== 'win32') {
      await giveFolder(this.#site, { account, keepsGroup: operators.length > 0 });
      return false;
    }
    const change = { adds: account.id, removes: leavingAccount(before, account.id), operators };
    const hadAccess = await grantOnWindows(path, change, this.#deps);
    return before?.accountId === account.id ? before.keepsAccess === true : hadAccess;
  }

  /** On Windows the account of a service that goes has no entry any more. */
  async #takeFrom(record: ServiceRecord | undefined): Promise<void> {
    const removes = leavingAccount(record);
    if (this.#deps.platform !== 'win32' || removes === undefined) return;
    await grantOnWindows(this.#site.path, { removes, operators: this.#site.operators }, this.#deps);
  }

  /** The folder as it was before an installation that failed. */
  async #giveBack(owner: ServiceAccount | undefined, failed: ServiceRecord, before?: ServiceRecord): Promise<void> {
    if (before === undefined) await removeServiceRecord(this.#site);
    else await this.#writeRecord(before);
    if (owner !== undefined) await this.#give(owner);
    else if (before === undefined) await this.#takeFrom(failed);
    else await this.#give({ name: before.account, id: before.accountId }, failed);
  }

  /**
   * Operators can write site.json: with the code of another site theirs would end or remove its service. On Windows the
   * folder is looked at first: what somebody else put there could lead an administrator to a pipe of his.
   */
  async #installed(): Promise<ServicePlan> {
    await verifySiteFolder(this.#site, this.#deps);
    const plan = installedPlan(this.#site, this.#deps);
    await this.#refuseTakenName(plan);
    return plan;
  }

  /** A registration of this site has its GUID and names its folder: operators can copy the GUID of another one. */
  async #refuseTakenName({ siteCode, siteGuid, sitePath }: ServicePlan): Promise<void> {
    const existing = await this.#manager.existing(siteCode);
    if (existing === undefined) return;
    const folder = this.#manager.platform.folderOf(existing);
    if (existing.includes(siteGuid) && (folder === undefined || folder.toLowerCase() === sitePath.toLowerCase()))
      return;
    throw new SyncError('ServiceNameTaken', { service: this.#manager.platform.nameOf(siteCode), path: sitePath });
  }

  async #needAdministrator(action: string): Promise<void> {
    if (!(await isAdministrator(this.#deps)))
      throw new SyncError('ServiceNeedsAdministrator', { action, site: this.#site.siteCode });
  }

  #described(plan: ServicePlan, action: ServiceDescribeRequest['action']): Service {
    return describeService(plan, { action, manager: this.#manager, now: this.#deps.clock.now() });
  }
}

const SYSTEM = 'S-1-5-18';

/** The account of an installation that loses its access where another one comes, or none. */
function leavingAccount(record: ServiceRecord | undefined, next?: string): string | undefined {
  if (record === undefined || record.keepsAccess === true) return undefined;
  return record.accountId === next || record.accountId === SYSTEM ? undefined : record.accountId;
}
