import type { Run } from '../contract/generated/types.js';
import { reasonOf } from '../errors/SyncError.js';
import type { SystemLog } from '../platform/systemLog.js';
import type { SiteContext } from '../state/SiteContext.js';
import { reportRun } from '../sync/tellRun.js';
import type { AfterSyncCommand } from './AfterSyncCommand.js';
import { type CompletionFile, mayChangeNames } from './CompletionFile.js';

/** What is told of a run, and how the engine is let go. */
interface FollowUpOptions {
  readonly context: SiteContext;
  readonly afterSync: Pick<AfterSyncCommand, 'start'>;
  readonly completion: Pick<CompletionFile, 'refresh'>;
  /** Where failed runs are reported; nowhere if not given. */
  readonly systemLog: SystemLog | undefined;
  /** Called when nothing is under way any more. */
  readonly onIdle: () => void;
}

/** What follows a run: the log of the system, the names for completion, the after-sync command, a snapshot. */
export class RunFollowUp {
  readonly #options: FollowUpOptions;
  #work: Promise<unknown> = Promise.resolve();

  constructor(options: FollowUpOptions) {
    this.#options = options;
  }

  /** Called with every finished run. */
  readonly runEnded = (run: Run): void => {
    const { context, systemLog, completion, afterSync } = this.#options;
    const told = tellSystem(context, run, systemLog);
    this.#work = Promise.all([told, mayChangeNames(run) ? completion.refresh() : undefined]);
    afterSync.start(run);
  };

  /** Called when a run, a maintenance or the program of a rule has ended. */
  readonly idle = (): void => {
    this.#work = Promise.all([this.#work, fold(this.#options.context)]).finally(this.#options.onIdle);
  };

  /** Waits until nothing is under way. */
  async done(): Promise<void> {
    await this.#work;
  }
}

/** The system is told of a failure or its end. */
async function tellSystem(context: SiteContext, run: Run, systemLog?: SystemLog): Promise<void> {
  if (systemLog === undefined) return;
  await reportRun(context, run, systemLog).catch((error: unknown) =>
    context.log.write(`Writing the run to the event log of the system failed: ${reasonOf(error)}.`),
  );
}

/** Writes a snapshot of the database, so that the journal stays short. */
export async function fold(context: Pick<SiteContext, 'database' | 'log'>): Promise<void> {
  await context.database
    .fold()
    .catch((error: unknown) =>
      context.log.write(`Writing a snapshot failed: ${reasonOf(error)}. The journal continues.`),
    );
}
