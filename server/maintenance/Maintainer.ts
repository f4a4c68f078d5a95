import type { Maintenance, Run } from '../contract/generated/types.js';
import { reasonOf } from '../errors/SyncError.js';
import { readSettings } from '../state/settingsStore.js';
import type { ActivityLease, SiteActivity } from '../state/SiteActivity.js';
import type { SiteContext } from '../state/SiteContext.js';
import { isOwner } from '../store/SharedStore.js';
import type { SiteChanges } from '../store/SiteChanges.js';
import { type MaintenanceJob, MaintenanceReport } from './MaintenanceJob.js';
import { runMaintenance } from './runMaintenance.js';
import { readState, STATE, stateChange } from '../state/siteState.js';

/** Makes the part of the last transaction that answers the command. */
type Answer = (result: Maintenance) => Pick<SiteChanges, 'request'>;

/** The maintenance of a site: when asked for, after synchronizations, and again when it was interrupted. */
export class Maintainer {
  readonly #context: SiteContext;
  readonly #activity: SiteActivity;
  #isStopped = false;

  constructor(context: SiteContext, activity: SiteActivity) {
    this.#context = context;
    this.#activity = activity;
  }

  /**
   * Runs a maintenance, after one that is under way; a synchronization that begins meanwhile ends it early
   * (`Interrupted`).
   */
  async run(answer: Answer): Promise<Maintenance> {
    return this.#take(async (lease) => this.#perform(lease, answer));
  }

  /** What a maintenance would do now. */
  async preview(): Promise<Maintenance> {
    return this.#take(async (lease) => this.#work(await this.#job(lease, true)));
  }

  /**
   * Called at the end of each synchronization, which still has its turn: maintenance follows when the settings ask for
   * it or one was interrupted.
   */
  followSync(run: Run): void {
    void this.#unasked(run.Succeeded);
  }

  /** Takes up a maintenance that the last engine left undone. */
  async resume(): Promise<void> {
    if ((await readState(this.#context.database, STATE.maintenancePending)) === true) await this.#unasked(false);
  }

  /** Ends maintenance at its next step, for good. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#activity.stopMaintenance();
    await this.#activity.idle();
  }

  /** Maintenance that nobody asked for: a failure is logged and nothing else suffers from it. */
  async #unasked(mayBegin: boolean): Promise<void> {
    const { database, site, log } = this.#context;
    if (!isOwner(this.#context)) return;
    try {
      await this.#take(async (lease) => {
        const { callWsusCleanup, deleteObsoleteUpdates } = await readSettings(database, site.serverName);
        const isPending = (await readState(database, STATE.maintenancePending)) === true;
        if (!this.#isStopped && (isPending || (mayBegin && (callWsusCleanup || deleteObsoleteUpdates))))
          await this.#perform(lease, () => ({}));
      });
    } catch (error) {
      log.write(`WSUS cleanup ended: ${reasonOf(error)}`);
    }
  }

  async #take<Result>(work: (lease: ActivityLease) => Promise<Result>): Promise<Result> {
    const lease = await this.#activity.begin('maintenance');
    if (this.#isStopped) this.#activity.stopMaintenance();
    try {
      return await work(lease);
    } finally {
      this.#context.log.flush();
      lease.release();
    }
  }

  /** The setting says that a maintenance is under way, until the transaction that also answers the command. */
  async #perform(lease: ActivityLease, answer: Answer): Promise<Maintenance> {
    const { database, log } = this.#context;
    await database.commit({ settings: stateChange({ maintenancePending: true }) });
    const result = await this.#work(await this.#job(lease, false)).catch(async (error: unknown) => {
      log.write(`WSUS cleanup failed: ${reasonOf(error)}`);
      await database.commit({ settings: stateChange({ maintenancePending: false }) });
      throw error;
    });
    if (result.Interrupted) log.write('WSUS cleanup stopped. It continues later.');
    await database.commit({
      settings: stateChange({ maintenancePending: result.Interrupted }),
      ...answer(result),
    });
    return result;
  }

  /** Does the job, as far as it gets. */
  async #work(job: MaintenanceJob): Promise<Maintenance> {
    const begin = this.#context.now();
    const isInterrupted = await runMaintenance(job).then(
      () => false,
      (error: unknown) => {
        if (job.signal.aborted && error === job.signal.reason) return true;
        throw error;
      },
    );
    return job.report.result({
      WhatIf: job.isWhatIf,
      Interrupted: isInterrupted,
      StartTime: begin.toISOString(),
      DurationSeconds: (this.#context.now().getTime() - begin.getTime()) / 1000,
    });
  }

  async #job(lease: ActivityLease, isWhatIf: boolean): Promise<MaintenanceJob> {
    const { database, site } = this.#context;
    return {
      context: this.#context,
      settings: await readSettings(database, site.serverName),
      signal: lease.signal,
      isWhatIf,
      report: new MaintenanceReport(database),
      assumed: { removed: [], declined: [], goneRevisions: new Set() },
    };
  }
}
