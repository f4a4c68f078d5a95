import type { Pool, PoolClient } from 'pg';
import { SyncError } from '../../errors/SyncError.js';
import type { PostgresAddress, PostgresHost } from './PostgresAddress.js';
import { describeHost } from './PostgresAddress.js';
import { connectPostgres } from './connectPostgres.js';
import { failureOf, type FailedPlace, type FailureKind, type PostgresFailure } from './postgresFailure.js';

const OLDEST = 140_000;
/** What makes a server one that takes changes, and its database one that keeps every text. */
const LOOK =
  "SELECT pg_is_in_recovery() OR current_setting('transaction_read_only')::boolean, " +
  "current_setting('server_version_num')::integer, current_setting('server_encoding')";

/** A server that takes changes, with its connections. */
interface Writable {
  readonly pool: Pool;
  readonly place: FailedPlace;
}

/** A connection, and where it goes. */
export interface TakenConnection {
  readonly client: PoolClient;
  readonly place: FailedPlace;
}

/** The servers of an address: connections go to the first one that takes changes, until it does so no more. */
export class PostgresServers {
  readonly #address: PostgresAddress;
  #current: Promise<Writable> | undefined;
  /** Where the last one stands in the list: it is asked first. */
  #at = 0;
  #isClosed = false;

  constructor(address: PostgresAddress) {
    this.#address = address;
  }

  /** A connection; release it. @throws SyncError, or what `pg` throws */
  async take(): Promise<TakenConnection> {
    const { pool, place } = await this.#writable();
    try {
      return { client: await pool.connect(), place };
    } catch (error) {
      // Somebody else has left this server meanwhile.
      if (pool.ending && !this.#isClosed) return this.take();
      if (failureOf(error, place).kind === 'elsewhere') await this.leave(place);
      throw error;
    }
  }

  /**
   * The server is gone, or takes no changes any more: whoever comes next looks at all of them again. `failed` is the
   * place of the connection that failed: those that fail together leave once, and not the next server too.
   */
  async leave(failed?: FailedPlace): Promise<void> {
    const left = this.#current;
    const place = await left?.then(
      (current) => current.place,
      () => undefined,
    );
    if (this.#current !== left || (failed !== undefined && place !== failed)) return;
    this.#current = undefined;
    await left?.then(
      ({ pool }) => void pool.end().catch(() => undefined),
      () => undefined,
    );
  }

  /** No connection is given any more. */
  async close(): Promise<void> {
    this.#isClosed = true;
    const last = this.#current;
    this.#current = undefined;
    await last?.then(
      async ({ pool }) => pool.end(),
      () => undefined,
    );
  }

  /** The place that a failure without a connection is of. */
  get place(): FailedPlace {
    return this.#placeOf(...this.#address.hosts);
  }

  async #writable(): Promise<Writable> {
    if (this.#isClosed) throw new SyncError('InternalError', { where: 'the database', reason: 'it was closed' });
    this.#current ??= this.#find().catch((error: unknown) => {
      this.#current = undefined;
      throw error;
    });
    return this.#current;
  }

  async #find(): Promise<Writable> {
    const failures: PostgresFailure[] = [];
    const { hosts } = this.#address;
    for (const host of [...hosts.slice(this.#at), ...hosts.slice(0, this.#at)]) {
      const found = await this.#look(host);
      if ('pool' in found) {
        this.#at = hosts.indexOf(host);
        return found;
      }
      failures.push(found);
    }
    throw new PostgresServersFailed(failures);
  }

  async #look(host: PostgresHost): Promise<Writable | PostgresFailure> {
    const place = this.#placeOf(host);
    let pool: Pool | undefined;
    try {
      pool = connectPostgres(this.#address, host);
      const { rows } = await pool.query<[boolean, number, string]>({ text: LOOK, rowMode: 'array' });
      const unfit = rows.map((row) => unfitness(row, place)).find((failure) => failure !== undefined);
      if (unfit === undefined) return { pool, place };
      void pool.end().catch(() => undefined);
      return unfit;
    } catch (error) {
      void pool?.end().catch(() => undefined);
      return failureOf(error, place);
    }
  }

  #placeOf(...hosts: readonly PostgresHost[]): FailedPlace {
    const { database, user } = this.#address;
    return { server: hosts.map(describeHost).join(', '), database, user };
  }
}

/** No server can be used. What somebody has to change is told first, else what hinders the last one. */
export class PostgresServersFailed extends SyncError {
  readonly kind: FailureKind;

  constructor(failures: readonly PostgresFailure[]) {
    const told = failures.find(({ kind }) => kind === 'final') ?? failures.at(-1);
    super(told?.error.errorId ?? 'InternalError', told?.error.data, { cause: told?.error.cause });
    this.kind = told?.kind ?? 'final';
  }
}

type Facts = readonly [isReadOnly: boolean, version: number, encoding: string];

function unfitness([isReadOnly, version, encoding]: Facts, place: FailedPlace): PostgresFailure | undefined {
  if (isReadOnly) return { kind: 'elsewhere', error: new SyncError('DatabaseReadOnly', { ...place }) };
  const unsuitable = (reason: string): PostgresFailure => ({
    kind: 'final',
    error: new SyncError('DatabaseUnsuitable', { ...place, reason }),
  });
  if (version < OLDEST) return unsuitable(`the server is PostgreSQL ${Math.floor(version / 10_000)}`);
  return encoding === 'UTF8' ? undefined : unsuitable(`its encoding is ${encoding}`);
}
