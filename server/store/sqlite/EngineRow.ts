import { createHash } from 'node:crypto';
import { SyncError } from '../../errors/SyncError.js';
import type { JournalPosition } from '../seal/sealFile.js';
import type { SqliteConnection } from './SqliteConnection.js';

/** What a database file says of itself. */
export interface EngineState {
  readonly site: string;
  /** Of the engine that has it. */
  readonly generation: number;
  /** Transactions that it has seen, of all engines. */
  readonly commits: number;
  /** Over the engines and numbers of all transactions: another course of things has another one. */
  readonly digest: string;
}

/** @throws SyncError StoreCorrupt where there is no such row */
export function readState(connection: SqliteConnection): EngineState {
  const row = connection.one('SELECT site, generation, commits, digest FROM site_engine WHERE id = 1');
  if (row === undefined)
    throw new SyncError('StoreCorrupt', { path: connection.file, reason: 'it does not say which site it belongs to' });
  return { site: String(row[0]), generation: Number(row[1]), commits: Number(row[2]), digest: String(row[3]) };
}

/** Notes that an engine writes a transaction; within it. */
export function writeState(connection: SqliteConnection, { site, generation, commits, digest }: EngineState): void {
  connection.one(
    'INSERT INTO site_engine(id, site, generation, commits, digest) VALUES(1, ?, ?, ?, ?) ON CONFLICT(id) DO UPDATE ' +
      'SET generation = excluded.generation, commits = excluded.commits, digest = excluded.digest',
    [site, generation, commits, digest],
  );
}

/** What is there after the next transaction of the engine. */
export function nextState({ site, commits, digest }: EngineState, generation: number): EngineState {
  const next = `${digest} ${generation} ${commits + 1}`;
  return { site, generation, commits: commits + 1, digest: createHash('sha256').update(next).digest('hex') };
}

/** The same as the seal has it. */
export function positionOf({ generation, commits, digest }: EngineState): JournalPosition {
  return { generation, sequence: 0, length: commits, digest };
}
