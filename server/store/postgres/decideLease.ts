/** How long a lease holds without being renewed, and how often it is, in ms: a crash is over after both together. */
export interface LeaseTiming {
  readonly length: number;
  readonly beat: number;
}

export const LEASE_TIMING: LeaseTiming = { length: 10_000, beat: 3000 };

/** An engine, as the lease names it. */
export interface Holder {
  /** Id of the server, the same for all engines of its folder. */
  readonly server: string;
  /** Id of this engine, another one after each start. */
  readonly engine: string;
}

/** The row of the lease. */
export interface LeaseRow extends Holder {
  readonly epoch: number;
  /** Until it ends, by the clock of the database, in ms; not above 0: it has ended. */
  readonly remaining: number;
}

/** What the database has answered to an engine that looked. */
export interface LeaseAnswer {
  /** The engine is still the one of its server; no other one has been started in its folder. */
  readonly isCurrent: boolean;
  /** The lease that this engine holds was renewed. */
  readonly isRenewed: boolean;
  readonly lease: LeaseRow;
}

/** What follows: `own` as before, take the lease, follow its holder, or end because another engine has the folder. */
export type LeaseStep = 'Own' | 'Take' | 'Follow' | 'End';

/** What an engine does after the answer. `length`: of a lease. */
export function decideLease(me: Holder, { isCurrent, isRenewed, lease }: LeaseAnswer, length: number): LeaseStep {
  if (!isCurrent) return 'End';
  if (isRenewed) return 'Own';
  return isFree(me, lease, length) ? 'Take' : 'Follow';
}

/**
 * A lease that ended, or that an earlier engine of the same folder had: the lock of the folder proves that this is
 * over. One that ends later than it can was given before the clock of the database was set back.
 */
export function isFree(me: Holder, { server, engine, remaining }: LeaseRow, length: number): boolean {
  return remaining <= 0 || remaining > length || (server === me.server && engine !== me.engine);
}

/** What an engine knows by itself between two answers. */
interface OwnLease {
  /** Undefined where it holds none. */
  readonly epoch: number | undefined;
  /** When the last renewal was sent, by the clock of this machine that nobody sets, in ms. */
  readonly renewed: number;
}

/**
 * Whether an engine may act as the owner without asking: the lease cannot have ended yet. What it writes is checked in
 * any case.
 */
export function mayAct({ epoch, renewed }: OwnLease, now: number, length: number): boolean {
  return epoch !== undefined && now - renewed < length;
}

/** After how long to look again, in ms: when the lease of somebody else can have ended, or is to be renewed. */
export function nextLook(step: LeaseStep, { remaining }: LeaseRow, beat: number): number {
  return step === 'Follow' && remaining > 0 ? Math.min(beat, remaining + 10) : beat;
}
