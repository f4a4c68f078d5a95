import { SyncError } from '../errors/SyncError.js';
import type { Cookie } from '../wire/getCookie.js';
import type { Authorizer } from './Authorizer.js';
import { faultCodeOf } from './faultError.js';
import { raceAbort } from './raceAbort.js';

const RENEW_BEFORE_MS = 2 * 60_000;
const SHORTEST_LIFE_MS = 60_000;
const COOKIE_FAULTS: ReadonlySet<string> = new Set(['InvalidCookie', 'InvalidAuthorizationCookie']);

interface HeldCookie {
  readonly cookie: Cookie;
  readonly renewAt: number;
}

/**
 * Holds the cookie of an upstream: fetched once for all callers, renewed before it expires, dropped when the server
 * refuses it.
 */
export class WsusSession {
  private held: HeldCookie | undefined;
  private pending: Promise<Cookie> | undefined;
  private readonly life = new AbortController();

  constructor(
    private readonly authorizer: Authorizer,
    private readonly clock: () => number,
  ) {}

  /** Runs a call with a valid cookie, and once more with a new one when the server refuses that cookie. */
  async withCookie<Result>(call: (cookie: Cookie) => Promise<Result>, signal: AbortSignal): Promise<Result> {
    const cookie = await this.cookie(signal);
    try {
      return await call(cookie);
    } catch (caught) {
      this.dropAfter(caught, cookie);
      if (!COOKIE_FAULTS.has(faultCodeOf(caught))) throw caught;
    }
    return call(await this.cookie(signal));
  }

  /** Ends an authorization under way. */
  close(): void {
    this.held = undefined;
    this.life.abort();
  }

  private dropAfter(caught: unknown, cookie: Cookie): void {
    const changed = caught instanceof SyncError && caught.errorId === 'UpstreamServerChanged';
    const refused = changed || COOKIE_FAULTS.has(faultCodeOf(caught));
    if (refused && this.held?.cookie === cookie) this.held = undefined;
  }

  private async cookie(signal: AbortSignal): Promise<Cookie> {
    if (this.held !== undefined && this.clock() < this.held.renewAt) return this.held.cookie;
    // One caller giving up must not fail the others, so the authorization runs on the life of the session.
    this.pending ??= this.authorize().finally(() => {
      this.pending = undefined;
    });
    return raceAbort(this.pending, signal);
  }

  private async authorize(): Promise<Cookie> {
    const cookie = await this.authorizeOnceMore();
    this.held = { cookie, renewAt: this.renewalOf(cookie) };
    return cookie;
  }

  private async authorizeOnceMore(): Promise<Cookie> {
    const old = this.held?.cookie;
    const valid = old !== undefined && Date.parse(old.expiration) > this.clock() ? old : undefined;
    try {
      return await this.authorizer.authorize(valid, this.life.signal);
    } catch (caught) {
      if (!COOKIE_FAULTS.has(faultCodeOf(caught))) throw caught;
      return this.authorizer.authorize(undefined, this.life.signal);
    }
  }

  /** Two minutes before the end; a cookie that seems to have ended already means that the clocks differ. */
  private renewalOf(cookie: Cookie): number {
    const now = this.clock();
    const renewAt = Date.parse(cookie.expiration) - RENEW_BEFORE_MS;
    return renewAt > now ? renewAt : now + SHORTEST_LIFE_MS;
  }
}
