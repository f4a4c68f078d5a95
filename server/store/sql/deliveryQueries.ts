import { DELIVERY_STATE, type OutboxCounts, type WaitingDeliveries } from '../Deliveries.js';
import type { Sql, SqlSteps } from './Sql.js';

const { waiting, delivered, dead } = DELIVERY_STATE;

/** From so many attempts on it is more than a server that is started again. */
const FAILING = 3;

export function* waitingDeliveries(sql: Sql): SqlSteps<WaitingDeliveries[]> {
  return (yield* sql.rows(
    `SELECT receiver, batch, count(*), min(id), max(id), max(attempts), max(due), max(error), max(refused) ` +
      `FROM delivery WHERE state = ${waiting} GROUP BY receiver, batch ORDER BY receiver, batch`,
  )).map(([receiver, batch, count, first, last, attempts, due, error, refused]) => ({
    receiver: String(receiver),
    batch: Number(batch),
    count: Number(count),
    first: Number(first),
    last: Number(last),
    attempts: Number(attempts),
    due: Number(due),
    error: String(error),
    isRefused: refused === 1,
  }));
}

export function* deliveriesOf(
  sql: Sql,
  { receiver, batch, limit }: { receiver: string; batch: number; limit: number },
): SqlSteps<string[]> {
  return (yield* sql.rows(
    `SELECT json FROM delivery WHERE state = ${waiting} AND receiver = ? AND batch = ? ORDER BY id LIMIT ?`,
    [receiver, batch, limit],
  )).map(([json]) => String(json));
}

export function* openReceivers(sql: Sql, alertId: number): SqlSteps<string[]> {
  return (yield* sql.rows('SELECT DISTINCT receiver FROM delivery WHERE alert = ? AND is_open = 1 ORDER BY receiver', [
    alertId,
  ])).map(([receiver]) => String(receiver));
}

export function* lastDelivered(sql: Sql, receiver: string): SqlSteps<number> {
  const row = yield* sql.row(
    `SELECT coalesce(max(ended), 0) FROM delivery WHERE state > 0 AND receiver = ? AND state = ${delivered}`,
    [receiver],
  );
  return Number(row?.[0] ?? 0);
}

/** A receiver to whom something was delivered since is well again. */
const DEAD =
  `FROM delivery d WHERE d.state > 0 AND d.state = ${dead} AND d.ended >= (SELECT coalesce(max(s.ended), 0) ` +
  `FROM delivery s WHERE s.state > 0 AND s.state = ${delivered} AND s.receiver = d.receiver)`;

/** Most of the time there is nothing to be delivered, and nothing else is asked. */
export function* outboxCounts(sql: Sql): SqlSteps<OutboxCounts> {
  const [waits = 0, deads = 0] = yield* sql.numbers(
    `SELECT count(*) FROM delivery WHERE state = ${waiting}`,
    `SELECT count(*) ${DEAD}`,
  );
  const newest =
    deads === 0
      ? undefined
      : yield* sql.row(`SELECT d.error, d.receiver ${DEAD} ORDER BY d.ended DESC, d.id DESC LIMIT 1`);
  const failing =
    waits === 0
      ? undefined
      : yield* sql.row(
          `SELECT error, receiver FROM delivery WHERE state = ${waiting} AND attempts >= ${FAILING} ORDER BY id ` +
            'LIMIT 1',
        );
  return {
    waiting: waits,
    failingError: String(failing?.[0] ?? ''),
    failingReceiver: String(failing?.[1] ?? ''),
    dead: deads,
    deadError: String(newest?.[0] ?? ''),
    deadReceiver: String(newest?.[1] ?? ''),
  };
}
