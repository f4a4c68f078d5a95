import { printable } from '../../platform/printable.js';
import { systemErrorCode } from '../../platform/systemErrorCode.js';

const GONE: ReadonlySet<string> = new Set([
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'ERR_STREAM_PREMATURE_CLOSE',
  // It closed the connection in the middle of a request.
  'HPE_INVALID_EOF_STATE',
]);

/** True for what a peer causes that has gone away: that is not an attempt of anything. */
export function isPeerGone(error: unknown): boolean {
  return GONE.has(systemErrorCode(error));
}

/** Lines that a log takes in a minute. */
interface PeerLogRate {
  /** Of all peers. The second half is for the first lines of peers alone. */
  readonly most: number;
  /** Of one peer. */
  readonly perPeer: number;
}

/** Takes a line about a peer: its address, or the node that it is. */
export type PeerLog = (peer: string, line: string) => void;

const PERIOD_MS = 60_000;
const LONGEST_LINE = 500;

/**
 * A log of what comes from outside: nobody fills the disk with it, and the noise of one peer does not crowd out what is
 * to be said of another. What was left out is counted. `clock` gives ms.
 */
export function peerLog(write: (line: string) => void, rate: PeerLogRate, clock: () => number): PeerLog {
  let minute = new Minute(rate, clock());
  return (peer, line) => {
    const now = clock();
    if (now - minute.began >= PERIOD_MS) {
      const leftOut = minute.leftOut();
      minute = new Minute(rate, now);
      if (leftOut !== undefined) write(leftOut);
    }
    if (minute.takes(peer)) write(printable(line.replace(/\s+/g, ' ')).slice(0, LONGEST_LINE));
  };
}

class Minute {
  readonly #rate: PeerLogRate;
  /** Of each peer that has a line: all lines, those left out too. */
  readonly #lines = new Map<string, number>();
  #written = 0;
  #leftOut = 0;

  constructor(
    rate: PeerLogRate,
    readonly began: number,
  ) {
    this.#rate = rate;
  }

  takes(peer: string): boolean {
    const before = this.#lines.get(peer) ?? 0;
    const room = before === 0 ? this.#rate.most : this.#rate.most / 2;
    const isTaken = this.#written < room && before < this.#rate.perPeer;
    if (isTaken || before > 0) this.#lines.set(peer, before + 1);
    if (isTaken) this.#written += 1;
    else this.#leftOut += 1;
    return isTaken;
  }

  /** The line about the lines that were left out; undefined where none was. */
  leftOut(): string | undefined {
    if (this.#leftOut === 0) return undefined;
    const [loudest = ''] = [...this.#lines].sort(([, a], [, b]) => b - a)[0] ?? [];
    return `${this.#leftOut} more lines of that minute were left out, most of them about ${loudest}`;
  }
}
