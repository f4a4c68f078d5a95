import { randomUUID } from 'node:crypto';
import type { MethodDescription } from '../contract/MethodDescription.js';
import { METHODS, type EngineMethod } from '../contract/methods.js';
import { SyncError } from '../errors/SyncError.js';
import type { RequestContext } from '../rpc/requests.js';
import type { SiteRole } from '../store/SiteRole.js';
import { givePackage, removePackage, takePackage } from './carriedPackage.js';
import type { CarriedAnswer, CarriedParams, CarriedWays } from './CarriedWork.js';
import { Silence } from './Silence.js';

/** What carrying requests to the owner of a site needs. */
interface CarrierOptions extends CarriedWays {
  readonly siteCode: string;
  readonly role: Pick<SiteRole, 'self' | 'standing'>;
  /** A clock that nobody sets, in ms. */
  readonly monotonic: () => number;
  /** Why this server cannot open what the others seal. */
  readonly keyProblem: () => Promise<SyncError | undefined>;
}

/** A server that has died is followed by another one within 30 s, which then takes the request up. */
const PATIENCE = 45_000;
/** How often an answer is looked for that nobody told of, in ms. */
const LOOK = 1000;
/** Of the time between two looks no more counts, in ms: this machine slept, or the database was away from it. */
const LONGEST_PART = 2 * LOOK;

/** A request that is waited for. */
interface Waiting {
  readonly method: string;
  readonly signal: AbortSignal;
  /** Puts it into the database once more. */
  readonly ask: () => Promise<void>;
}

/** Where a request is done on a server that follows. */
export function placeOf(method: EngineMethod): 'Here' | 'Owner' | 'FilesOfOwner' {
  const { changesState, isOfTheServer, usesFiles }: MethodDescription = METHODS[method];
  if (!changesState || isOfTheServer === true) return 'Here';
  return usesFiles === true ? 'FilesOfOwner' : 'Owner';
}

/** Carries what changes the site from a server that follows to the owner, through the database. */
export class Carrier {
  readonly #options: CarrierOptions;

  constructor(options: CarrierOptions) {
    this.#options = options;
  }

  /** True where this server cannot do it itself. @throws SyncError ServerFilesElsewhere */
  isNeeded(method: EngineMethod): boolean {
    const { role, siteCode } = this.#options;
    const place = placeOf(method);
    if (role.standing.role === 'Owner' || place === 'Here') return false;
    if (place === 'Owner') return true;
    throw new SyncError('ServerFilesElsewhere', { method, site: siteCode, owner: this.#owner, server: role.self.host });
  }

  /**
   * What the owner answers. Cancelling ends the wait, not the request. @throws SyncError what the owner threw;
   * OwnerSilent, DatabaseKeyChanged, Cancelled
   */
  async carry(
    method: EngineMethod | `link/${string}`,
    params: CarriedParams['params'],
    { signal }: Pick<RequestContext, 'signal'>,
  ): Promise<unknown> {
    const { seal, files, site, keyProblem } = this.#options;
    const id = params.requestId ?? randomUUID();
    const ask = async (): Promise<void> => this.#ask(id, method, params);
    const problem = await keyProblem();
    if (problem !== undefined) throw problem;
    await ask();
    const answer = await this.#wait(id, { method, signal, ask });
    if (!seal.opens(`answer ${id}`, answer)) throw await this.#unreadable();
    const given = JSON.parse(seal.open(`answer ${id}`, answer)) as CarriedAnswer;
    if ('error' in given) throw new SyncError(given.error.errorId, given.error.data);
    if (method === 'catalog/import') removePackage(site, id);
    if (method === 'catalog/export')
      await takePackage(files, site, { id, given: given.given, shownPath: params.path ?? '' });
    return given.result;
  }

  async #ask(id: string, method: string, params: CarriedParams['params']): Promise<void> {
    const { requests, seal, role, engine, files, site } = this.#options;
    const given = method === 'catalog/import' ? await givePackage(files, site, id) : undefined;
    const sealed = seal.close(`request ${id} ${method}`, JSON.stringify({ params, given } satisfies CarriedParams));
    await requests.ask({ id, method, asker: role.self.host, params: sealed }, engine);
  }

  async #wait(id: string, { method, signal, ask }: Waiting): Promise<Uint8Array> {
    const silence = new Silence(this.#options.monotonic, LONGEST_PART);
    let isAskedAgain = false;
    for (;;) {
      const told = this.#told(id, signal);
      try {
        const state = await this.#options.requests.look(id);
        if (state?.answer !== undefined) return state.answer;
        if (silence.after(state?.touched) > PATIENCE || (state === undefined && isAskedAgain))
          throw this.#silent(method);
        if (signal.aborted) throw new SyncError('Cancelled', { what: method });
        // Forgotten before its time, as when the clock of the database jumps. Done twice it has the same answer.
        if (state === undefined) await ask();
        isAskedAgain ||= state === undefined;
        await told.promise;
      } finally {
        told.end();
      }
    }
  }

  /** Fulfilled when it is worth to look again. */
  #told(id: string, signal: AbortSignal): { readonly promise: Promise<void>; readonly end: () => void } {
    const ends: (() => void)[] = [];
    const promise = new Promise<void>((resolve) => {
      const wake = (): void => resolve();
      signal.addEventListener('abort', wake, { once: true });
      ends.push(
        () => signal.removeEventListener('abort', wake),
        this.#options.clock.after(LOOK, wake),
        this.#options.listen((news) => {
          if (news.kind === 'Missed' || (news.kind === 'Answer' && news.id === id)) wake();
        }),
      );
    });
    return { promise, end: () => ends.forEach((end) => end()) };
  }

  /** The key was changed, and the owner or this server does not have the new one yet. */
  async #unreadable(): Promise<SyncError> {
    const { siteCode, keyProblem } = this.#options;
    return (await keyProblem()) ?? new SyncError('DatabaseKeyChanged', { site: siteCode, server: this.#owner });
  }

  #silent(method: string): SyncError {
    const { siteCode } = this.#options;
    return new SyncError('OwnerSilent', { method, site: siteCode, owner: this.#owner, seconds: PATIENCE / 1000 });
  }

  get #owner(): string {
    return this.#options.role.standing.owner?.host ?? 'none';
  }
}
