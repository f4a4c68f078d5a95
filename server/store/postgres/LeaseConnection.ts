import { SyncError } from '../../errors/SyncError.js';
import type { Clock } from '../../platform/Clock.js';
import type { SiteNews } from '../SiteNews.js';
import type { TakenConnection } from './PostgresServers.js';
import { sessionOver, type PostgresSession } from './PostgresSession.js';
import { type FailedPlace, failureOf } from './postgresFailure.js';
import { CHANNEL } from './postgresTables.js';

/** A server that does not answer so long is taken for one that is gone, in ms. */
const SILENCE = 5000;

interface LeaseConnectionOptions {
  readonly clock: Clock;
  /** Told what other servers say. */
  readonly onNews: (news: SiteNews) => void;
}

/** A connection of its own, on which an engine keeps its lease and hears of the other servers. */
export class LeaseConnection {
  /** Fulfilled when the connection is gone. */
  readonly ended: Promise<void>;
  readonly #taken: TakenConnection;
  readonly #clock: Clock;
  readonly #session: PostgresSession;
  #isReleased = false;
  #isEnded = false;
  #end: () => void = () => undefined;

  private constructor(taken: TakenConnection, { clock, onNews }: LeaseConnectionOptions) {
    this.#taken = taken;
    this.#clock = clock;
    this.#session = sessionOver(taken.client);
    this.ended = new Promise((resolve) => {
      this.#end = () => {
        this.#isEnded = true;
        resolve();
      };
    });
    taken.client.on('notification', ({ payload }) => {
      const news = newsOf(payload);
      if (news !== undefined) onNews(news);
    });
    taken.client.once('end', () => this.#end());
    taken.client.once('error', () => this.#end());
  }

  /** Begins to listen. */
  static async over(taken: TakenConnection, options: LeaseConnectionOptions): Promise<LeaseConnection> {
    const connection = new LeaseConnection(taken, options);
    await connection.ask(async ({ query }) => query(`LISTEN ${CHANNEL}`));
    return connection;
  }

  /** Where it goes. */
  get place(): FailedPlace {
    return this.#taken.place;
  }

  get isOpen(): boolean {
    return !this.#isEnded;
  }

  /** Asks on it, in a transaction where that is said. @throws SyncError; the connection is of no use then */
  async ask<Result>(work: (session: PostgresSession) => Promise<Result>, isWhole = false): Promise<Result> {
    let cancel = (): void => undefined;
    const silence = new Promise<never>((_resolve, reject) => {
      const error = new SyncError('DatabaseUnreachable', { ...this.#taken.place, reason: 'it does not answer' });
      cancel = this.#clock.after(SILENCE, () => reject(error));
    });
    try {
      const asking = isWhole ? this.#inTransaction(work) : work(this.#session);
      // It fails later than the silence is over.
      asking.catch(() => undefined);
      return await Promise.race([asking, silence]);
    } catch (error) {
      this.release();
      throw failureOf(error, this.#taken.place).error;
    } finally {
      cancel();
    }
  }

  /** Ends it. */
  release(): void {
    if (!this.#isReleased) this.#taken.client.release(true);
    this.#isReleased = true;
    this.#end();
  }

  async #inTransaction<Result>(work: (session: PostgresSession) => Promise<Result>): Promise<Result> {
    await this.#session.query('BEGIN ISOLATION LEVEL READ COMMITTED');
    const result = await work(this.#session);
    await this.#session.query('COMMIT');
    return result;
  }
}

const KNOWN: readonly SiteNews['kind'][] = ['Owner', 'Commit', 'Request', 'Answer', 'Keys', 'Progress'];

/** What is not of this version is passed over. */
function newsOf(payload: string | undefined): SiteNews | undefined {
  try {
    const news = JSON.parse(payload ?? '') as SiteNews | null;
    return news !== null && KNOWN.includes(news.kind) ? news : undefined;
  } catch {
    return undefined;
  }
}
