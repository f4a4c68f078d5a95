/** What is looked at of a run that is over. */
export interface RunOutcome {
  readonly State: string;
  readonly Requester: string;
  readonly ErrorId: string | null;
  readonly StartTime: string;
  readonly FailedUpdates: readonly { readonly UpdateID: string; readonly RevisionNumber: number }[];
}

/** How it is looked. */
interface Looking {
  /** There may be older runs, which are not looked at. */
  readonly isCut: boolean;
  /** A time as the site shows it; ISO 8601. */
  readonly timeText: (time: string) => string;
}

/** So many runs in a row are not an accident. */
const REPEATED = 3;
/** Longest list of revisions in one sentence. */
const NAMED = 5;

/** Ended by somebody, or with the engine: that is not a failure of the synchronization, and does not count. */
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

/** What this machine itself could not do. Where neither of the two lists has it, nobody is named. */
const OUR_FAULT: ReadonlySet<string> = new Set([
  'CABundleInvalid',
  'CertificatesInvalid',
  'SecretSealFailed',
  'SiteAccessDenied',
  'SiteFileInvalid',
  'SiteFolderInvalid',
  'SiteFolderNotReadable',
  'SiteFolderNotTrusted',
  'SiteFolderNotWritable',
  'StoreCorrupt',
  'StoreNewerFormat',
  'StoreReadFailed',
  'StoreRebuildNeeded',
  'StoreWriteFailed',
]);

/**
 * What an administrator is told of failures that repeat: how often, since when, and whose fault that is as far as it
 * was seen. `runs`: newest first, beginning with the one that is about to end.
 * @returns undefined where nothing repeats
 */
export function repeatedFailure(runs: readonly RunOutcome[], looking: Looking): string | undefined {
  const [newest] = runs;
  if (newest === undefined) return undefined;
  const counted = runs.filter((run) => isImport(run) === isImport(newest) && !ENDED.has(run.ErrorId ?? ''));
  if (newest !== counted[0]) return undefined;
  if (newest.State === 'Succeeded') return isImport(newest) ? undefined : repeatedRevisions(counted, looking);
  if (newest.State !== 'Failed' || newest.ErrorId === null) return undefined;
  const streak = countWhile(counted, (run) => run.State === 'Failed');
  if (streak < REPEATED) return undefined;
  const isOne = counted.slice(0, streak).every((run) => run.ErrorId === newest.ErrorId);
  const reason = isOne ? `for this reason (${newest.ErrorId})` : `for different reasons, now for ${newest.ErrorId}`;
  return `${told(counted, streak, looking)} failed ${reason}${faultOf(newest.ErrorId)}.`;
}

/** It says nothing of the upstream, and the upstream nothing of it. */
function isImport({ Requester }: RunOutcome): boolean {
  return Requester === 'Import';
}

function faultOf(errorId: string): string {
  if (ITS_FAULT.has(errorId)) return ': the upstream server can be reached but does not answer as it should';
  if (OUR_FAULT.has(errorId)) return ': the cause is at this site';
  return errorId.startsWith('Upstream')
    ? ': the connection to the upstream server does not work, or the settings of this site for it are wrong'
    : '';
}

/** Revisions that failed in all of the last runs that succeeded; runs that failed say nothing of single ones. */
function repeatedRevisions(counted: readonly RunOutcome[], looking: Looking): string | undefined {
  const runs = counted.filter(({ State }) => State === 'Succeeded');
  const newest = runs.slice(0, REPEATED);
  if (newest.length < REPEATED) return undefined;
  const all = newest.map(failedOf);
  const always = [...(all[0] ?? new Set<string>())].filter((name) => all.every((failed) => failed.has(name)));
  if (always.length === 0) return undefined;
  const streak = countWhile(runs, (run) => always.every((name) => failedOf(run).has(name)));
  const names = always.slice(0, NAMED).join(', ') + (always.length > NAMED ? ', …' : '');
  const what = always.length === 1 ? 'this revision' : `these ${always.length} revisions`;
  const count = streak === runs.length && looking.isCut ? `at least ${streak}` : String(streak);
  return (
    `The last ${count} synchronizations that succeeded, since ${sinceOf(runs, streak, looking)}, had no usable ` +
    `answer for ${what}, while the upstream server answers for others: ${names}.`
  );
}

function failedOf({ FailedUpdates }: RunOutcome): ReadonlySet<string> {
  return new Set(FailedUpdates.map(({ UpdateID, RevisionNumber }) => `${UpdateID}.${RevisionNumber}`));
}

function told(runs: readonly RunOutcome[], streak: number, looking: Looking): string {
  const count = streak === runs.length && looking.isCut ? `At least ${streak}` : String(streak);
  const what = runs[0] !== undefined && isImport(runs[0]) ? 'imports' : 'synchronizations';
  return `${count} ${what} in a row, since ${sinceOf(runs, streak, looking)},`;
}

function sinceOf(runs: readonly RunOutcome[], streak: number, { timeText }: Looking): string {
  return timeText(runs[streak - 1]?.StartTime ?? '');
}

function countWhile<Item>(items: readonly Item[], isSo: (item: Item) => boolean): number {
  const other = items.findIndex((item) => !isSo(item));
  return other === -1 ? items.length : other;
}
