import { SyncError } from '../../errors/SyncError.js';
import { describeServer } from '../SharedStore.js';
import type { ServerEngine } from '../SiteRole.js';
import type { SiteChanges } from '../SiteChanges.js';
import type { PostgresSession } from './PostgresSession.js';

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
  readonly self: ServerEngine;
  readonly lease: {
    /** Of the lease that this engine holds: with a lower one than the database has it writes no more. */
    readonly epoch: number | undefined;
    /** Told when the database knows of another owner. */
    doubt(): void;
  };
}

/** No store has it. */
const NO_EPOCH = -1;

/** The epoch that a writing transaction looks for. */
export function epochOf({ lease }: WritingEngine): number {
  return lease.epoch ?? NO_EPOCH;
}

/** Why an engine may not write: another one was started in its folder, or another server owns the site. */
export async function refusal(session: PostgresSession, { site, self, lease }: WritingEngine): Promise<SyncError> {
  lease.doubt();
  const [row = []] = await session.query(
    'SELECT (SELECT engine FROM server WHERE id = $1), l.epoch, s.host, s.process FROM lease l LEFT JOIN server s ' +
      'ON s.id = l.server',
    [self.id],
  );
  const [engine, epoch, host, process] = row;
  if (engine !== self.engine) return new SyncError('StoreSuperseded', { site, generation: Number(epoch) });
  const owner = host === null ? 'another server' : describeServer({ host: String(host), processId: Number(process) });
  return new SyncError('ServerNotOwner', { site, owner, server: describeServer(self) });
}
