import { reasonOf, type SyncError } from '../../errors/SyncError.js';
import type { Clock } from '../../platform/Clock.js';
import { NewsReaders, type SiteNews } from '../SiteNews.js';
import type { ServerEngine, SiteRole, SiteServer, Standing, WatchRole } from '../SiteRole.js';
import { LeaseConnection } from './LeaseConnection.js';
import { PostgresServers } from './PostgresServers.js';
import { describeAddress, type PostgresAddress } from './PostgresAddress.js';
import { decideLease, type LeaseStep, type LeaseTiming, mayAct, nextLook } from './decideLease.js';
import { type FoundLease, lookAtLease, registerAndLook, releaseLease, takeLease } from './leaseRow.js';
import { newerFormat, OWN_FORMATS } from './storeFormat.js';

const LONGEST_PAUSE = 2000;

interface LeaseOptions {
  readonly address: PostgresAddress;
  readonly self: ServerEngine;
  readonly clock: Clock;
  readonly timing: LeaseTiming;
  /** A clock that nobody sets, in ms. */
  readonly monotonic: () => number;
  readonly log: (line: string) => void;
}

/**
 * The lease of a site as one engine has it: renewed while it is held, taken when it is free, followed when somebody
 * else holds it.
 */
export class Lease implements SiteRole {
  readonly self: SiteServer;
  readonly news = new NewsReaders();
  readonly #options: LeaseOptions;
  readonly #servers: PostgresServers;
  readonly #watchers = new Set<WatchRole>();
  /** Those who have not ended yet what they did as the owner. */
  #laying = 0;
  #standing: Standing = { role: 'Follower', epoch: 0, owner: undefined };
  #renewed = Number.NEGATIVE_INFINITY;
  #connection: LeaseConnection | undefined;
  #early: Promise<LeaseConnection> | undefined;
  #endSleep: () => void = () => undefined;
  #isWoken = false;
  #isOver = false;
  #loop: Promise<void> = Promise.resolve();

  constructor(options: LeaseOptions) {
    this.#options = options;
    const { id, host, processId, version } = options.self;
    this.self = { id, host, processId, version };
    this.#servers = new PostgresServers(options.address);
  }

  get standing(): Standing {
    return this.#standing;
  }

  /** The epoch in which this engine writes; undefined while it follows. */
  get epoch(): number | undefined {
    return this.#standing.role === 'Owner' ? this.#standing.epoch : undefined;
  }

  get mayAct(): boolean {
    const { monotonic, timing } = this.#options;
    return mayAct({ epoch: this.epoch, renewed: this.#renewed }, monotonic(), timing.length);
  }

  onChange(told: WatchRole): () => void {
    this.#watchers.add(told);
    return () => void this.#watchers.delete(told);
  }

  /** Begins to connect. What fails is told by `start`, which tries again. */
  connect(): void {
    this.#early = this.#connect();
    this.#early.catch(() => undefined);
  }

  /**
   * Makes this engine the one of its server, looks for the first time, and goes on looking until it is stopped.
   * @throws SyncError of the database
   */
  async start(): Promise<void> {
    const wait = await this.#look(true);
    this.#loop = this.#keepLooking(wait);
  }

  /** Somebody was told by the database that this engine is not the owner: it looks at once. */
  doubt(): void {
    this.#wake();
  }

  /** Gives the lease back. */
  async stop(): Promise<void> {
    this.#isOver = true;
    this.#wake();
    await this.#loop;
    const connection = this.#connection;
    await connection?.ask(async (session) => releaseLease(session, this.#options.self)).catch(() => undefined);
    connection?.release();
    await this.#early?.then(
      (early) => early.release(),
      () => undefined,
    );
    await this.#servers.close();
  }

  async #keepLooking(first: number): Promise<void> {
    let wait = first;
    let failures = 0;
    while (!this.#isOver) {
      await this.#sleep(wait);
      if (this.#isEnding()) return;
      try {
        wait = await this.#look();
        failures = 0;
      } catch (error) {
        failures += 1;
        if (failures === 1) this.#options.log(`The lease could not be looked at: ${reasonOf(error)}. Trying again.`);
        wait = Math.min(LONGEST_PAUSE, 100 * 2 ** failures);
      }
    }
  }

  #isEnding(): boolean {
    return this.#isOver;
  }

  async #sleep(milliseconds: number): Promise<void> {
    let cancel = (): void => undefined;
    if (!this.#isWoken)
      await new Promise<void>((resolve) => {
        cancel = this.#options.clock.after(milliseconds, resolve);
        this.#endSleep = resolve;
      });
    cancel();
    this.#isWoken = false;
  }

  #wake(): void {
    this.#isWoken = true;
    this.#endSleep();
  }

  /** One look, with what follows from it; gives after how long the next one is due. */
  async #look(isFirst = false): Promise<number> {
    const { self, monotonic, timing } = this.#options;
    const before = this.#connection;
    const connection = await this.#connected();
    let sent = monotonic();
    const look = isFirst ? registerAndLook : lookAtLease;
    let found = await connection.ask(async (session) => look(session, self, timing.length), isFirst);
    let step = decideLease({ server: self.id, engine: self.engine }, found, timing.length);
    if (step === 'Take' && this.#newer(found) !== undefined) step = 'Follow';
    // After a failure of the database the owner comes first: its lease may have ended while nobody could renew it.
    if (step === 'Take' && before !== undefined && before !== connection) step = 'Follow';
    if (step === 'Take' && (this.epoch !== undefined || this.#laying > 0)) return this.#layFirst(found);
    if (step === 'Take') {
      sent = monotonic();
      const epoch = await connection.ask(async (session) => takeLease(session, self, timing.length), true);
      found =
        epoch === undefined
          ? await connection.ask(async (session) => lookAtLease(session, self, timing.length))
          : own(self, epoch, timing.length);
      step = epoch === undefined ? 'Follow' : 'Own';
      // The last news of the owner before may still be under way: nothing that is remembered counts.
      if (step === 'Own') this.news.tell({ kind: 'Missed' });
    }
    if (step === 'Own') this.#renewed = sent;
    this.#follow(step, found);
    return nextLook(step, found.lease, timing.beat);
  }

  /** Another server owned the site meanwhile. What was begun before that must not be written under the next epoch. */
  #layFirst(found: FoundLease): number {
    this.#follow('Follow', found);
    return this.#laying > 0 ? this.#options.timing.beat : 0;
  }

  /** StoreNewerFormat where a newer version has changed the tables. */
  #newer({ formats }: FoundLease): SyncError | undefined {
    return newerFormat(formats, describeAddress(this.#options.address));
  }

  #follow(step: LeaseStep, found: FoundLease): void {
    const { lease, owner } = found;
    const newer = this.#newer(found);
    const now: Standing =
      step === 'Own'
        ? { role: 'Owner', epoch: lease.epoch, owner: this.self, newer }
        : { role: 'Follower', epoch: lease.epoch, owner: lease.remaining > 0 ? owner : undefined, newer };
    const before = this.#standing;
    this.#standing = now;
    if (step === 'End') this.#isOver = true;
    if (isSame(now, before)) return;
    for (const watcher of this.#watchers) this.#await(watcher(now, before));
  }

  #await(busy: void | Promise<void>): void {
    if (busy === undefined) return;
    this.#laying += 1;
    const end = (): void => {
      this.#laying -= 1;
      this.#wake();
    };
    void busy.then(end, end);
  }

  async #connected(): Promise<LeaseConnection> {
    const before = this.#connection;
    if (before?.isOpen === true) return before;
    if (before !== undefined) await this.#servers.leave(before.place);
    this.#connection = (await this.#takeEarly()) ?? (await this.#connect());
    void this.#connection.ended.then(() => this.#wake());
    if (before !== undefined) this.news.tell({ kind: 'Missed' });
    return this.#connection;
  }

  /** That of `connect`, unless it has failed or was lost since. */
  async #takeEarly(): Promise<LeaseConnection | undefined> {
    if (this.#early === undefined) return undefined;
    const early = await this.#early.catch(() => undefined);
    this.#early = undefined;
    if (early?.isOpen === true) return early;
    await this.#servers.leave(early?.place);
    return undefined;
  }

  async #connect(): Promise<LeaseConnection> {
    return LeaseConnection.over(await this.#servers.take(), {
      clock: this.#options.clock,
      onNews: (news) => this.#hear(news),
    });
  }

  #hear(news: SiteNews): void {
    if (news.kind !== 'Missed' && news.by === this.#options.self.engine) return;
    if (news.kind === 'Owner') this.#wake();
    this.news.tell(news);
  }
}

/** Nobody needs to hear of it. */
function isSame(now: Standing, before: Standing): boolean {
  const [one, other] = [now, before].map(({ role, epoch, owner, newer }) => [role, epoch, owner?.id, newer?.message]);
  return String(one) === String(other);
}

/** What the database says of a lease that was just taken. */
function own(self: ServerEngine, epoch: number, length: number): FoundLease {
  const lease = { server: self.id, engine: self.engine, epoch, remaining: length };
  return { lease, owner: self, isCurrent: true, isRenewed: true, formats: OWN_FORMATS };
}
