import { SyncError } from '../../errors/SyncError.js';
import type { ByteBudget, Lease } from './ByteBudget.js';
import type { WorkTurns } from './WorkTurns.js';

/** What a request may use of the engine, and when. */
export interface RequestWork {
  /** Waits for the turn of a small request, before it is answered. @throws when nobody waits for the answer any more */
  turn(): Promise<void>;
  /** Waits for the turn of the next piece of long work. @throws when nobody waits for the answer any more */
  pace(): Promise<void>;
  /** Takes memory before it is used. @throws SyncError PortBusy where there is none in time */
  readonly hold: (bytes: number) => Promise<void>;
  /** Gives memory back that was held. */
  give(bytes: number): void;
  /** Aborted when the port closes: an answer that has no end ends then. */
  readonly closing: AbortSignal;
}

/** Whether work ended because nobody waits for the answer any more. */
export function isAborted(caught: unknown): boolean {
  return caught instanceof Error && caught.name === 'AbortError';
}

/** Of what a request takes. */
interface RequestWorkParts {
  readonly turns: WorkTurns;
  readonly budget: ByteBudget;
  readonly lease: Lease;
  /** Bytes that every request has for itself. */
  readonly ownBytes: number;
  /** Aborted when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
  readonly closing: AbortSignal;
}

/** The work of a request that shares the engine with others. */
export function sharedWork({ turns, budget, lease, ownBytes, signal, closing }: RequestWorkParts): RequestWork {
  const { key } = lease.holder;
  let held = 0;
  const take = async (kind: 'request' | 'long'): Promise<void> => {
    await turns.take(kind, key);
    signal.throwIfAborted();
  };
  return {
    closing,
    turn: async () => take('request'),
    pace: async () => take('long'),
    hold: async (bytes) => {
      held += bytes;
      const isTaken = held - ownBytes <= lease.held || (await budget.take(lease, held - ownBytes - lease.held));
      signal.throwIfAborted();
      if (!isTaken) throw new SyncError('PortBusy', { address: key });
    },
    give: (bytes) => {
      held = Math.max(0, held - bytes);
      budget.give(lease, Math.max(0, lease.held - Math.max(0, held - ownBytes)));
    },
  };
}
