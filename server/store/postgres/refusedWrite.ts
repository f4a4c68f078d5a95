import { SyncError } from '../../errors/SyncError.js';
import { describeServer } from '../SharedStore.js';
import type { ServerEngine } from '../SiteRole.js';
import type { SiteChanges } from '../SiteChanges.js';
import type { PostgresSession } from './PostgresSession.js';
import { IS_KNOWN_FORMAT, newerFormat } from './storeFormat.js';

/** What any server may write: nothing that the owner decides with, and the same when it is written twice. */
const SHARED: ReadonlySet<string> = new Set<keyof SiteChanges>(['linkReports']);

/** Whether a server that follows writes it itself. */
export function isShared(changes: SiteChanges): boolean {
  const parts = Object.entries(changes).filter(([, part]) => part !== undefined);
  return parts.length > 0 && parts.every(([name]) => SHARED.has(name));
}

/** An engine that writes, and the lease that lets it. */
export interface WritingEngine {
  /** Code of the site. */
  readonly site: string;
  /** The database as messages name it. */
  readonly where: string;
  readonly self: ServerEngine;
  readonly lease: {
    /** Of the lease that this engine holds: with a lower one than the database has it writes no more. */
    readonly epoch: number | undefined;
    /** Told when the database knows of another owner. */
    doubt(): void;
  };
  /** Told when the database lacks what it had acknowledged. */
  readonly witness?: { lost(): void } | undefined;
}

/** No store has it. */
const NO_EPOCH = -1;

/** What a writing transaction looks for: the epoch in which an engine owns the site, and the id of that engine. */
export interface Claimant {
  readonly epoch: number;
  readonly engine: string;
}

/** Nobody where the engine follows. */
export function claimantOf({ lease, self }: WritingEngine): Claimant {
  return { epoch: lease.epoch ?? NO_EPOCH, engine: self.engine };
}

/**
 * Of the row of `store`: the tables are known, and the site is the claimant's, whose parts are at these places among
 * the values. After a failover that has lost a lease, two engines can have the same epoch.
 */
export function isMine(epoch: string, engine: string): string {
  const holder = `SELECT FROM lease WHERE lease.epoch = store.epoch AND lease.engine = ${engine}`;
  return `${IS_KNOWN_FORMAT} AND epoch = ${epoch} AND EXISTS (${holder})`;
}

/**
 * Why an engine may not write: a newer version has changed the tables, the database was put back to before it took the
 * site, another engine was started in its folder, or another server owns the site.
 */
export async function refusal(session: PostgresSession, writing: WritingEngine): Promise<SyncError> {
  const { site, self, lease } = writing;
  const mine = claimantOf(writing).epoch;
  lease.doubt();
  const [row = []] = await session.query(
    'SELECT (SELECT engine FROM server WHERE id = $1), t.epoch, s.host, s.process, l.engine, t.format, t.own_format ' +
      'FROM store t, lease l LEFT JOIN server s ON s.id = l.server',
    [self.id],
  );
  const [engine, found, host, process, holder, format, ownFormat] = row;
  const newer = newerFormat({ format: Number(format), ownFormat: Number(ownFormat) }, writing.where);
  if (newer !== undefined) return newer;
  const epoch = Number(found);
  // An epoch is given to one engine only.
  if (epoch < mine || (epoch === mine && holder !== self.engine)) return wentBack(writing, epoch);
  if (engine !== self.engine) return new SyncError('StoreSuperseded', { site, generation: epoch });
  const owner = host === null ? 'another server' : describeServer({ host: String(host), processId: Number(process) });
  return new SyncError('ServerNotOwner', { site, owner, server: describeServer(self) });
}

function wentBack(writing: WritingEngine, found: number): SyncError {
  const { site, self, witness } = writing;
  witness?.lost();
  const { epoch } = claimantOf(writing);
  return new SyncError('DatabaseWentBack', { site, server: describeServer(self), epoch, found });
}
