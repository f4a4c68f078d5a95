import fs from 'node:fs';
import pg, { type Pool, type PoolConfig } from 'pg';
import { reasonOf, SyncError } from '../../errors/SyncError.js';
import type { PostgresAddress, PostgresHost } from './PostgresAddress.js';
import { isOnThisMachine } from './PostgresAddress.js';
import { POSTGRES_SCHEMA } from './postgresTables.js';
import { POSTGRES_TYPES } from './PostgresSession.js';

type Connected = (error: Error) => void;

/** In ms. */
const CONNECTING = 10_000;
const STATEMENT = 5 * 60_000;
/** A server that is cut off says nothing: then the client ends it, after the server would have. */
const SILENCE = STATEMENT + 15_000;
const LOCK = 30_000;
const IDLE_IN_TRANSACTION = 60_000;
const IDLE = 30_000;
const KEEP_ALIVE = 15_000;
const CONNECTIONS = 8;

const SESSION = {
  search_path: POSTGRES_SCHEMA,
  standard_conforming_strings: 'on',
  statement_timeout: String(STATEMENT),
  lock_timeout: String(LOCK),
  idle_in_transaction_session_timeout: String(IDLE_IN_TRANSACTION),
  // What is looked up is a few thousand rows by their keys. As it comes, PostgreSQL takes an index for slow as an old
  // disk, and reads whole tables instead; and it plans, compiles and starts processes for longer than a query runs.
  random_page_cost: '1.1',
  plan_cache_mode: 'force_generic_plan',
  jit: 'off',
  max_parallel_workers_per_gather: '0',
} as const;

/** Not said when it connects: PgBouncer refuses a connection that does so, or is told to pass over what it says. */
const SET_SESSION = `SELECT ${Object.entries(SESSION)
  .map(([name, value]) => `set_config('${name}', '${value}', false)`)
  .join(', ')}`;

/**
 * Connections to one server, made when they are asked for. What the environment says to other programs (PGPASSWORD,
 * PGOPTIONS, .pgpass) does not count. @throws SyncError DatabaseAddressInvalid
 */
export function connectPostgres(address: PostgresAddress, server: PostgresHost): Pool {
  const pool = new pg.Pool({ ...settingsOf(address), ...server, ssl: tlsOf(address, server), Client });
  pool.on('error', () => undefined);
  return pool;
}

/**
 * Where connecting fails on this side, `pg` leaves the connection open, and the server waits for a password. A
 * connection that is lost fails with its query, or is not missed: nobody else has to hear of it.
 */
class Client extends pg.Client {
  constructor(config?: pg.ClientConfig) {
    super(config);
    this.on('error', () => undefined);
    // Of PGOPTIONS.
    (this as unknown as { connectionParameters: { options: string } }).connectionParameters.options = '';
  }

  override connect(): Promise<pg.Client>;
  override connect(callback: Connected): void;
  override connect(callback?: Connected): Promise<pg.Client> | void {
    if (callback === undefined) return super.connect();
    super.connect((error: Error) => {
      const end = (): void => void this.end().catch(() => undefined);
      if (error instanceof Error) end();
      // It goes out before what is asked next, which fails with it.
      else this.query(SET_SESSION).catch(end);
      callback(error);
    });
  }
}

function settingsOf({ database, user, password }: PostgresAddress): PoolConfig {
  return {
    database,
    user,
    password: () => {
      if (password === undefined)
        throw new SyncError('DatabaseAddressInvalid', { reason: 'the server asks for a password, and it has none' });
      return password;
    },
    max: CONNECTIONS,
    idleTimeoutMillis: IDLE,
    connectionTimeoutMillis: CONNECTING,
    query_timeout: SILENCE,
    // What is sent before the answer to the last query has come goes out at once.
    pipeline: true,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE,
    application_name: 'ConfigMgrSync',
    client_encoding: 'UTF8',
    types: POSTGRES_TYPES,
  };
}

function tlsOf({ isTlsAsked, rootCertificates }: PostgresAddress, server: PostgresHost): PoolConfig['ssl'] {
  if (!isTlsAsked && isOnThisMachine(server)) return false;
  const ca = rootCertificates === undefined ? {} : { ca: readCertificates(rootCertificates) };
  return { ...ca, rejectUnauthorized: true, minVersion: 'TLSv1.2' };
}

function readCertificates(file: string): string {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch (error) {
    throw new SyncError('DatabaseAddressInvalid', { reason: `${file} cannot be read (${reasonOf(error)})` });
  }
}
