import { reasonOf } from '../errors/SyncError.js';
import type { Clock } from '../platform/Clock.js';
import type { MachineIdentity } from '../platform/machineIdentity.js';
import type { HeartbeatNote } from '../site/heartbeatFile.js';

/** Seconds between two beats; a monitor counts three missed ones as hung. */
export const HEARTBEAT_SECONDS = 30;

/** What a heartbeat is made of. */
export interface HeartbeatOptions {
  readonly clock: Clock;
  readonly processId: number;
  readonly isService: boolean;
  readonly machine: MachineIdentity;
  /** A random name of this engine. */
  readonly engine: string;
  /** The run under way, 0 for none. */
  readonly run: () => number;
  /** Where downstream servers are served, '' for nowhere. */
  readonly address: () => string;
  /** Writes the beat. */
  readonly write: (note: HeartbeatNote) => Promise<void>;
  /** False once a newer engine has the site: its beat must stay. */
  readonly mayWrite: () => boolean;
  readonly log: (line: string) => void;
}

/** Writes every 30 seconds that the engine is alive, whatever it is at work on. */
export class Heartbeat {
  readonly #options: HeartbeatOptions;
  readonly #started: Date;
  #last: Date | undefined;
  #cancel: (() => void) | undefined;
  #writing: Promise<void> = Promise.resolve();
  #isFailing = false;
  #isOver = false;

  constructor(options: HeartbeatOptions) {
    this.#options = options;
    this.#started = options.clock.now();
  }

  /** When the last beat was written; undefined before the first. */
  get last(): Date | undefined {
    return this.#last;
  }

  /**
   * Beats now, and every 30 seconds from now on; also called when a run begins or ends, so that a crash names the run.
   */
  beat(): void {
    if (this.#isOver) return;
    this.#cancel?.();
    this.#queue();
    this.#cancel = this.#options.clock.after(HEARTBEAT_SECONDS * 1000, () => this.beat());
  }

  /** The last beat: the mark of a clean end. */
  async end(state: 'Ended' | 'Restarting'): Promise<void> {
    this.#isOver = true;
    this.#cancel?.();
    this.#queue(state);
    await this.#writing;
  }

  #queue(state?: HeartbeatNote['state']): void {
    this.#writing = this.#writing.then(async () => this.#write(state));
  }

  async #write(ending: HeartbeatNote['state'] | undefined): Promise<void> {
    const { clock, processId, isService, machine, engine, write, mayWrite, log } = this.#options;
    const time = clock.now();
    const run = this.#options.run();
    const state = ending ?? (run === 0 ? 'Idle' : 'Running');
    try {
      if (!mayWrite()) return;
      await write({
        processId,
        time: time.toISOString(),
        started: this.#started.toISOString(),
        state,
        run,
        intervalSeconds: HEARTBEAT_SECONDS,
        isService,
        address: this.#options.address(),
        machine,
        engine,
      });
      this.#last = time;
      this.#isFailing = false;
    } catch (caught) {
      if (!this.#isFailing) log(`The heartbeat could not be written: ${reasonOf(caught)}.`);
      this.#isFailing = true;
    }
  }
}
