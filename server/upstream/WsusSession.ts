import { SyncError } from '../errors/SyncError.js';
import { DSS_TARGETING, parseGetAuthConfigResponse, writeGetAuthConfigRequest } from '../wire/getAuthConfig.js';
import {
  type AuthorizationCookie,
  parseGetAuthorizationCookieResponse,
  writeGetAuthorizationCookieRequest,
} from '../wire/getAuthorizationCookie.js';
import { type Cookie, parseGetCookieResponse, writeGetCookieRequest } from '../wire/getCookie.js';
import { DSS_AUTH_PATH } from '../wire/operations.js';
import { plugInUrl, serviceUrl, type SoapCaller } from './SoapCaller.js';
import { faultCodeOf, PROTOCOL_VERSION } from './faultError.js';

/** Who we are at the upstream. */
interface Account {
  readonly accountName: string;
  readonly accountGuid: string;
}

/** Goes through authorization: GetAuthConfig, GetAuthorizationCookie, GetCookie (MS-WSUSSS 3.2.4.1, reference 1.6). */
export class Authorizer {
  readonly #caller: SoapCaller;
  readonly #account: Account;

  constructor(caller: SoapCaller, account: Account) {
    this.#caller = caller;
    this.#account = account;
  }

  /** A fresh cookie; `oldCookie` only while it is still valid. */
  async authorize(oldCookie: Cookie | undefined, signal: AbortSignal): Promise<Cookie> {
    const { soap } = this.#caller;
    const authorization = await this.#authorization(signal);
    const body = writeGetCookieRequest(
      { authCookies: [authorization], oldCookie, protocolVersion: PROTOCOL_VERSION },
      soap,
    );
    return parseGetCookieResponse(await this.#caller.serverSync('GetCookie', body, signal));
  }

  async #authorization(signal: AbortSignal): Promise<AuthorizationCookie> {
    const caller = this.#caller;
    const account = this.#account;
    const target = await this.#plugIn(signal);
    const body = writeGetAuthorizationCookieRequest({ ...account, programKeys: [] }, caller.soap);
    return parseGetAuthorizationCookieResponse(
      await caller.send({ operation: 'GetAuthorizationCookie', target, body }, signal),
    );
  }

  async #plugIn(signal: AbortSignal): Promise<URL> {
    const caller = this.#caller;
    const config = parseGetAuthConfigResponse(
      await caller.serverSync('GetAuthConfig', writeGetAuthConfigRequest(caller.soap), signal),
    );
    const plugIn = config.plugIns.find((offered) => offered.plugInId === DSS_TARGETING);
    if (plugIn === undefined && config.plugIns.length > 0)
      throw new SyncError('UpstreamDenied', { url: caller.url, operation: 'GetAuthConfig', status: 200 });
    const text = plugIn?.serviceUrl ?? '';
    return text === '' ? serviceUrl(caller.base, DSS_AUTH_PATH) : plugInUrl(caller.base, text);
  }
}

/** Waits for shared work, but no longer than the caller's signal allows; the work itself goes on. */
export async function raceAbort<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  let stop = (): void => undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    stop = (): void => reject(new SyncError('Cancelled', { what: 'The authorization at the upstream' }));
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

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
  readonly #authorizer: Authorizer;
  readonly #clock: () => number;
  #held: HeldCookie | undefined;
  #pending: Promise<Cookie> | undefined;
  readonly #life = new AbortController();

  constructor(authorizer: Authorizer, clock: () => number) {
    this.#authorizer = authorizer;
    this.#clock = clock;
  }

  /** Runs a call with a valid cookie, and once more with a new one when the server refuses that cookie. */
  async withCookie<Result>(call: (cookie: Cookie) => Promise<Result>, signal: AbortSignal): Promise<Result> {
    const cookie = await this.#cookie(signal);
    try {
      return await call(cookie);
    } catch (caught) {
      this.#dropAfter(caught, cookie);
      if (!COOKIE_FAULTS.has(faultCodeOf(caught))) throw caught;
    }
    return call(await this.#cookie(signal));
  }

  /** Ends an authorization under way. */
  close(): void {
    this.#held = undefined;
    this.#life.abort();
  }

  #dropAfter(caught: unknown, cookie: Cookie): void {
    const changed = caught instanceof SyncError && caught.errorId === 'UpstreamServerChanged';
    const refused = changed || COOKIE_FAULTS.has(faultCodeOf(caught));
    if (refused && this.#held?.cookie === cookie) this.#held = undefined;
  }

  async #cookie(signal: AbortSignal): Promise<Cookie> {
    if (this.#held !== undefined && this.#clock() < this.#held.renewAt) return this.#held.cookie;
    // One caller giving up must not fail the others, so the authorization runs on the life of the session.
    this.#pending ??= this.#authorize().finally(() => {
      this.#pending = undefined;
    });
    return raceAbort(this.#pending, signal);
  }

  async #authorize(): Promise<Cookie> {
    const cookie = await this.#authorizeOnceMore();
    this.#held = { cookie, renewAt: this.#renewalOf(cookie) };
    return cookie;
  }

  async #authorizeOnceMore(): Promise<Cookie> {
    const old = this.#held?.cookie;
    const valid = old !== undefined && Date.parse(old.expiration) > this.#clock() ? old : undefined;
    try {
      return await this.#authorizer.authorize(valid, this.#life.signal);
    } catch (caught) {
      if (!COOKIE_FAULTS.has(faultCodeOf(caught))) throw caught;
      return this.#authorizer.authorize(undefined, this.#life.signal);
    }
  }

  /** Two minutes before the end; a cookie that seems to have ended already means that the clocks differ. */
  #renewalOf(cookie: Cookie): number {
    const now = this.#clock();
    const renewAt = Date.parse(cookie.expiration) - RENEW_BEFORE_MS;
    return renewAt > now ? renewAt : now + SHORTEST_LIFE_MS;
  }
}
