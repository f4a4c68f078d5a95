import type { PoolClient } from 'pg';
import { SyncError } from '../../errors/SyncError.js';
import type { Clock } from '../../platform/Clock.js';
import type { PostgresAddress } from './PostgresAddress.js';
import { PostgresServers, PostgresServersFailed } from './PostgresServers.js';
import { sessionOver, type PostgresSession } from './PostgresSession.js';
import { failureOf, type FailedPlace, type PostgresFailure } from './postgresFailure.js';

/** A server that restarts or a standby that takes over is waited for so long, in ms. */
const PATIENCE = 60_000;
const FIRST_PAUSE = 50;
const LONGEST_PAUSE = 2000;
/** A transaction that others hinder is tried so often, with short pauses: they are done soon. */
const MOST_CONTENDED = 10;
const LONGEST_CONTENDED = 100;

/** What is done in one transaction. It may be done several times: only the last time counts. */
export type Body<Result> = (session: PostgresSession) => Promise<Result>;

/** A transaction. */
interface Transaction<Result> {
  readonly body: Body<Result>;
  /**
   * Asked first when the connection was lost before the server had answered the commit: what the transaction came to,
   * or undefined where it never happened. It must wait for a transaction that has not ended yet (FOR UPDATE). Without
   * it, the body is done again.
   */
  readonly done?: Body<Result | undefined>;
}

interface Timing {
  readonly clock: Clock;
  /** A clock that nobody sets, in ms; that of the process if not given. */
  readonly monotonic?: () => number;
  /** From 0 to 1. */
  readonly random: () => number;
  /** In ms. */
  readonly patience?: number;
  /** Told before each further attempt. */
  readonly log?: (line: string) => void;
  /** Why nothing is asked of the database any more. */
  readonly refused?: () => SyncError | undefined;
}

/** Queries and transactions that survive lost connections, restarts, a failover and transactions of others. */
export class PostgresTransactions {
  readonly #servers: PostgresServers;
  readonly #timing: Timing;

  constructor(address: PostgresAddress, timing: Timing) {
    this.#servers = new PostgresServers(address);
    this.#timing = timing;
  }

  /** What only reads; done again where the connection is lost. @throws SyncError of the database */
  async read<Result>(body: Body<Result>): Promise<Result> {
    return this.#persist(async (client) => body(sessionOver(client)));
  }

  /** All of it or nothing, durable when the promise is fulfilled. @throws SyncError of the database */
  async write<Result>({ body, done }: Transaction<Result>): Promise<Result> {
    let isInDoubt = false;
    return this.#persist(async (client) => {
      const session = sessionOver(client);
      await client.query('BEGIN ISOLATION LEVEL READ COMMITTED');
      try {
        const before = isInDoubt && done !== undefined ? await done(session) : undefined;
        const result = before ?? (await body(session));
        isInDoubt = true;
        await commit(client);
        return result;
      } catch (error) {
        // Where the connection is gone the server does it itself.
        await client.query('ROLLBACK').catch(() => undefined);
        throw error;
      }
    });
  }

  async close(): Promise<void> {
    await this.#servers.close();
  }

  /** Takes connections until the work is done, its failure is final or nothing is to be hoped for any more. */
  async #persist<Result>(work: (client: PoolClient) => Promise<Result>): Promise<Result> {
    const { monotonic = () => performance.now(), patience = PATIENCE, log, refused } = this.#timing;
    const end = monotonic() + patience;
    for (let attempt = 1; ; attempt += 1) {
      const refusal = refused?.();
      if (refusal !== undefined) throw refusal;
      const outcome = await this.#attempt(work);
      if ('result' in outcome) return outcome.result;
      const { kind, error } = outcome;
      const isHopeless = kind === 'again' ? attempt >= MOST_CONTENDED : monotonic() >= end;
      if (kind === 'final' || isHopeless) throw error;
      log?.(`${error.message} Trying again.`);
      await this.#pause(attempt, kind === 'again' ? LONGEST_CONTENDED : LONGEST_PAUSE);
    }
  }

  async #attempt<Result>(
    work: (client: PoolClient) => Promise<Result>,
  ): Promise<{ readonly result: Result } | PostgresFailure> {
    let place: FailedPlace = this.#servers.place;
    let client: PoolClient | undefined;
    try {
      const taken = await this.#servers.take();
      ({ client, place } = taken);
      const result = await work(client);
      client.release();
      return { result };
    } catch (error) {
      const failure = error instanceof PostgresServersFailed ? { kind: error.kind, error } : failureOf(error, place);
      // A connection of which nobody knows in which state it is is not given to others.
      client?.release(failure.kind !== 'again');
      if (failure.kind === 'elsewhere' && client !== undefined) await this.#servers.leave(place);
      return failure;
    }
  }

  /** Of different length each time, so that those who hindered each other do not meet again. */
  async #pause(attempt: number, longest: number): Promise<void> {
    const { clock, random } = this.#timing;
    const pause = Math.min(longest, FIRST_PAUSE * 2 ** (attempt - 1));
    await new Promise<void>((resolve) => clock.after(pause * (0.5 + random() / 2), resolve));
  }
}

/** A commit of a transaction that had failed is a rollback, and the server says so without an error. */
async function commit(client: PoolClient): Promise<void> {
  const { command } = await client.query('COMMIT');
  if (command !== 'COMMIT')
    throw new SyncError('InternalError', { where: 'the database', reason: 'the transaction had failed before' });
}
