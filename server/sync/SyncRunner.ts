import type { Run, RunProgress } from '../contract/generated/types.js';
import { reasonOf, SyncError, toSyncError } from '../errors/SyncError.js';
import { inTurns, turn } from '../platform/inTurns.js';
import { prepareKey, sourceNameOf } from '../state/ComponentSettings.js';
import type { ComponentSettings } from '../state/ComponentSettings.js';
import type { ActivityLease, SiteActivity } from '../state/SiteActivity.js';
import type { SiteContext } from '../state/SiteContext.js';
import type { SoftwareUpdatePoints } from '../state/SoftwareUpdatePoint.js';
import { readTarget } from '../state/hierarchyState.js';
import { siteSettings } from '../state/inheritedSettings.js';
import { DEFAULT_CHANGED, readPoints, settingsOfPoint } from '../state/softwareUpdatePoints.js';
import { percentOf } from '../status/progressLine.js';
import { isOwner, notOwner } from '../store/SharedStore.js';
import type { SiteChanges } from '../store/SiteChanges.js';
import { noSource } from '../upstream/Source.js';
import type { Source } from '../upstream/Source.js';
import { RunRecorder } from './RunRecorder.js';
import type { SyncContext } from './SyncContext.js';
import { endImport } from './importPackage.js';
import { prepareRun } from './prepareRun.js';
import type { BatchReader } from './reading/BatchReader.js';
import type { SyncRequest } from './prepareRun.js';
import { sync } from './sync.js';
import { pointLines, tellNextSync, wakeupLines } from './tellRun.js';
import { warnOfRepetition } from './warnOfFailures.js';

interface CurrentRun {
  readonly recorder: RunRecorder;
  readonly finished: Promise<Run>;
  readonly abort: AbortController;
}

/** What a run begins with. */
interface Beginning {
  readonly request: SyncRequest;
  readonly settings: ComponentSettings;
  readonly points: SoftwareUpdatePoints;
  readonly lease: ActivityLease;
}

/** What a run works with beside its recorder. */
interface Work extends Pick<SyncContext, 'signal' | 'allowMassExpiry' | 'imported' | 'kept' | 'isStoredOnly'> {
  readonly settings: ComponentSettings;
}

/** Of a store that another engine writes to from now on. */
const OTHERS: ReadonlySet<string> = new Set(['StoreSuperseded', 'ServerNotOwner', 'DatabaseWentBack']);

/** The one synchronization of a site that may be under way: starts it, lets others wait for it and watch it. */
export class SyncRunner {
  readonly #context: SiteContext;
  readonly #watchers = new Set<(progress: RunProgress) => void>();
  readonly #activity: SiteActivity;
  readonly #openReader: () => Promise<BatchReader>;
  readonly #onBegin: () => void;
  readonly #onEnd: (run: Run) => Promise<void>;
  #current: CurrentRun | undefined;
  #starting: Promise<Run> | undefined;
  #ended: SyncError | undefined;

  /**
   * `openReader` makes what reads the documents of a run; it reads them itself if not given. `onBegin` is called once a
   * run is under way. `onEnd` is called with every finished run, which still has its turn and is over for whoever waits
   * once that is fulfilled.
   */
  constructor(
    context: SiteContext,
    options: {
      activity: SiteActivity;
      openReader?: (() => Promise<BatchReader>) | undefined;
      onBegin?: () => void;
      onEnd: (run: Run) => Promise<void>;
    },
  ) {
    this.#context = context;
    this.#activity = options.activity;
    this.#openReader = options.openReader ?? (async () => (await import('./reading/BatchReader.js')).readerHere());
    this.#onBegin = options.onBegin ?? (() => undefined);
    this.#onEnd = options.onEnd;
  }

  /** The run under way. */
  get current(): Run | undefined {
    return this.#current?.recorder.run;
  }

  /**
   * Starts a run, after maintenance under way has stopped at its next step, and gives it as soon as it is stored;
   * `answer` makes
   * the part of its first transaction that answers the command.
   * @throws SyncError SyncAlreadyRunning, NoSynchronizationSource, NoSoftwareUpdatePoint
   */
  async start(request: SyncRequest, answer: (run: Run) => SiteChanges): Promise<Run> {
    if (this.#ended !== undefined) throw this.#ended;
    if (!isOwner(this.#context)) throw notOwner(this.#context);
    if (this.#current !== undefined || this.#starting !== undefined) throw this.refusal();
    this.#starting = this.#start(request, answer);
    try {
      return await this.#starting;
    } finally {
      this.#starting = undefined;
    }
  }

  /** The run under way, or the one that somebody is starting; undefined when there is none. */
  async underWay(): Promise<Run | undefined> {
    await this.#starting?.catch(() => undefined);
    return this.current;
  }

  /** True from `end` on. */
  get isEnded(): boolean {
    return this.#ended !== undefined;
  }

  /** Waits until the run is finished. */
  async wait(id: number): Promise<Run | undefined> {
    return this.#current?.recorder.run.Id === id ? this.#current.finished : undefined;
  }

  /** Tells `watcher` of every progress until the returned function is called. */
  watch(watcher: (progress: RunProgress) => void): () => void {
    this.#watchers.add(watcher);
    return () => void this.#watchers.delete(watcher);
  }

  /** Tells the watchers of the run of the server that owns the site. */
  hear(progress: RunProgress): void {
    for (const watcher of this.#watchers) watcher(progress);
  }

  /** Ends the run under way with the given reason and waits for its end. */
  async stop(reason: SyncError): Promise<void> {
    this.#current?.abort.abort(reason);
    await this.#current?.finished;
  }

  /** Ends the run under way for good: one that waits for its turn, and whoever asks from now on, gets the reason. */
  async end(reason: SyncError): Promise<void> {
    this.#ended = reason;
    await this.stop(reason);
  }

  async #start(asked: SyncRequest, answer: (run: Run) => SiteChanges): Promise<Run> {
    const settings = await siteSettings(this.#context);
    // Of 50,000 products both take long.
    await turn();
    await inTurns(prepareKey(settings));
    const isStoredOnly =
      asked.imported === undefined &&
      settings.synchronizeAction === 'DoNotSynchronizeFromMicrosoftUpdateOrUpstreamDataSource';
    if (isStoredOnly && (await this.#context.database.highestRevision()) === 0)
      throw new SyncError('NoSynchronizationSource');
    const request = { ...asked, isStoredOnly };
    const points = await readPoints(this.#context);
    if (points.points.length === 0) throw new SyncError('NoSoftwareUpdatePoint', { site: this.#context.site.siteCode });
    const lease = await this.#activity.begin('synchronization');
    try {
      if (this.#ended !== undefined) throw this.#ended;
      return await this.#begin({ request, settings, lease, points }, answer);
    } catch (error) {
      lease.release();
      throw error;
    }
  }

  async #begin({ request, settings, lease, points }: Beginning, answer: (run: Run) => SiteChanges): Promise<Run> {
    const run = await prepareRun(this.#context, settings, request);
    const { imported, kept } = request;
    const sourceName = imported?.source.name ?? sourceNameOf(settings);
    const recorder = new RunRecorder(this.#context, {
      run,
      serverName: points.defaultServer,
      sourceName,
      report: (progress) => this.#tell(progress),
    });
    this.#tellBeginning(run, points);
    await recorder.begin(answer(run));
    const abort = new AbortController();
    const work = {
      settings: settingsOfPoint(settings, points),
      signal: abort.signal,
      allowMassExpiry: request.allowMassExpiry === true || this.#context.parent !== undefined,
      isStoredOnly: request.isStoredOnly === true,
      imported,
      kept,
    };
    const finished = this.#work(recorder, work).finally(() => lease.release());
    this.#current = { recorder, abort, finished };
    this.#onBegin();
    return structuredClone(run);
  }

  async #work(recorder: RunRecorder, work: Work): Promise<Run> {
    const { signal } = work;
    let isOurs = true;
    try {
      await this.#synchronize(recorder, work);
    } catch (error) {
      isOurs = await this.#recordFailure(
        recorder,
        signal.aborted && signal.reason instanceof SyncError ? signal.reason : error,
      );
    }
    if (isOurs && work.imported !== undefined) await endImport(this.#context, recorder.run, work.imported);
    await tellNextSync(this.#context, recorder.run).catch((error: unknown) =>
      this.#context.log.write(`The next sync could not be determined: ${reasonOf(error)}`),
    );
    this.#context.log.flush();
    this.#current = undefined;
    // Whoever waits for the run may stop the engine a moment later.
    if (isOurs) await this.#onEnd(recorder.run);
    return recorder.run;
  }

  /**
   * A store that cannot even take the failure must not take the engine with it: the run object and the log say it.
   * False when
   * another engine has taken the site over: that one ends the run in the store, and tells whoever is to be told.
   */
  async #recordFailure(recorder: RunRecorder, error: unknown): Promise<boolean> {
    try {
      const { errorId } = toSyncError(error, 'the synchronization');
      await warnOfRepetition(this.#context, recorder, { State: 'Failed', ErrorId: errorId });
      await recorder.fail(error);
      return true;
    } catch (second) {
      this.#context.log.write(`The failure could not be stored: ${reasonOf(second)}`);
      return !(second instanceof SyncError && OTHERS.has(second.errorId));
    }
  }

  async #synchronize(recorder: RunRecorder, work: Work): Promise<void> {
    const { parent, database } = this.#context;
    const { settings, ...given } = work;
    const followed =
      parent === undefined || work.imported !== undefined
        ? undefined
        : { siteCode: parent.siteCode, request: await readTarget(database) };
    const reader = await this.#openReader();
    const source = await this.#sourceOf(work, reader);
    try {
      await sync({ ...this.#context, ...given, recorder, source, reader, followed }, settings);
    } finally {
      await reader.close();
      await source.close();
    }
  }

  async #sourceOf({ imported, isStoredOnly, settings }: Work, reader: BatchReader): Promise<Source> {
    if (imported !== undefined) return imported.source;
    return isStoredOnly ? noSource(sourceNameOf(settings)) : this.#context.createSource(settings, reader);
  }

  #tellBeginning(run: Run, points: SoftwareUpdatePoints): void {
    const { site, log } = this.#context;
    log.write(
      ...wakeupLines(run.Requester, this.#context.parent?.siteCode),
      ...pointLines(site.serverName, points),
      ...(run.Reason === DEFAULT_CHANGED ? ['Full sync required due to changes in main WSUS server location.'] : []),
      `${run.Kind} sync (run ${run.Id}), because ${run.Reason}.`,
    );
  }

  #tell(progress: RunProgress): void {
    for (const watcher of this.#watchers) watcher(progress);
  }

  /** The error of whoever needs that no synchronization runs. */
  refusal(): SyncError {
    const run = this.current;
    return new SyncError('SyncAlreadyRunning', {
      since: run?.StartTime ?? 'just now',
      run: run?.Id ?? '?',
      requester: run?.RequestedBy || run?.Requester || '?',
      percent: run?.PercentComplete ?? percentOf(0, 1),
    });
  }
}
