import { SyncError } from '../../errors/SyncError.js';
import { isNodeWithSqlite, NEEDED, nodeText, type NodeVersions } from '../../platform/nodeWithSqlite.js';
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
  readonly versions: NodeVersions;
  readonly getBuiltinModule?: (name: string) => unknown;
}

/**
 * `node:sqlite` where it can be trusted with a site.
 * @throws SyncError DatabaseEngineMissing
 */
export function loadNodeSqlite(site: string, node: NodeProcess = process): NodeSqlite {
  const library = isNodeWithSqlite(node.versions) && node.getBuiltinModule?.('node:sqlite');
  if (typeof library !== 'object' || library === null)
    throw new SyncError('DatabaseEngineMissing', {
      site,
      needed: NEEDED,
      found: nodeText(node.versions),
    });
  return library as NodeSqlite;
}
