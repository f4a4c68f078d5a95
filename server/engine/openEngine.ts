import { availableParallelism } from 'node:os';
import { reasonOf } from '../errors/SyncError.js';
import { systemClock } from '../platform/Clock.js';
import { cronTicker } from '../platform/cronTicker.js';
import type { Ticker } from '../platform/cronTicker.js';
import { freeBytes } from '../platform/files/room.js';
import { realSealer } from '../platform/sealSecret.js';
import type { SystemLog } from '../platform/systemLog.js';
import { noticeDamage } from '../repair/segmentProblems.js';
import { ServerGroup } from '../servers/ServerGroup.js';
import type { SharingSite } from '../servers/shareKeys.js';
import { filesOf } from '../site/SiteFolder.js';
import type { SiteFolder } from '../site/SiteFolder.js';
import { writeSecrets } from '../site/siteSecrets.js';
import type { SiteContext } from '../state/SiteContext.js';
import { createEngineLog, type EngineLog } from '../status/engineLog.js';
import { closeStore, openSiteStore } from '../store/openSiteStore.js';
import type { Store } from '../store/Store.js';
import { removeLeftFiles } from '../transfer/removeLeftFiles.js';
import type { AfterSyncCommand } from './AfterSyncCommand.js';
import { CompletionFile } from './CompletionFile.js';
import { OwnerWatch } from './OwnerWatch.js';
import { RunFollowUp } from './RunFollowUp.js';
import { type DamageNotice, type EngineBeside, RunningEngine } from './RunningEngine.js';
import { assemble, type Surroundings } from './assemble.js';
import { openContext, type OpenedSite } from './openContext.js';
import { afterSyncCommand, rulePrograms, sendAlert } from './programs.js';
import { layDown, settle, takeUp } from './takeUp.js';

/**
 * What opening a site's engine needs. `generation` comes from the lock, which proves that no other engine has the site.
 */
export interface OpenEngineOptions {
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

/** Whoever started the engine has an answer by then. */
const NOTICE_AFTER_MS = 1000;

/** Opens the database, the documents and the log of a site, and makes the service over them. */
export async function openEngine(given: OpenEngineOptions): Promise<RunningEngine> {
  const options = { ...given, onBusy: given.onBusy ?? NOTHING, log: given.log ?? createEngineLog() };
  const store = await openStore(options);
  const opened = await openContext(options, store).catch(async (caught: unknown) => {
    await closeStore(store);
    throw caught;
  });
  const { context, record } = opened;
  const afterSync = afterSyncCommand(context, options);
  const settled = async (): Promise<void> => {
    for (const run of await settle(context, record)) afterSync.start(run);
  };
  const owner = new OwnerWatch({
    context,
    log: options.log,
    clock: systemClock,
    takeUp: async () => takeUp(context, parts, settled),
    lay: async () => layDown(context, parts),
  });
  if (owner.isOwner) await settled();
  await removeLeft(context);
  const notice = noticeLater(context);
  const beside = createBeside(options, opened, afterSync);
  const parts = assemble(surroundingsOf(options, opened, beside));
  const engine = new RunningEngine({ context, store, parts, owner, notice, ...beside });
  await engine.begin();
  return engine;
}

/** The options with what stands for those that were not given. */
type Options = OpenEngineOptions & Required<Pick<OpenEngineOptions, 'onBusy' | 'log'>>;

const NOTHING = (): void => undefined;

async function openStore(options: Options): Promise<Store> {
  const start = performance.now();
  const store = await openSiteStore({ ...options, report: options.log });
  options.log(`The database was opened in ${Math.round(performance.now() - start)} ms.`);
  return store;
}

async function removeLeft(context: SiteContext): Promise<void> {
  await removeLeftFiles(context).catch((error: unknown) =>
    context.log.write(`Leftover files could not be removed: ${reasonOf(error)}.`),
  );
}

function noticeLater(context: SiteContext): DamageNotice {
  let noticing: Promise<void> | undefined;
  const cancel = systemClock.after(NOTICE_AFTER_MS, () => {
    noticing = noticeDamage(context);
  });
  return { cancel, ended: async () => noticing };
}

function createBeside(options: Options, { context, sharing }: OpenedSite, afterSync: AfterSyncCommand): EngineBeside {
  const { systemLog, onIdle } = options;
  const completion = new CompletionFile(context);
  completion.begin();
  return {
    afterSync,
    completion,
    rulePrograms: rulePrograms(context),
    servers: serverGroup(options, context, sharing),
    followUp: new RunFollowUp({ context, afterSync, completion, systemLog, onIdle }),
  };
}

function serverGroup(
  { log }: Options,
  { shared }: SiteContext,
  sharing: SharingSite | undefined,
): ServerGroup | undefined {
  if (shared === undefined || sharing === undefined) return undefined;
  return new ServerGroup({ ...sharing, shared, clock: systemClock, log });
}

/** What the parts of the engine are put together over, and whom they tell what. */
function surroundingsOf(
  options: Options,
  { context, record }: OpenedSite,
  { completion, rulePrograms, servers, followUp }: EngineBeside,
): Surroundings {
  const { site, systemLog, onBusy, onIdle, log } = options;
  return {
    context,
    record,
    log,
    ticker: options.ticker ?? cronTicker({ log: (line) => context.log.write(line) }),
    ruleActions: { report: async (event) => systemLog?.write(event), run: rulePrograms.run },
    freeBytes: () => freeBytes(filesOf(site), site.path),
    openReader: async () => (await import('../sync/reading/threadedReader.js')).readerFor(availableParallelism()),
    onBusy,
    onIdle: followUp.idle,
    onRun: options.onRun ?? NOTHING,
    onRunEnd: followUp.runEnded,
    sendAlert: sendAlert(context),
    onSending: onBusy,
    onSent: onIdle,
    keepProxyPassword: async (proxyPassword) => writeSecrets(context.site, { proxyPassword }, realSealer()),
    onNamesChange: () => void completion.refresh(),
    servers,
    carrier: servers?.carrier,
    carryLink: servers?.carryLink,
    stop: options.stop,
    handOver: options.handOver ?? (() => false),
    lastHeartbeat: options.lastHeartbeat ?? (() => undefined),
  };
}
