const DAY = 24 * 60 * 60 * 1000;

/** Reason of a run that brings nothing: it evaluates what is stored. */
export const STORED_REASON = 'the site has no synchronization source and evaluates the updates it has';
/** With the one that earlier versions have stored. */
const STORED_REASONS: ReadonlySet<string> = new Set([
  STORED_REASON,
  'the site has no synchronization source and evaluates what it has',
]);

/** Tells of a run, also of one from an earlier version, that it only evaluated what was stored. */
export function isStoredReason(reason: string): boolean {
  return STORED_REASONS.has(reason);
}

/** What the decision between full and delta rests on. Times are ms since 1970. */
export interface SyncKindFacts {
  readonly now: number;
  readonly requestedFull: boolean | undefined;
  readonly lastFull: number | undefined;
  readonly fullSyncIntervalDays: number;
  readonly sourceChanged: boolean;
  readonly subscriptionChanged: boolean;
  readonly rulesChanged: boolean;
  /** Why an earlier run, which did not succeed, had become a full one. */
  readonly due?: string | undefined;
}

export interface SyncKind {
  readonly kind: 'Full' | 'Delta';
  readonly reason: string;
}

const FIRST = 'this is the first synchronization';
const OTHER_SOURCE = 'the synchronization source changed';
const OTHER_SUBSCRIPTION = 'the subscription changed';
const OTHER_RULES = 'the supersedence rules changed';
const CHOSEN: ReadonlySet<string> = new Set([FIRST, OTHER_SOURCE, OTHER_SUBSCRIPTION, OTHER_RULES]);

/** Tells of a run that what it brought or took follows from what an administrator chose, not from the source. */
export function isChosen(reason: string): boolean {
  return CHOSEN.has(reason);
}

/** Full or delta, and why (design, "Behaviour decided"). */
export function decideSyncKind(facts: SyncKindFacts): SyncKind {
  const full = (reason: string): SyncKind => ({ kind: 'Full', reason });
  if (facts.lastFull === undefined) return full(FIRST);
  if (facts.requestedFull === true) return full('it was requested');
  if (facts.sourceChanged) return full(OTHER_SOURCE);
  if (facts.due !== undefined) return full(facts.due);
  if (facts.subscriptionChanged) return full(OTHER_SUBSCRIPTION);
  if (facts.rulesChanged) return full(OTHER_RULES);
  if (facts.now - facts.lastFull > facts.fullSyncIntervalDays * DAY)
    return full(`the last full synchronization is more than ${facts.fullSyncIntervalDays} days old`);
  return { kind: 'Delta', reason: facts.requestedFull === false ? 'it was requested' : 'only changes were needed' };
}

/** What is looked at of a run. */
export interface EndedRun {
  readonly State: string;
  readonly ErrorId: string | null;
  readonly Kind: 'Full' | 'Delta';
  readonly Requester: string;
  readonly RequestedBy: string;
}

/** So many runs in a row that ended with their engine are not an accident: the next attempt is not made at once. */
export const INTERRUPTED_ATTEMPTS = 3;

/** True for a run that ended with its engine. */
export function wasInterrupted(run: Pick<EndedRun, 'State' | 'ErrorId'>): boolean {
  return run.State === 'Failed' && run.ErrorId === 'EngineStopped';
}

/** How many of the runs, from the newest on, ended with their engine. */
export function countInterruptions(runs: readonly Pick<EndedRun, 'State' | 'ErrorId'>[]): number {
  const other = runs.findIndex((run) => !wasInterrupted(run));
  return other === -1 ? runs.length : other;
}

/**
 * Decides whether a starting service goes on with the synchronization that its engine was ended in. `runs`: newest
 * first.
 * @returns the run to resume
 */
export function decideResume(runs: readonly EndedRun[]): EndedRun | undefined {
  const count = countInterruptions(runs);
  return count > 0 && count < INTERRUPTED_ATTEMPTS ? runs[0] : undefined;
}
