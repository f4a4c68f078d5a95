import { reasonOf, SyncError } from '../errors/SyncError.js';
import type { Ticker } from '../platform/cronTicker.js';
import type { SiteContext } from '../state/SiteContext.js';
import { forgetWhenDue } from '../state/retention.js';
import { nextRun, type NextSync, readScheduleFacts } from '../state/nextRun.js';
import { stateChange } from '../state/siteState.js';
import { summarizeWhenDue } from '../state/summarization.js';
import { mayAct } from '../store/SharedStore.js';
import type { SyncRunner } from '../sync/SyncRunner.js';

/** Starts what the schedule asks for and what failed: at every tick one decision (`nextRun`) over what is stored. */
export class Scheduler {
  readonly #context: SiteContext;
  readonly #runner: SyncRunner;
  readonly #end: () => void;
  #under: Promise<void> | undefined;

  constructor(options: { context: SiteContext; runner: SyncRunner; ticker: Ticker }) {
    this.#context = options.context;
    this.#runner = options.runner;
    this.#end = options.ticker(async () => this.tick());
  }

  /** One tick; those that come while one is under way are that one. */
  async tick(): Promise<void> {
    if (!mayAct(this.#context)) return;
    this.#under ??= this.#decide().finally(() => (this.#under = undefined));
    await this.#under;
  }

  /** Ends the ticks; one under way is waited for. */
  async stop(): Promise<void> {
    this.#end();
    await this.#under;
  }

  async #decide(): Promise<void> {
    try {
      await summarizeWhenDue(this.#context);
      if (this.#runner.current === undefined) await this.#forget();
      const facts = await readScheduleFacts(this.#context, this.#runner.current !== undefined);
      const plan = nextRun(facts);
      if (plan !== undefined) await this.#start(plan, facts.lastRun?.Kind === 'Full');
    } catch (error) {
      this.#context.log.write(`The schedule could not be read: ${reasonOf(error)}`);
    }
  }

  /** Old rows that cannot be removed keep no synchronization from its start. */
  async #forget(): Promise<void> {
    await forgetWhenDue(this.#context).catch((error: unknown) =>
      this.#context.log.write(`Old rows could not be removed: ${reasonOf(error)}.`),
    );
  }

  async #start({ requester, reason }: NextSync, wasFull: boolean): Promise<void> {
    const { log } = this.#context;
    if (reason !== 'schedule') log.write(`A sync is due: ${reason}.`);
    try {
      // What was asked for in full is tried again in full.
      const fullSync = requester === 'Retry' && wasFull ? true : undefined;
      await this.#runner.start({ fullSync, requester, requestedBy: '' }, () => ({}));
    } catch (error) {
      if (error instanceof SyncError && error.errorId === 'SyncAlreadyRunning') return;
      log.write(`The sync could not be started: ${reasonOf(error)}`);
      await this.#context.database.commit({ settings: stateChange({ refusedAt: this.#context.now().getTime() }) });
    }
  }
}
