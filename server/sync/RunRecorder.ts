import type { FailedUpdate, Run, RunCounts, RunProgress } from '../contract/generated/types.js';
import { SyncError, toSyncError } from '../errors/SyncError.js';
import { identityKey, type UpdateIdentity } from '../metadata/UpdateIdentity.js';
import { printable } from '../platform/printable.js';
import type { SiteContext } from '../state/SiteContext.js';
import { alertPart, alertRunChange } from '../state/alertStore.js';
import { durationsOf, durationsUntil } from '../state/runDurations.js';
import { lastErrorCode, statusChange } from '../state/statusChange.js';
import { siteSize } from '../state/siteSize.js';
import { runChange } from '../state/storedRuns.js';
import { readStatusRow, type StatusRow, statusRowChange } from '../state/storedStatuses.js';
import { durationText, percentOf, progressLine } from '../status/progressLine.js';
import { isRunningState, SYNC_STATE, syncStateName } from '../status/statusMessage.js';
import type { SiteChanges } from '../store/SiteChanges.js';
import { ChangeTally } from './ChangeTally.js';
import { type Phase, phaseAfter, type PhaseEvent, PHASES } from './phases.js';

const SUCCESSES: ReadonlySet<number> = new Set([SYNC_STATE.done, SYNC_STATE.licenceTermsPending]);
/** Longest list that a run object holds. */
const MAX_LISTED = 1000;

/** A run as far as it has come; the recorder alone changes it. */
type RunSoFar = Readonly<Omit<Run, 'Counts'>> & { readonly Counts: Readonly<RunCounts> };

/** Keeps the story of one run: the stored run object, the status row, the status messages, the log, the progress. */
export class RunRecorder {
  readonly #context: SiteContext;
  readonly #report: (progress: RunProgress) => void;
  readonly #run: Run;
  /** What the run did to each update so far. */
  readonly tally: ChangeTally;
  /** The software update point that the run is of: the default of the site. */
  readonly serverName: string;
  readonly #sourceName: string;
  readonly #failed = new Set<string>();
  readonly #told = new Set<string>();
  #stepStart = 0;
  #lastLine = 0;
  #isSilent = false;

  constructor(
    context: SiteContext,
    options: { run: Run; serverName: string; sourceName: string; report: (progress: RunProgress) => void },
  ) {
    this.#context = context;
    this.#run = options.run;
    this.tally = new ChangeTally(options.run.Counts);
    this.serverName = options.serverName;
    this.#sourceName = options.sourceName;
    this.#report = options.report;
  }

  get run(): RunSoFar {
    return this.#run;
  }

  /** The run looks at everything, from its beginning or since it became a full one. */
  get isFull(): boolean {
    return this.#run.Kind === 'Full';
  }

  /**
   * 6701: the run is stored before anything else happens. `changes` are stored with it: the answer of the command that
   * asks for it.
   */
  async begin(changes: SiteChanges = {}): Promise<void> {
    await this.#commitPhase('Starting', changes);
  }

  /** Moves to the next phase and reports its state. */
  async enter(event: PhaseEvent, changes: SiteChanges = {}, outcome: Partial<Run> = {}): Promise<void> {
    const next = phaseAfter(this.#run.Phase as Phase, event);
    if (next === undefined)
      throw new SyncError('InternalError', {
        where: 'the state machine',
        reason: `${event} cannot follow ${this.#run.Phase}`,
      });
    await this.#commitPhase(next, changes, outcome);
  }

  /** Begins a step whose items are counted. */
  step(total: number): void {
    this.#stepStart = this.#context.now().getTime();
    this.#lastLine = this.#stepStart;
    this.#run.Processed = 0;
    this.#run.Total = total;
  }

  /** Counts items of a step; the log gets a line every few seconds and at the end. */
  advance(activity: string, processed: number): void {
    const now = this.#context.now().getTime();
    this.#run.Processed = processed;
    this.#run.PercentComplete = Math.max(this.#run.PercentComplete, this.#overall());
    const isDone = processed >= this.#run.Total;
    if (!this.#isSilent && (isDone || now - this.#lastLine >= 5000)) {
      this.#context.log.write(
        progressLine(activity, { processed, total: this.#run.Total, elapsed: now - this.#stepStart }),
      );
      this.#lastLine = now;
    }
    this.#tell(activity);
  }

  /** Progress of the work is reported, but not in the log. */
  async silently<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#isSilent = true;
    try {
      return await work();
    } finally {
      this.#isSilent = false;
    }
  }

  countFetched(documents: number): void {
    this.#run.Counts.DocumentsFetched += documents;
  }

  countCategories(changed: number): void {
    this.#run.Counts.Categories = changed;
  }

  /** The content version of the parent is told before it is stored, with the end of the run. */
  reach(version: number): void {
    this.#run.SyncCatalogVersion = version;
  }

  /** A line that stands in the log once, however often the run tries. */
  tellOnce(line: string): void {
    if (this.#told.has(line)) return;
    this.#told.add(line);
    this.#context.log.write(line);
  }

  /** Makes the run a full one while it is under way; stored with the next phase. */
  becomeFull(reason: string): void {
    this.#run.Kind = 'Full';
    this.#run.Reason = reason;
    this.#context.log.write(`Full sync (run ${this.#run.Id}), because ${reason}.`);
  }

  /** Tells the administrator of something that does not end the run: `line` in the log, `text` in the run. */
  warn(line: string, text: string): void {
    const warning = printable(text);
    if (this.#run.Warnings.includes(warning)) return;
    if (this.#run.Warnings.length < MAX_LISTED) this.#run.Warnings.push(warning);
    this.#context.log.write(line);
  }

  /** Records an update that could not be synchronized, once however often the run tries. */
  failed(update: FailedUpdate): void {
    const key = identityKey({ updateId: update.UpdateID, revisionNumber: update.RevisionNumber });
    if (this.#failed.has(key)) return;
    this.#failed.add(key);
    this.#run.Counts.Failed += 1;
    if (this.#run.FailedUpdates.length < MAX_LISTED) this.#run.FailedUpdates.push(update);
    this.#context.log.write(`Failed to sync update ${update.UpdateID}. Error: ${update.Reason}`);
  }

  /** Tells whether the run has failed to bring a revision. */
  hasFailed(identity: UpdateIdentity): boolean {
    return this.#failed.has(identityKey(identity));
  }

  /** 6702, or 6708 while licence terms are pending, with the content version reached. */
  async succeed(version: number, changes: SiteChanges, isPending: boolean): Promise<void> {
    await this.enter(isPending ? 'finishPending' : 'finish', changes, {
      ...(await this.#ending('Succeeded')),
      Succeeded: true,
      PercentComplete: 100,
      SyncCatalogVersion: version,
    });
  }

  /** 6703, with the error in the run, the status row and the log. */
  async fail(caught: unknown): Promise<SyncError> {
    const error = toSyncError(caught, 'the synchronization');
    const method = error.errorId === 'Cancelled' ? 'UserCanceled: ' : '';
    this.#context.log.write(
      `Sync failed: ${method}${error.message} Source: ${error.errorId}`,
      `Next step: ${error.nextStep}`,
    );
    const outcome = {
      ...(await this.#ending(error.errorId === 'Cancelled' ? 'Cancelled' : 'Failed')),
      ErrorId: error.errorId,
      ErrorMessage: error.message,
      NextStep: error.nextStep,
    };
    try {
      await this.enter('fail', {}, outcome);
    } finally {
      // Whoever waits is told the truth even when the store could not take it.
      Object.assign(this.#run, outcome);
    }
    return error;
  }

  durationText(): string {
    return durationText(this.#context.now().getTime() - Date.parse(this.#run.StartTime));
  }

  async #ending(state: Run['State']): Promise<Partial<Run>> {
    // A store that cannot say what it holds has a worse problem, of which others tell.
    const size = await siteSize(this.#context).catch(() => null);
    const end = this.#context.now();
    return {
      State: state,
      Size: size,
      EndTime: end.toISOString(),
      DurationSeconds: (end.getTime() - Date.parse(this.#run.StartTime)) / 1000,
    };
  }

  /** The run object changes only when the transaction has been stored. */
  async #commitPhase(phase: Phase, changes: SiteChanges, outcome: Partial<Run> = {}): Promise<void> {
    const run: Run = { ...this.#run, ...outcome, Phase: phase };
    const time = this.#context.now();
    const state = PHASES[phase].status;
    const insertions = state === SYNC_STATE.failed ? [run.ErrorId ?? '', run.ErrorMessage ?? ''] : [];
    const said = await statusChange(
      this.#context,
      {
        messageId: state,
        serverName: this.#context.site.serverName,
        insertions,
        lastError: lastErrorCode(run.ErrorId ?? ''),
      },
      time,
    );
    const { site, database } = this.#context;
    const alert = await alertPart(database, await alertRunChange(database, run, { site, now: time.getTime() }));
    await database.commit({
      ...changes,
      ...said.changes,
      ...alert,
      settings: { ...changes.settings, ...alert.settings },
      ...runChange(run),
      ...statusRowChange(await this.#status(run, time)),
    });
    Object.assign(this.#run, run);
    this.#context.log.write(said.line);
    this.#tell(syncStateName(state));
  }

  async #status(run: Run, time: Date): Promise<StatusRow> {
    const { site, database } = this.#context;
    const state = PHASES[run.Phase as Phase].status;
    const isRunning = isRunningState(state);
    const before = await readStatusRow(database, this.serverName);
    return {
      SiteCode: site.siteCode,
      WSUSServerName: this.serverName,
      WSUSSourceServer: this.#sourceName,
      SyncCatalogVersion: run.SyncCatalogVersion,
      LastSyncState: state,
      LastSyncStateTime: time.toISOString(),
      LastSyncErrorCode: lastErrorCode(run.ErrorId ?? ''),
      LastSuccessfulSyncTime: SUCCESSES.has(state) ? time.toISOString() : (before?.LastSuccessfulSyncTime ?? null),
      ReplicationLinkStatus: 0,
      LastReplicationLinkCheckTime: null,
      LastSyncStateName: syncStateName(state),
      // Another attempt is not a success: the site above is to know as long as it lasts.
      LastSyncErrorId: isRunning ? (before?.LastSyncErrorId ?? '') : run.ErrorId,
      LastSyncErrorMessage: isRunning ? (before?.LastSyncErrorMessage ?? '') : run.ErrorMessage,
      ...(SUCCESSES.has(state) ? await durationsUntil(database, run) : durationsOf(before)),
    };
  }

  /** The phases' shares of the whole: fetching is the larger part. */
  #overall(): number {
    const percent = percentOf(this.#run.Processed, this.#run.Total);
    return this.#run.Phase === 'SynchronizingWsus' ? Math.floor(percent * 0.8) : 80 + Math.floor(percent * 0.19);
  }

  #tell(activity: string): void {
    const { Id, State, Phase: phase, Processed, Total, PercentComplete } = this.#run;
    this.#report({ RunId: Id, State, Phase: phase, Activity: activity, Processed, Total, PercentComplete });
  }
}
