import { setTimeout as wait } from 'node:timers/promises';
import { SyncError } from '../errors/SyncError.js';

/** How often and how patiently a call is tried again. */
export interface RetryPolicy {
  readonly attempts: number;
  readonly baseMs: number;
  readonly capMs: number;
  readonly retryAfterCapMs: number;
}

export const DEFAULT_RETRY_POLICY: RetryPolicy = { attempts: 5, baseMs: 1000, capMs: 60_000, retryAfterCapMs: 300_000 };

/** What the policy needs from outside: a number in [0, 1) and a sleep that ends early when the signal fires. */
export interface RetryDeps {
  readonly random: () => number;
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

const RETRIED: ReadonlySet<string> = new Set(['UpstreamTimeout', 'UpstreamConnectionCut', 'UpstreamBusy']);

/** The one place where calls are repeated: exponential with full jitter, capped, Retry-After honoured. */
export class Retrier {
  readonly #deps: RetryDeps;
  readonly #policy: RetryPolicy;

  constructor(deps: RetryDeps, policy: RetryPolicy = DEFAULT_RETRY_POLICY) {
    this.#deps = deps;
    this.#policy = policy;
  }

  /** Runs the attempt until it succeeds, fails for good, or the attempts are used up. */
  async run<Result>(attempt: () => Promise<Result>, signal: AbortSignal): Promise<Result> {
    for (let failures = 1; ; failures++) {
      try {
        return await attempt();
      } catch (caught) {
        if (failures >= this.#policy.attempts || !isRetried(caught)) throw caught;
        await this.#deps.sleep(this.#delayOf(caught, failures), signal);
      }
    }
  }

  #delayOf(caught: SyncError, failures: number): number {
    const { baseMs, capMs, retryAfterCapMs } = this.#policy;
    const jittered = this.#deps.random() * Math.min(capMs, baseMs * 2 ** (failures - 1));
    const asked = caught.data['retryAfterSeconds'];
    if (typeof asked !== 'number') return jittered;
    // Never sooner than asked, and not all clients in the same moment.
    return Math.min(retryAfterCapMs, asked * 1000) + jittered;
  }
}

function isRetried(caught: unknown): caught is SyncError {
  return caught instanceof SyncError && RETRIED.has(caught.errorId);
}

/** Waits, and throws Cancelled at once when the signal fires. */
export async function abortableSleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    await wait(milliseconds, undefined, { signal });
  } catch (caught) {
    throw new SyncError('Cancelled', { what: 'The wait for the upstream' }, { cause: caught });
  }
}

/** The seconds a Retry-After header asks for, as a number or as a date; undefined where it says nothing usable. */
export function retryAfterSeconds(header: string | string[] | undefined, now: number): number | undefined {
  const text = (Array.isArray(header) ? header[0] : header)?.trim() ?? '';
  if (/^\d{1,9}$/.test(text)) return Number(text);
  const date = text === '' ? Number.NaN : Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - now) / 1000));
}
