/** What is looked at of a run that is over. */
export interface RunOutcome {
  readonly State: string;
  readonly ErrorId: string | null;
  readonly StartTime: string;
  readonly FailedUpdates: readonly { readonly UpdateID: string; readonly RevisionNumber: number }[];
}

/** How it is looked. */
interface Looking {
  /** So many runs at most. */
  readonly looked: number;
  /** A time as the site shows it; ISO 8601. */
  readonly timeText: (time: string) => string;
}

/** So many runs in a row are no accident. */
const REPEATED = 3;
/** Longest list of revisions in one sentence. */
const NAMED = 5;

/** Ended by somebody, or with the engine: that is no failure of the synchronization, and does not count. */
const ENDED: ReadonlySet<string> = new Set(['Cancelled', 'EngineStopped']);

/** The upstream was reached and did not do its part. */
const ITS_FAULT: ReadonlySet<string> = new Set([
  'MassExpiryRefused',
  'TooManyFailures',
  'UpstreamAnchorRefused',
  'UpstreamBusy',
  'UpstreamEmpty',
  'UpstreamFault',
  'UpstreamIncompatible',
  'UpstreamMalformed',
  'UpstreamNotSoap',
  'UpstreamRestored',
  'UpstreamServerChanged',
  'UpstreamTimeout',
]);

/**
 * What an administrator is told of failures that repeat: how often, since when, and whose fault that is. `runs`: newest
 * first, beginning with the one that is about to end.
 * @returns undefined where nothing repeats
 */
export function repeatedFailure(runs: readonly RunOutcome[], looking: Looking): string | undefined {
  const [newest] = runs;
  const counted = runs.filter(({ ErrorId }) => ErrorId === null || !ENDED.has(ErrorId));
  if (newest === undefined || newest !== counted[0]) return undefined;
  if (newest.State === 'Succeeded') return repeatedRevisions(counted, looking);
  if (newest.State !== 'Failed' || newest.ErrorId === null) return undefined;
  const streak = countWhile(counted, (run) => run.State === 'Failed' && run.ErrorId === newest.ErrorId);
  if (streak < REPEATED) return undefined;
  return `${told(counted, streak, looking)} failed for this reason (${newest.ErrorId}): ${faultOf(newest.ErrorId)}.`;
}

function faultOf(errorId: string): string {
  if (ITS_FAULT.has(errorId)) return 'the upstream server answers, or is reached, but does not do its part';
  if (errorId.startsWith('Upstream'))
    return 'the way to the upstream server does not work, or this site is set wrongly for it';
  return 'the fault is at this site';
}

/** Revisions that failed in all of the runs although these succeeded. */
function repeatedRevisions(runs: readonly RunOutcome[], looking: Looking): string | undefined {
  const newest = runs.slice(0, REPEATED);
  if (newest.length < REPEATED) return undefined;
  const all = newest.map(failedOf);
  const always = [...(all[0] ?? new Set<string>())].filter((name) => all.every((failed) => failed.has(name)));
  if (always.length === 0) return undefined;
  const streak = countWhile(runs, (run) => always.every((name) => failedOf(run).has(name)));
  const names = always.slice(0, NAMED).join(', ') + (always.length > NAMED ? ', …' : '');
  const what = always.length === 1 ? 'this revision' : `these ${always.length} revisions`;
  return (
    `${told(runs, streak, looking)} had no usable answer for ${what}, while the upstream server answers for others: ` +
    `${names}.`
  );
}

/** Of a run that succeeded. */
function failedOf({ State, FailedUpdates }: RunOutcome): ReadonlySet<string> {
  return new Set(
    State !== 'Succeeded' ? [] : FailedUpdates.map(({ UpdateID, RevisionNumber }) => `${UpdateID}.${RevisionNumber}`),
  );
}

function told(runs: readonly RunOutcome[], streak: number, { looked, timeText }: Looking): string {
  const count = streak >= looked ? `At least ${streak}` : String(streak);
  return `${count} synchronizations in a row, since ${timeText(runs[streak - 1]?.StartTime ?? '')},`;
}

function countWhile<Item>(items: readonly Item[], isSo: (item: Item) => boolean): number {
  const other = items.findIndex((item) => !isSo(item));
  return other === -1 ? items.length : other;
}
