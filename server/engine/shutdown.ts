import { reasonOf } from '../errors/SyncError.js';
import type { Clock } from '../platform/Clock.js';
import type { EngineLog } from '../status/engineLog.js';

/**
 * The signals that end an engine cleanly. A service ends on Ctrl+C too, and on Windows on Ctrl+Break and when its
 * console is closed (which ends the process
 * after some seconds anyway); elsewhere the end of its terminal is not meant for it. An engine that was started on
 * demand belongs to no terminal.
 */
export function endingSignals(isService: boolean, platform: NodeJS.Platform): readonly NodeJS.Signals[] {
  if (!isService) return ['SIGTERM'];
  return platform === 'win32' ? ['SIGTERM', 'SIGINT', 'SIGBREAK', 'SIGHUP'] : ['SIGTERM', 'SIGINT'];
}

/** A clean end takes no longer; systemd and the Task Scheduler are told to wait longer than this. */
export const END_SECONDS = 30;

/** What an end is made of. */
interface ShutdownOptions {
  readonly log: EngineLog;
  readonly clock: Clock;
  /** Ends the process at once. */
  readonly exit: (code: number) => void;
}

/** Ends an engine once, cleanly, whoever asks first: a signal of the system or a request. */
export class Shutdown {
  readonly #log: EngineLog;
  readonly #clock: Clock;
  readonly #exit: (code: number) => void;
  #end: ((reason: string) => Promise<void>) | undefined;
  #reason: string | undefined;

  constructor({ log, clock, exit }: ShutdownOptions) {
    this.#log = log;
    this.#clock = clock;
    this.#exit = exit;
  }

  /** Ends it on the signals that are meant for it, and lets nothing end it that is not. */
  listen(isService: boolean): void {
    // A hang-up of some terminal and its Ctrl+C are not meant for an engine in the background.
    for (const ignored of ['SIGHUP', 'SIGINT'] as const) process.on(ignored, () => undefined);
    for (const signal of endingSignals(isService, process.platform))
      process.on(signal, () => this.request('it was told to end'));
    process.on('unhandledRejection', (error) => this.#log(`A failure was not handled: ${reasonOf(error)}`));
    process.on('uncaughtExceptionMonitor', (error) => this.#log(`The engine fails: ${error.stack ?? reasonOf(error)}`));
    // The terminal of a service may go away; nobody reads these streams then.
    for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  }

  /** Says how to end; asked before, it ends now. */
  onRequest(end: (reason: string) => Promise<void>): void {
    this.#end = end;
    if (this.#reason !== undefined) void this.#begin(end, this.#reason);
  }

  /** Ends the engine; asked a second time nothing more happens. */
  request(reason: string): void {
    if (this.#reason !== undefined) return;
    this.#reason = reason;
    if (this.#end !== undefined) void this.#begin(this.#end, reason);
  }

  async #begin(end: (reason: string) => Promise<void>, reason: string): Promise<void> {
    this.#clock.after(END_SECONDS * 1000, () => {
      this.#log(
        `The engine did not end within ${END_SECONDS} seconds, so it is terminated. No confirmed change is lost.`,
      );
      this.#exit(1);
    });
    await end(reason);
  }
}
