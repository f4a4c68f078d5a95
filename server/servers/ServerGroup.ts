import type { RunProgress } from '../contract/generated/types.js';
import type { Clock } from '../platform/Clock.js';
import { Mutex } from '../platform/Mutex.js';
import { reasonOf, type SyncError } from '../errors/SyncError.js';
import type { CarriedLinkWork, CarryToOwner } from '../link/ownersWork.js';
import type { EngineService } from '../rpc/requests.js';
import type { SharedStore, StoredServer } from '../store/SharedStore.js';
import { CarriedWork } from './CarriedWork.js';
import { Carrier } from './Carrier.js';
import { SharedProgress, type WatchedRuns } from './SharedProgress.js';
import type { SharingSite } from './shareKeys.js';

type Watcher = (progress: RunProgress) => void;

/** The runs of this engine, or of the owner that it follows. */
interface FollowedRuns extends WatchedRuns {
  /** Told of a run of the owner. */
  hear(progress: RunProgress): void;
}

/** What an engine is among the servers of its site with. */
interface GroupOptions extends SharingSite {
  readonly shared: SharedStore;
  readonly clock: Clock;
  readonly log: (line: string) => void;
}

/** The servers of a site, seen from one of them: carries requests to the owner, or does them, and follows the keys. */
export class ServerGroup {
  readonly carrier: Carrier;
  readonly #options: GroupOptions;
  readonly #taking = new Mutex();
  readonly #ends: (() => void)[];
  #work: CarriedWork | undefined;

  constructor(options: GroupOptions) {
    this.#options = options;
    const { site, shared } = options;
    this.carrier = new Carrier({
      ...this.#ways(),
      siteCode: site.siteCode,
      monotonic: () => performance.now(),
      keyProblem: async () => this.#keyProblem(),
    });
    if (options.keys.warning !== undefined) options.log(options.keys.warning);
    this.#ends = [
      shared.news.add((news) => {
        if (news.kind === 'Missed' || (news.kind === 'Keys' && news.by !== this.self)) void this.#takeKeys();
      }),
      shared.role.onChange(({ newer }) => {
        if (newer === undefined) void this.#takeKeys();
      }),
    ];
  }

  /** Has the owner do what only it can do for nodes that are connected here. */
  readonly carryLink: CarryToOwner = async (method, params) =>
    this.carrier.carry(method, params, { signal: new AbortController().signal });

  /** Id of this server. */
  get self(): string {
    return this.#options.shared.role.self.id;
  }

  async all(): Promise<readonly StoredServer[]> {
    return this.#options.shared.servers();
  }

  async remove(id: string): Promise<void> {
    await this.#options.shared.forgetServer(id);
  }

  /**
   * The key of the database, as it is now; where the database cannot be asked, the one that was in use.
   * @throws SyncError DatabaseKeyChanged, SecretSealFailed
   */
  async key(): Promise<string> {
    await this.#takeKeys();
    return this.#options.keys.key(this.#options.site);
  }

  /**
   * Seals the keys of the site again with a new key, as its owner; gives the other servers, which need it.
   * @throws SyncError ServerNotOwner and its like, DatabaseKeyChanged
   */
  async changeKey(): Promise<readonly StoredServer[]> {
    await this.#options.changeKey();
    return (await this.all()).filter(({ id }) => id !== this.self);
  }

  /** From here on what other servers are asked for is done here, while this one is the owner. */
  begin(service: EngineService, runs: FollowedRuns, inside: CarriedLinkWork): void {
    this.#work = new CarriedWork({ ...this.#ways(), service, inside, log: this.#options.log });
    const { shared, clock } = this.#options;
    // One that was heard of is not told on.
    const own = { watch: (watcher: Watcher) => runs.watch((progress) => this.#isOwner() && watcher(progress)) };
    const send = async (progress: RunProgress): Promise<void> =>
      shared.tell({ kind: 'Progress', by: this.self, progress: JSON.stringify(progress) });
    const progress = new SharedProgress({ runs: own, clock, send });
    this.#ends.push(
      () => progress.end(),
      shared.news.add((news) => {
        if (news.kind === 'Progress' && !this.#isOwner()) runs.hear(JSON.parse(news.progress) as RunProgress);
      }),
    );
  }

  /** Begins no more for other servers. */
  end(): void {
    for (const end of this.#ends) end();
    this.#work?.end();
  }

  /** Waits until nothing is in work. */
  async ended(): Promise<void> {
    await this.#work?.ended();
    await this.#taking.take(async () => Promise.resolve());
  }

  #isOwner(): boolean {
    return this.#options.shared.role.standing.role === 'Owner';
  }

  #ways() {
    const { shared, seal, clock, site } = this.#options;
    const { requests, files, role, news } = shared;
    return { requests, files, site, role, seal, clock, engine: role.self.id, listen: news.add.bind(news) };
  }

  /** As it is now: the key may have been given to this server since. */
  async #keyProblem(): Promise<SyncError | undefined> {
    if (this.#options.keys.problem !== undefined) await this.#takeKeys();
    return this.#options.keys.problem;
  }

  /** What another server has changed. Where that fails it is done again with the next change. */
  async #takeKeys(): Promise<void> {
    const { site, keys, log } = this.#options;
    const before = keys.warning;
    await this.#taking
      .take(async () => site.takeShared?.())
      .then(() => {
        if (keys.warning !== undefined && keys.warning !== before) log(keys.warning);
      })
      .catch((caught: unknown) =>
        log(`The keys of the site could not be taken from its database: ${reasonOf(caught)}`),
      );
  }
}
