import { keeperOf } from '../state/keeper.js';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { reasonOf, SyncError } from '../errors/SyncError.js';
import type { Listener } from '../downstream/port/PortOptions.js';
import { ownParentRecord } from '../link/ParentRecord.js';
import { carriedNames } from '../link/ownersWork.js';
import { systemClock } from '../platform/Clock.js';
import type { ListenPlan } from '../platform/ListenPlan.js';
import { cronTicker } from '../platform/cronTicker.js';
import type { Ticker } from '../platform/cronTicker.js';
import { packageVersion } from '../platform/packageFolder.js';
import { runProgram } from '../platform/runProgram.js';
import { realSealer } from '../platform/sealSecret.js';
import type { SystemLog } from '../platform/systemLog.js';
import type { SendMessage } from '../notify/Deliverer.js';
import { notificationSecrets } from '../notify/notificationSecrets.js';
import type { EngineService } from '../rpc/requests.js';
import { systemZone } from '../schedule/zone.js';
import { readServiceRecord } from '../site/ServiceRecord.js';
import { filesOf, SITE_FILES } from '../site/SiteFolder.js';
import { freeBytes } from '../platform/files/room.js';
import type { SiteFolder } from '../site/SiteFolder.js';
import { writeSecrets } from '../site/siteSecrets.js';
import { openWsyncmgrLog } from '../status/WsyncmgrLog.js';
import { SharedLicenseTerms } from '../store/SharedLicenseTerms.js';
import { LicenseTermsStore } from '../store/LicenseTermsStore.js';
import { isOwner } from '../store/SharedStore.js';
import { resumeRun } from '../sync/interruptedRuns.js';
import { removeLeftFiles } from '../transfer/removeLeftFiles.js';
import { AfterSyncCommand } from './AfterSyncCommand.js';
import { CompletionFile, mayChangeNames } from './CompletionFile.js';
import { collectEarly } from './collectEarly.js';
import { RuleProgram } from './RuleProgram.js';
import { OwnerWatch } from './OwnerWatch.js';
import { assemble } from './assemble.js';
import { followNews } from './followNews.js';
import { layDown, settle, takeUp } from './takeUp.js';
import type { ComponentSettings } from '../state/ComponentSettings.js';
import type { Run } from '../contract/generated/types.js';
import type { SiteContext } from '../state/SiteContext.js';
import { Mutex } from '../platform/Mutex.js';
import { noticeDamage } from '../repair/segmentProblems.js';
import { confirmIdentity } from '../state/confirmIdentity.js';
import { createEngineLog, type EngineLog } from '../status/engineLog.js';
import type { SiteLinks } from '../link/SiteLinks.js';
import { reportRun } from '../sync/tellRun.js';
import { hookRefusal, programRefusal } from '../state/afterSyncRefusal.js';
import { ServerGroup } from '../servers/ServerGroup.js';
import { closeStore, openSiteStore } from '../store/openSiteStore.js';
import { shareKeys, type SharingSite } from '../servers/shareKeys.js';
import type { Store } from '../store/Store.js';
import type { ParentRecord } from '../link/ParentRecord.js';
import { readSettings } from '../state/settingsStore.js';

/**
 * What opening a site's engine needs. `generation` comes from the lock, which proves that no other engine has the site.
 */
interface OpenEngineOptions {
  readonly site: SiteFolder;
  readonly generation: number;
  readonly verifyHighest?: () => void | Promise<void>;
  /** Called when a run, a maintenance or an after-sync command begins; once for each. */
  readonly onBusy?: () => void;
  /** Called once a run is under way. */
  readonly onRun?: () => void;
  /** Called when one of them has ended. */
  readonly onIdle: () => void;
  /** Called by `engine/stop`. */
  readonly stop: () => void;
  /** What the schedule is looked at by; every full minute if not given. */
  readonly ticker?: Ticker;
  /** True for the engine of a service. */
  readonly isService?: boolean;
  /** True for a service whose registration does not allow the after-sync command. */
  readonly refusesAfterSyncCommand?: boolean;
  /** Called by `engine/handover`; false when this engine stays. */
  readonly handOver?: (successor: string) => boolean;
  readonly lastHeartbeat?: () => Date | undefined;
  /** Where failed runs are reported; nowhere if not given. */
  readonly systemLog?: SystemLog;
  /** Takes a line for engine.log; standard error if not given. */
  readonly log?: EngineLog;
}

/** An open site: its service, and whether it is at work. */
export interface OpenEngine {
  readonly service: EngineService;
  readonly isBusy: () => boolean;
  /** Id of the run under way, 0 for none. */
  readonly currentRun: () => number;
  /** Goes on with the run that the engine before this one was ended in. */
  resume(): Promise<void>;
  /** Takes up a maintenance that the last engine left undone; called once somebody keeps the engine alive meanwhile. */
  resumeMaintenance(): void;
  /** The links to the parent and to the nodes below. */
  readonly links: SiteLinks;
  /** Serves downstream servers from the store until the listener is closed. @throws SyncError PortInUse */
  serve(plan: ListenPlan): Promise<Listener>;
  /** Ends a run and a maintenance under way; no other one begins. */
  endRun(): Promise<void>;
  /** Ends a run and a maintenance under way, then closes everything. */
  close(): Promise<void>;
}

/** Whoever started the engine has an answer by then. */
const NOTICE_AFTER_MS = 1000;

/** Opens the database, the documents and the log of a site, and makes the service over them. */
export async function openEngine(options: OpenEngineOptions): Promise<OpenEngine> {
  const report = options.log ?? createEngineLog();
  const start = performance.now();
  const store = await openSiteStore({ ...options, report });
  report(`The database was opened in ${Math.round(performance.now() - start)} ms.`);
  const { context, record, sharing } = await openContext(options, store).catch(async (caught: unknown) => {
    await closeStore(store);
    throw caught;
  });
  const onBusy = options.onBusy ?? (() => undefined);
  const afterSync = afterSyncCommand(context, { onBusy, onIdle: options.onIdle });
  const settled = async (): Promise<void> => {
    for (const run of await settle(context, record)) afterSync.start(run);
  };
  const owner = new OwnerWatch({
    context,
    log: options.log ?? createEngineLog(),
    clock: systemClock,
    takeUp: async () => takeUp(context, parts, settled),
    lay: async () => layDown(context, parts),
  });
  if (owner.isOwner) await settled();
  await removeLeftFiles(context).catch((error: unknown) =>
    context.log.write(`Leftover files could not be removed: ${reasonOf(error)}.`),
  );
  let noticing: Promise<void> | undefined;
  const endNotice = systemClock.after(NOTICE_AFTER_MS, () => {
    noticing = noticeDamage(context);
  });
  const completion = new CompletionFile(context);
  completion.begin();
  const system = { platform: process.platform, env: process.env, run: runProgram };
  const refusal = async (program: string): Promise<string | undefined> => programRefusal(context, program);
  const ruleProgram = new RuleProgram({ log: context.log, environment: process.env, system, refusal });
  const servers =
    store.shared === undefined || sharing === undefined
      ? undefined
      : new ServerGroup({
          ...sharing,
          shared: store.shared,
          clock: systemClock,
          log: options.log ?? createEngineLog(),
        });
  let afterRun: Promise<unknown> = Promise.resolve();
  const parts = assemble({
    context,
    ruleActions: { report: async (event) => options.systemLog?.write(event), run: ruleProgram.run },
    freeBytes: () => freeBytes(filesOf(options.site), options.site.path),
    record,
    ticker: options.ticker ?? cronTicker({ log: (line) => context.log.write(line) }),
    log: options.log ?? createEngineLog(),
    onBusy,
    onIdle: () => {
      afterRun = Promise.all([afterRun, fold(context)]).finally(options.onIdle);
    },
    openReader: async () => (await import('../sync/reading/threadedReader.js')).readerFor(availableParallelism()),
    onRun: options.onRun ?? (() => undefined),
    sendAlert: sendAlert(context),
    onSending: onBusy,
    onSent: options.onIdle,
    onRunEnd: (run) => {
      const told = tellSystem(context, run, options.systemLog);
      afterRun = Promise.all([told, mayChangeNames(run) ? completion.refresh() : undefined]);
      afterSync.start(run);
    },
    keepProxyPassword: async (proxyPassword) => writeSecrets(context.site, { proxyPassword }, realSealer()),
    onNamesChange: () => void completion.refresh(),
    servers,
    carrier: servers?.carrier,
    carryLink: servers?.carryLink,
    stop: options.stop,
    handOver: options.handOver ?? (() => false),
    lastHeartbeat: options.lastHeartbeat ?? (() => undefined),
  });
  const { activity, runner, maintainer, hierarchy, alerts, statusRules, scheduler, deliverer, links, service } = parts;
  const endNews = followNews({ context, links, hierarchy, onNames: () => void completion.refresh() });
  // Engines that were killed one after the other before a run ended leave journals that make every start slower.
  void fold(context);
  servers?.begin(
    service,
    runner,
    carriedNames(async () => (await links.host()).work),
  );
  const endRun = async (): Promise<void> => {
    endNews();
    servers?.end();
    await owner.stop();
    await scheduler.stop();
    await deliverer.stop();
    await hierarchy.stop();
    // Before the run that is ended here could start one.
    afterSync.stop();
    await runner.end(new SyncError('EngineStopped', { run: runner.current?.Id ?? 0 }));
    await maintainer.stop();
    await alerts.stop();
    ruleProgram.stop();
    await statusRules.stop();
    await afterRun;
  };
  await links.openWhereLinked();
  // What the engine before this one could not deliver.
  deliverer.wake();
  owner.begin();
  const endWatch = collectEarly({ clock: systemClock });
  return {
    service,
    isBusy: () => activity.isActive,
    currentRun: () => runner.current?.Id ?? 0,
    resume: async () => (isOwner(context) ? resumeRun(context, runner) : undefined),
    resumeMaintenance: () => void maintainer.resume(),
    links,
    serve: async (plan) => (await links.host()).serve(plan),
    endRun,
    close: async () => {
      endWatch();
      endNotice();
      await endRun();
      await servers?.ended();
      await links.close();
      await afterSync.ended();
      await noticing;
      await completion.ended();
      await context.log.close();
      await closeStore(store);
    },
  };
}

async function fold(context: SiteContext): Promise<void> {
  await context.database
    .fold()
    .catch((error: unknown) =>
      context.log.write(`Writing a snapshot failed: ${reasonOf(error)}. The journal continues.`),
    );
}

/** The system is told of a failure or its end. */
async function tellSystem(context: SiteContext, run: Run, systemLog?: SystemLog): Promise<void> {
  if (systemLog === undefined) return;
  await reportRun(context, run, systemLog).catch((error: unknown) =>
    context.log.write(`Writing the run to the event log of the system failed: ${reasonOf(error)}.`),
  );
}

/** Mail and HTTP are loaded when the first alert is sent. */
function sendAlert(context: SiteContext): SendMessage {
  const secrets = notificationSecrets(context.site, realSealer());
  return async (message, to, how) => {
    const { send } = await import('../notify/Sender.js');
    return send(message, to, { context, secrets, environment: process.env, ...how });
  };
}

function afterSyncCommand(context: SiteContext, hold: { onBusy: () => void; onIdle: () => void }): AfterSyncCommand {
  const settings = async (): Promise<ComponentSettings> => readSettings(context.database, context.site.serverName);
  return new AfterSyncCommand({
    settings,
    log: context.log,
    environment: process.env,
    refusal: async (hook) => hookRefusal(context, hook),
    system: { platform: process.platform, env: process.env, run: runProgram },
    ...hold,
  });
}

/** The site as its engine works on it. */
interface OpenedSite {
  readonly context: SiteContext;
  /** What it knows of itself as a node of its parent. */
  readonly record: ParentRecord | undefined;
  /** Where several servers can share it. */
  readonly sharing: SharingSite | undefined;
}

async function openContext(options: OpenEngineOptions, store: Store): Promise<OpenedSite> {
  const { database, documents, shared } = store;
  const sharing =
    shared === undefined
      ? undefined
      : await shareKeys(options.site, { rows: shared.keys, self: shared.role.self.id }, realSealer());
  const site = sharing?.site ?? options.site;
  const parent = await ownParentRecord(site, realSealer());
  const folder = (name: string): string => path.join(site.path, name);
  const now = (): Date => new Date();
  const report = options.log ?? createEngineLog();
  const log = openWsyncmgrLog({
    folder: folder(SITE_FILES.logs),
    files: site.files,
    now,
    thread: process.pid,
    onFailure: report,
  });
  const terms = new LicenseTermsStore(folder(SITE_FILES.licenseTerms), site.files);
  const context: SiteContext = {
    site,
    parent,
    database,
    shared,
    licenseTerms: shared === undefined ? terms : new SharedLicenseTerms(shared.licenseTerms, terms),
    documents,
    log,
    now,
    zone: systemZone,
    processId: process.pid,
    version: packageVersion(),
    keeper: () => keeperOf(options.isService === true, readServiceRecord(site) !== undefined),
    refusesAfterSyncCommand: options.refusesAfterSyncCommand === true,
    settingsMutex: new Mutex(),
    // The HTTP client is loaded when the first synchronization needs it: most commands only read.
    packageKey: async () => {
      const key = await (await import('../transfer/packageKey.js')).sitePackageKey(site);
      await confirmIdentity({ database, shared, log }, 'packageKey', key.fingerprint);
      return key;
    },
    createSource: async (settings, answers) =>
      (await import('../state/createSource.js')).createSource(settings, { site, parent, answers }),
  };
  return { context, record: parent, sharing };
}
