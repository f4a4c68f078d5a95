import { isEngineMethod } from '../contract/methods.js';
import { SyncError, toSyncError } from '../errors/SyncError.js';
import type { CarriedLinkWork } from '../link/ownersWork.js';
import type { Clock } from '../platform/Clock.js';
import type { EngineService } from '../rpc/requests.js';
import type { DatabaseSeal } from '../site/databaseKey.js';
import type { CarriedFiles, CarriedRequest, CarriedRequests } from '../store/SharedRows.js';
import type { SiteNews } from '../store/SiteNews.js';
import type { SiteRole } from '../store/SiteRole.js';
import { type GivenPackage, givePackage, type PackageFolder, removePackage, takePackage } from './carriedPackage.js';

/** The ways on which requests go from one server to another. */
export interface CarriedWays {
  readonly requests: CarriedRequests;
  readonly files: CarriedFiles;
  /** Where the packages of requests are on this server. */
  readonly site: PackageFolder;
  readonly seal: DatabaseSeal;
  /** Calls back with what other servers tell; the result ends it. */
  readonly listen: (told: (news: SiteNews) => void) => () => void;
  /** Name of this engine among the servers. */
  readonly engine: string;
  readonly clock: Clock;
}

/** What doing the requests of other servers needs. */
interface CarriedWorkOptions extends CarriedWays {
  readonly role: Pick<SiteRole, 'standing' | 'onChange'>;
  /** What answers them: the same as for those who ask here. */
  readonly service: EngineService;
  /** What servers ask each other for that no session does. */
  readonly inside?: CarriedLinkWork;
  readonly log: (line: string) => void;
}

/** What is asked for, with the files that go with it. */
export interface CarriedParams {
  readonly params: { readonly requestId?: string; readonly path?: string };
  readonly given?: GivenPackage | undefined;
}

/** How a request is answered in the database. */
export type CarriedAnswer =
  | { readonly result: unknown; readonly given?: GivenPackage | undefined }
  | { readonly error: { readonly errorId: SyncError['errorId']; readonly data: SyncError['data'] } };

/** How often the owner looks for requests that it was not told of, and says that it is at work, in ms. */
const BEAT = 5000;
/** Says of this server that it does not own the site any more, or ends: the next owner does the request. */
const LEFT_TO_OTHERS: readonly string[] = ['StoreSuperseded', 'ServerNotOwner', 'DatabaseWentBack', 'EngineStopped'];

/** Does as the owner what other servers of the site are asked for, each request once. */
export class CarriedWork {
  readonly #options: CarriedWorkOptions;
  readonly #inWork = new Map<string, Promise<void>>();
  readonly #over = new AbortController();
  readonly #ends: (() => void)[];
  #cancelBeat: () => void = () => undefined;

  constructor(options: CarriedWorkOptions) {
    this.#options = options;
    const look = (): void => void this.#look();
    this.#ends = [
      options.listen((news) => {
        if (news.kind === 'Request' || news.kind === 'Missed') look();
      }),
      options.role.onChange(look),
    ];
    void this.#beat();
  }

  /** Begins no more; what is in work is left to the next owner, unless it ends first. */
  end(): void {
    this.#over.abort();
    this.#cancelBeat();
    for (const end of this.#ends) end();
  }

  /** Waits until nothing is in work. */
  async ended(): Promise<void> {
    await Promise.all(this.#inWork.values());
  }

  async #beat(): Promise<void> {
    await this.#look();
    if (this.#isOwner()) await this.#try(async () => this.#touch());
    if (!this.#over.signal.aborted) this.#cancelBeat = this.#options.clock.after(BEAT, () => void this.#beat());
  }

  async #touch(): Promise<void> {
    const { requests } = this.#options;
    if (this.#inWork.size > 0) await requests.touch([...this.#inWork.keys()]);
    await requests.forget();
  }

  async #look(): Promise<void> {
    if (!this.#isOwner()) return;
    await this.#try(async () => {
      for (const request of await this.#options.requests.waiting()) {
        if (this.#inWork.has(request.id) || !this.#isOwner()) continue;
        const work = this.#try(async () => this.#do(request)).finally(() => this.#inWork.delete(request.id));
        this.#inWork.set(request.id, work);
      }
    });
  }

  async #do(request: CarriedRequest): Promise<void> {
    const { id, method, asker } = request;
    const { requests, seal, engine, log } = this.#options;
    log(`Doing ${method} for the server ${asker}.`);
    const answer = await this.#answer(request);
    if (answer === undefined) log(`${method} for the server ${asker} is left to the next owner of the site.`);
    else await requests.answer(id, seal.close(`answer ${id}`, JSON.stringify(answer)), engine);
  }

  async #answer({ id, method, params }: CarriedRequest): Promise<CarriedAnswer | undefined> {
    const { seal, files, site } = this.#options;
    try {
      const handler = this.#handlerOf(method);
      const asked = JSON.parse(seal.open(`request ${id} ${method}`, params)) as CarriedParams;
      const { signal } = this.#over;
      const shownPath = asked.params.path ?? '';
      if (method === 'catalog/import') await takePackage(files, site, { id, given: asked.given, shownPath });
      const result = await handler(asked.params, { signal, closed: signal, notify: () => undefined });
      if (method !== 'catalog/export') return { result };
      const given = await givePackage(files, site, id);
      removePackage(site, id);
      return { result, given };
    } catch (caught) {
      const { errorId, data } = toSyncError(caught, method);
      const isLeft = LEFT_TO_OTHERS.includes(errorId) || !this.#isOwner();
      return isLeft ? undefined : { error: { errorId, data } };
    }
  }

  #handlerOf(method: string): (params: unknown, context: object) => Promise<unknown> {
    const { service, inside } = this.#options;
    const handler = inside?.[method] ?? (isEngineMethod(method) ? service[method] : undefined);
    if (handler === undefined) throw new SyncError('UnknownMethod', { method });
    return handler as (params: unknown, context: object) => Promise<unknown>;
  }

  /** The database may be away for a while: the next beat looks again. */
  async #try(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (caught) {
      const { message } = toSyncError(caught, 'a request of another server');
      this.#options.log(`The requests of other servers could not be looked at: ${message}`);
    }
  }

  #isOwner(): boolean {
    return !this.#over.signal.aborted && this.#options.role.standing.role === 'Owner';
  }
}
