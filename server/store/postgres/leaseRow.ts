import type { StoredServer } from '../SharedStore.js';
import type { ServerEngine, SiteServer } from '../SiteRole.js';
import type { SiteNews } from '../SiteNews.js';
import type { PostgresRow, PostgresSession } from './PostgresSession.js';
import { FORMAT } from '../sql/schema.js';
import { type Holder, isFree, type LeaseAnswer, type LeaseRow } from './decideLease.js';
import { CHANNEL, OWN_MIGRATIONS } from './postgresTables.js';
import { IS_KNOWN_FORMAT, type StoreFormats } from './storeFormat.js';

const NOW = '(extract(epoch FROM clock_timestamp()) * 1000)::bigint';

/** What a look has found, with the owner where there is one. */
export interface FoundLease extends LeaseAnswer {
  readonly owner: SiteServer | undefined;
  /** Of the tables, which a newer version may have changed while this engine works. */
  readonly formats: StoreFormats;
}

/**
 * From here on this engine is the one of its server; an earlier one of the same folder is none any more. Gives how the
 * lease is. In one transaction.
 */
export async function registerAndLook(
  session: PostgresSession,
  self: ServerEngine,
  length: number,
): Promise<FoundLease> {
  // One is sent behind the other, and both are waited for together.
  const [, found] = await Promise.all([registerServer(session, self), lookAtLease(session, self, length)]);
  return found;
}

async function registerServer(session: PostgresSession, self: ServerEngine): Promise<void> {
  await session.query(
    `INSERT INTO server VALUES($1, $2, $3, $4, $5, ${NOW}, ${NOW}) ON CONFLICT(id) DO UPDATE SET engine = ` +
      'EXCLUDED.engine, host = EXCLUDED.host, process = EXCLUDED.process, version = EXCLUDED.version, ' +
      'since = EXCLUDED.since, heartbeat = EXCLUDED.heartbeat',
    [self.id, self.engine, self.host, self.processId, self.version],
  );
}

/**
 * A sign of life, the renewal of the lease where the engine holds it, and how the lease is. An engine that was taken
 * off the list while it was silent is there again.
 */
export async function lookAtLease(session: PostgresSession, self: ServerEngine, length: number): Promise<FoundLease> {
  const [row = []] = await session.query(
    `WITH alive AS (INSERT INTO server VALUES($1, $2, $4, $5, $6, ${NOW}, ${NOW}) ON CONFLICT(id) DO UPDATE SET ` +
      'heartbeat = EXCLUDED.heartbeat WHERE server.engine = EXCLUDED.engine RETURNING 1), renewed AS ' +
      `(UPDATE lease SET expires = ${NOW} + $3::bigint WHERE engine = $2 AND EXISTS (SELECT FROM alive) AND ` +
      `EXISTS (SELECT FROM store WHERE ${IS_KNOWN_FORMAT}) RETURNING 1) ` +
      `SELECT l.server, l.engine, l.epoch, l.expires - ${NOW}, (SELECT count(*) FROM alive), ` +
      '(SELECT count(*) FROM renewed), s.host, s.process, s.version, (SELECT format FROM store), ' +
      '(SELECT own_format FROM store) FROM lease l LEFT JOIN server s ON s.id = l.server',
    [self.id, self.engine, length, self.host, self.processId, self.version],
  );
  const lease = leaseOf(row);
  const [isCurrent, isRenewed] = [Number(row[4]) > 0, Number(row[5]) > 0];
  const owner = row[6] === null ? undefined : serverOf([lease.server, row[6] ?? '', row[7] ?? 0, row[8] ?? '']);
  const formats = { format: Number(row[9]), ownFormat: Number(row[10]) };
  return { lease, isCurrent, isRenewed, owner, formats };
}

/**
 * Takes the lease where it is free, with an epoch above all before: from here on nobody else writes. A transaction that
 * a paused owner has open is ended. Gives the epoch; undefined where somebody was faster. In one transaction.
 */
export async function takeLease(
  session: PostgresSession,
  self: ServerEngine,
  length: number,
): Promise<number | undefined> {
  const [row = []] = await session.query(
    `SELECT server, engine, epoch, expires - ${NOW} FROM lease WHERE EXISTS (SELECT 1 FROM server WHERE id = $1 AND ` +
      'engine = $2) FOR UPDATE',
    [self.id, self.engine],
  );
  const me: Holder = { server: self.id, engine: self.engine };
  if (row.length === 0 || !isFree(me, leaseOf(row), length)) return undefined;
  // One is sent behind the other, and all are waited for together.
  const [, , [[epoch] = []]] = await Promise.all([
    session.query(END_WRITERS),
    session.query('SELECT 1 FROM store FOR UPDATE'),
    session.query(TAKE, [
      self.id,
      self.engine,
      length,
      FORMAT,
      OWN_MIGRATIONS.length,
      CHANNEL,
      JSON.stringify({ kind: 'Owner', by: self.engine }),
    ]),
  ]);
  return epoch === undefined ? undefined : Number(epoch);
}

/** Where a newer version has changed the tables while this engine worked there is no epoch: it changes them no more. */
const TAKE =
  'WITH next AS (UPDATE store SET epoch = epoch + 1 WHERE format = $4 AND own_format = $5 RETURNING epoch), ' +
  // What was before, by which a server that was the owner knows whether its last transaction is there.
  'past AS (INSERT INTO past_lease(epoch, engine, token) SELECT l.epoch, l.engine, s.token FROM lease l, store s, ' +
  'next ON CONFLICT (epoch) DO UPDATE SET engine = EXCLUDED.engine, token = EXCLUDED.token), ' +
  'gone AS (DELETE FROM past_lease WHERE epoch < (SELECT epoch FROM next) - 1000) ' +
  `UPDATE lease SET server = $1, engine = $2, epoch = next.epoch, expires = ${NOW} + $3::bigint FROM next ` +
  'RETURNING next.epoch, pg_notify($6::text, $7::text)';

/**
 * Transactions that may write, or hold up who takes the lease: those that have locked rows of `store`. Where roles
 * differ they may not be ended, and are waited for.
 */
const END_WRITERS =
  'SELECT pg_terminate_backend(l.pid) FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid AND a.datname = ' +
  "current_database() WHERE l.locktype = 'relation' AND l.relation = 'store'::regclass AND l.granted AND " +
  "l.mode IN ('RowShareLock', 'RowExclusiveLock') AND l.pid <> pg_backend_pid() AND " +
  "pg_has_role(current_user, a.usesysid, 'USAGE')";

/** Gives the lease back, so that another server need not wait until it ends; and this engine is gone. */
export async function releaseLease(session: PostgresSession, self: ServerEngine): Promise<void> {
  const released = await session.query('UPDATE lease SET expires = 0 WHERE engine = $1 RETURNING 1', [self.engine]);
  await session.query('UPDATE server SET heartbeat = 0 WHERE id = $1 AND engine = $2', [self.id, self.engine]);
  if (released.length === 0) return;
  await session.query('SELECT pg_notify($1, $2)', [CHANNEL, JSON.stringify({ kind: 'Owner', by: self.engine })]);
}

/** Takes a server off the list; it is there again once its engine starts. */
export async function forgetServer({ query }: PostgresSession, id: string): Promise<void> {
  await query('DELETE FROM server WHERE id = $1', [id]);
}

/** Every server that has the site, by host; a heartbeat of 0 is that of an engine that has ended cleanly. */
export async function storedServers(session: PostgresSession): Promise<readonly StoredServer[]> {
  const rows = await session.query(
    `SELECT s.id, s.host, s.process, s.version, s.since, s.heartbeat, ${NOW} - s.heartbeat, l.engine = s.engine AND ` +
      `l.expires > ${NOW} FROM server s, lease l ORDER BY s.host, s.id`,
  );
  return rows.map((row) => ({
    ...serverOf(row),
    since: Number(row[4]),
    heartbeat: Number(row[5]),
    silence: Number(row[6]),
    isOwner: row[7] === true,
  }));
}

function leaseOf([server, engine, epoch, remaining]: PostgresRow): LeaseRow {
  return { server: String(server), engine: String(engine), epoch: Number(epoch), remaining: Number(remaining) };
}

function serverOf([id, host, process, version]: PostgresRow): SiteServer {
  return { id: String(id), host: String(host), processId: Number(process), version: String(version) };
}

/** Tells the other servers of the site. */
export async function tellNews({ query }: PostgresSession, news: SiteNews): Promise<void> {
  await query('SELECT pg_notify($1, $2)', [CHANNEL, JSON.stringify(news)]);
}
