import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Run, RunProgress } from '../contract/generated/types.js';
import { addressKey } from '../platform/addressKey.js';
import type { Clock } from '../platform/Clock.js';
import { printable } from '../platform/printable.js';
import type { Guest } from './Door.js';
import { EVENT_STREAM } from './Answer.js';
import { LiveReaders } from './LiveReaders.js';
import { RunPace } from './RunPace.js';
import { TEXTS } from './texts.js';
import { durationOf } from './times.js';

/** Where progress comes from. */
export interface ProgressSource {
  readonly clock: Clock;
  /** Tells of every progress until the returned function is called. */
  readonly watch: (watcher: (progress: RunProgress) => void) => () => void;
  /** The run under way. */
  readonly current: () => Run | undefined;
}

/** How far the synchronization under way is, for those who have the page open. */
export class ProgressFeed {
  readonly #source: ProgressSource;
  readonly #readers: LiveReaders;
  readonly #pace = new RunPace();
  #stop: (() => void) | undefined;

  constructor(source: ProgressSource) {
    this.#source = source;
    this.#readers = new LiveReaders(source.clock);
  }

  /** Begins to tell a reader, with the headers of the page; false where too many follow already. */
  follow(request: IncomingMessage, response: ServerResponse, by: FollowedBy): boolean {
    const address = addressKey(request.socket.remoteAddress);
    if (!this.#readers.hasRoom(address)) return false;
    response.writeHead(200, { ...by.headers, 'content-type': EVENT_STREAM });
    response.flushHeaders();
    this.#begin();
    const isLate = this.#source.current() === undefined;
    this.#readers.add({ address, guest: by.guest, response, isLate }, by.closing);
    response.once('close', () => this.#end());
    return true;
  }

  /** Nobody works out what nobody reads. */
  #begin(): void {
    if (this.#stop !== undefined) return;
    this.#stop = this.#source.watch((progress) => this.#note(progress));
    const run = this.#source.current();
    if (run !== undefined) this.#note({ ...run, RunId: run.Id, Activity: run.Phase });
  }

  #end(): void {
    if (this.#readers.count > 0) return;
    this.#stop?.();
    this.#stop = undefined;
  }

  #note(progress: RunProgress): void {
    const { perSecond, secondsLeft } = this.#pace.note(progress, this.#source.clock.now().getTime());
    const T = TEXTS.live;
    const parts =
      progress.State === 'Running'
        ? [
            `${progress.PercentComplete} %`,
            progress.Activity,
            progress.Total > 0 ? T.counts(progress.Processed, progress.Total) : '',
            perSecond > 0 ? T.rate(perSecond) : '',
            secondsLeft === undefined ? '' : T.left(durationOf(Math.ceil(secondsLeft))),
          ]
        : [T.states[progress.State]];
    const text = printable(`${T.run(progress.RunId)}: ${parts.filter((part) => part !== '').join(', ')}`);
    const { RunId: run, PercentComplete: percent } = progress;
    this.#readers.tell(JSON.stringify({ run, percent, text, isRunning: progress.State === 'Running' }));
  }
}

/** Who follows, what the page sends with everything, and when it ends. */
interface FollowedBy {
  readonly guest: Guest;
  readonly headers: Readonly<Record<string, string>>;
  /** Aborted when the port closes. */
  readonly closing: AbortSignal;
}
