import { SyncError } from '../../errors/SyncError.js';
import type { Row, Value } from '../sql/Sql.js';

/** A prepared statement of `node:sqlite` whose rows are arrays. */
export interface NodeStatement {
  all(...values: readonly Value[]): Row[];
  get(...values: readonly Value[]): Row | undefined;
  iterate(...values: readonly Value[]): Iterator<Row, undefined>;
  run(...values: readonly Value[]): unknown;
}

/** A database of `node:sqlite`. */
export interface NodeDatabase {
  readonly isTransaction: boolean;
  prepare(sql: string): NodeStatement;
  exec(sql: string): void;
  close(): void;
}

/** How a database is opened. */
interface NodeOptions {
  readonly returnArrays: true;
  readonly readOnly?: boolean;
  /** Ms that are waited for a lock of another process. */
  readonly timeout?: number;
}

/** The part of `node:sqlite` that is used here. */
export interface NodeSqlite {
  readonly DatabaseSync: new (path: string, options: NodeOptions) => NodeDatabase;
  /** Copies the pages of a database in a thread; those of one step, `rate` of them, are of one moment. */
  backup(from: NodeDatabase, path: string, options: { readonly rate: number }): Promise<number>;
}

/** This process, or what a test puts in its place. */
export interface NodeProcess {
  readonly versions: Readonly<Record<string, string | undefined>>;
  readonly getBuiltinModule?: (name: string) => unknown;
}

/** Before, a class could lose rows, and `node:sqlite` was no release candidate. */
const LEAST_NODE = '24.15.0';
/** Before, resetting the write-ahead log could damage a database. */
const LEAST_SQLITE = '3.51.3';
/** For the middle of a sentence. */
export const NEEDED = `Node.js ${LEAST_NODE} or later with SQLite ${LEAST_SQLITE} or later`;

/**
 * `node:sqlite` where it can be trusted with a site.
 * @throws SyncError DatabaseEngineMissing
 */
export function loadNodeSqlite(site: string, node: NodeProcess = process): NodeSqlite {
  const { node: version = '0', sqlite = 'none' } = node.versions;
  const library = isNodeWithSqlite(node.versions) && node.getBuiltinModule?.('node:sqlite');
  if (typeof library !== 'object' || library === null)
    throw new SyncError('DatabaseEngineMissing', {
      site,
      needed: NEEDED,
      found: `Node.js ${version} with SQLite ${sqlite}`,
    });
  return library as NodeSqlite;
}

/** True for the versions of a Node.js that has it. */
export function isNodeWithSqlite({ node = '0', sqlite = 'none' }: NodeProcess['versions']): boolean {
  return isFrom(node, LEAST_NODE) && isFrom(sqlite, LEAST_SQLITE);
}

/** True where a version is at least the other. */
function isFrom(version: string, least: string): boolean {
  const [some, others] = [version, least].map((text) => text.split('.').map(Number));
  for (const [index, other] of (others ?? []).entries()) {
    const number = some?.[index] ?? 0;
    if (number !== other) return number > other;
  }
  return true;
}
