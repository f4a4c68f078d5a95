import { SyncError } from '../errors/SyncError.js';
import type { Listener } from '../downstream/port/PortOptions.js';
import type { SiteLinks } from '../link/SiteLinks.js';
import { carriedNames } from '../link/ownersWork.js';
import { systemClock } from '../platform/Clock.js';
import type { ListenPlan } from '../platform/ListenPlan.js';
import type { EngineService } from '../rpc/requests.js';
import type { ServerGroup } from '../servers/ServerGroup.js';
import type { SiteContext } from '../state/SiteContext.js';
import { isOwner } from '../store/SharedStore.js';
import type { Store } from '../store/Store.js';
import { closeStore } from '../store/openSiteStore.js';
import { resumeRun } from '../sync/interruptedRuns.js';
import type { AfterSyncCommand } from './AfterSyncCommand.js';
import type { CompletionFile } from './CompletionFile.js';
import type { OwnerWatch } from './OwnerWatch.js';
import type { RuleProgram } from './RuleProgram.js';
import { fold, type RunFollowUp } from './RunFollowUp.js';
import type { EngineParts } from './assemble.js';
import { collectEarly } from './collectEarly.js';
import { followNews } from './followNews.js';

/** What an engine has beside the parts that are assembled. */
export interface EngineBeside {
  readonly afterSync: AfterSyncCommand;
  readonly completion: CompletionFile;
  readonly rulePrograms: RuleProgram;
  /** The servers of the site, where several can share it. */
  readonly servers: ServerGroup | undefined;
  readonly followUp: RunFollowUp;
}

/** A look for damage that is still to come. */
export interface DamageNotice {
  readonly cancel: () => void;
  /** Waits for one under way. */
  readonly ended: () => Promise<void>;
}

/** What a running engine is made of. */
interface EngineMake extends EngineBeside {
  readonly context: SiteContext;
  readonly store: Store;
  readonly parts: EngineParts;
  readonly owner: OwnerWatch;
  readonly notice: DamageNotice;
}

/** An open site: its service, and whether it is at work. */
export class RunningEngine {
  readonly service: EngineService;
  /** The links to the parent and to the nodes below. */
  readonly links: SiteLinks;
  readonly #make: EngineMake;
  readonly #endNews: () => void;
  #endWatch: () => void = () => undefined;

  constructor(make: EngineMake) {
    const { context, parts, completion } = make;
    this.#make = make;
    this.service = parts.service;
    this.links = parts.links;
    const { links, hierarchy } = parts;
    this.#endNews = followNews({ context, links, hierarchy, onNames: () => void completion.refresh() });
  }

  /** Begins what goes on by itself; called once. */
  async begin(): Promise<void> {
    const { context, parts, owner, servers } = this.#make;
    // Engines that were killed one after the other before a run ended leave journals that make every start slower.
    void fold(context);
    const inside = carriedNames(async () => (await this.links.host()).work);
    servers?.begin(this.service, parts.runner, inside);
    await this.links.openWhereLinked();
    // What the engine before this one could not deliver.
    parts.deliverer.wake();
    owner.begin();
    this.#endWatch = collectEarly({ clock: systemClock });
  }

  isBusy(): boolean {
    return this.#make.parts.activity.isActive;
  }

  /** Id of the run under way, 0 for none. */
  currentRun(): number {
    return this.#make.parts.runner.current?.Id ?? 0;
  }

  /** Goes on with the run that the engine before this one was ended in. */
  async resume(): Promise<void> {
    const { context, parts } = this.#make;
    if (isOwner(context)) await resumeRun(context, parts.runner);
  }

  /** Takes up a maintenance that the last engine left undone; called once somebody keeps the engine alive meanwhile. */
  resumeMaintenance(): void {
    void this.#make.parts.maintainer.resume();
  }

  /** Serves downstream servers from the store until the listener is closed. @throws SyncError PortInUse */
  async serve(plan: ListenPlan): Promise<Listener> {
    return (await this.links.host()).serve(plan);
  }

  /** Ends a run and a maintenance under way; no other one begins. */
  async endRun(): Promise<void> {
    const { parts, owner, servers, afterSync, rulePrograms, followUp } = this.#make;
    this.#endNews();
    servers?.end();
    await owner.stop();
    await parts.scheduler.stop();
    await parts.deliverer.stop();
    await parts.hierarchy.stop();
    // Before the run that is ended here could start one.
    afterSync.stop();
    await parts.runner.end(new SyncError('EngineStopped', { run: this.currentRun() }));
    await parts.maintainer.stop();
    await parts.alerts.stop();
    rulePrograms.stop();
    await parts.statusRules.stop();
    await followUp.done();
  }

  /** Ends a run and a maintenance under way, then closes everything. */
  async close(): Promise<void> {
    const { context, store, servers, afterSync, notice, completion } = this.#make;
    this.#endWatch();
    notice.cancel();
    await this.endRun();
    await servers?.ended();
    await this.links.close();
    await afterSync.ended();
    await notice.ended();
    await completion.ended();
    await context.log.close();
    await closeStore(store);
  }
}
