import { isRunningState } from '../../status/statusMessage.js';

const MINUTE = 60_000;

/**
 * How long a replica may be away, may take to begin, may show no sign of life, and may take in all before the next one
 * has its turn; ms.
 */
export const TURN_LIMITS = { away: 2 * MINUTE, begin: 10 * MINUTE, silent: 10 * MINUTE, whole: 240 * MINUTE } as const;

/** After a replica has lost its turn it is asked again so many ms later. */
const AGAIN_AFTER = 60 * MINUTE;

/** What is known of a replica; times in ms. */
export interface ReplicaFacts {
  readonly nodeId: number;
  readonly isConnected: boolean;
  /** The newest request that it has begun. */
  readonly handled: number;
  /** Its LastSyncState. */
  readonly state: number;
  /** Of its last sign of life, 0 for never. */
  readonly lastSign: number;
  /** When it last lost its turn for the request that counts now; undefined where it did not. */
  readonly lostAt?: number | undefined;
}

/** The replica whose turn it is. */
export interface Turn {
  readonly nodeId: number;
  readonly requestId: number;
  readonly since: number;
}

/** Why a replica loses its turn. */
export type LostReason = 'away' | 'begin' | 'silent' | 'whole' | 'removed';

/** What happens next: nothing, a replica gets its turn, has had it, or loses it. */
export type TurnStep =
  | { readonly step: 'wait' }
  | { readonly step: 'serve' | 'done'; readonly nodeId: number }
  | { readonly step: 'lost'; readonly nodeId: number; readonly reason: LostReason };

/**
 * Whose turn is next: replicas are served one after the other in the order given, and none holds the others up for
 * ever.
 */
export function decideTurn(
  turn: Turn | undefined,
  replicas: readonly ReplicaFacts[],
  { requestId, now }: { readonly requestId: number; readonly now: number },
): TurnStep {
  if (turn !== undefined)
    return underWay(
      turn,
      replicas.find((replica) => replica.nodeId === turn.nodeId),
      now,
    );
  const next = replicas.find(
    (replica) =>
      replica.isConnected &&
      replica.handled !== requestId &&
      (replica.lostAt === undefined || now - replica.lostAt >= AGAIN_AFTER),
  );
  return next === undefined || requestId === 0 ? { step: 'wait' } : { step: 'serve', nodeId: next.nodeId };
}

function underWay({ nodeId, requestId, since }: Turn, replica: ReplicaFacts | undefined, now: number): TurnStep {
  if (replica === undefined) return { step: 'lost', nodeId, reason: 'removed' };
  const hasBegun = replica.handled === requestId;
  if (hasBegun && !isRunningState(replica.state)) return { step: 'done', nodeId };
  const silence = now - Math.max(since, replica.lastSign);
  const limits: readonly (readonly [boolean, LostReason])[] = [
    [!replica.isConnected && silence >= TURN_LIMITS.away, 'away'],
    [!hasBegun && now - since >= TURN_LIMITS.begin, 'begin'],
    [silence >= TURN_LIMITS.silent, 'silent'],
    [now - since >= TURN_LIMITS.whole, 'whole'],
  ];
  const reason = limits.find(([isOver]) => isOver)?.[1];
  return reason === undefined ? { step: 'wait' } : { step: 'lost', nodeId, reason };
}
