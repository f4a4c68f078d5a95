import { reasonOf } from '../errors/SyncError.js';
import { endingSignals } from './endingSignals.js';
import type { EngineLog } from './engineLog.js';

/** A clean end takes no longer; systemd and the Task Scheduler are told to wait longer than this. */
export const END_SECONDS = 30;

/** Ends an engine once, cleanly, whoever asks first: a signal of the system or a request. */
export class EngineEnd {
  readonly #log: EngineLog;
  #end: ((reason: string) => Promise<void>) | undefined;
  #reason: string | undefined;

  constructor({ log, isService }: { log: EngineLog; isService: boolean }) {
    this.#log = log;
    // A hang-up of some terminal and its Ctrl+C are not meant for an engine in the background.
    for (const ignored of ['SIGHUP', 'SIGINT'] as const) process.on(ignored, () => undefined);
    for (const signal of endingSignals(isService, process.platform)) process.on(signal, () => this.request('it was asked to end'));
    process.on('unhandledRejection', (error) => log(`A failure was not handled: ${reasonOf(error)}`));
    process.on('uncaughtExceptionMonitor', (error) => log(`The engine fails: ${error.stack ?? reasonOf(error)}`));
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
    const late = (): void => {
      this.#log(`The engine did not end within ${END_SECONDS} seconds; it is ended now. Nothing acknowledged is lost.`);
      process.exit(1);
    };
    setTimeout(late, END_SECONDS * 1000).unref();
    await end(reason);
  }
}
