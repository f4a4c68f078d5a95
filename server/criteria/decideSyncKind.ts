const DAY = 24 * 60 * 60 * 1000;

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

/** Full or delta, and why (design, "Behaviour decided"). */
export function decideSyncKind(facts: SyncKindFacts): SyncKind {
  const full = (reason: string): SyncKind => ({ kind: 'Full', reason });
  if (facts.lastFull === undefined) return full('this is the first synchronization');
  if (facts.requestedFull === true) return full('it was asked for');
  if (facts.sourceChanged) return full('the synchronization source changed');
  if (facts.due !== undefined) return full(facts.due);
  if (facts.subscriptionChanged) return full('the subscription changed');
  if (facts.rulesChanged) return full('the supersedence rules changed');
  if (facts.now - facts.lastFull > facts.fullSyncIntervalDays * DAY)
    return full(`the last full synchronization is more than ${facts.fullSyncIntervalDays} days old`);
  return { kind: 'Delta', reason: facts.requestedFull === false ? 'it was asked for' : 'nothing asks for a full one' };
}
