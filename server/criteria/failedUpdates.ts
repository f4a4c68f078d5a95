/** A revision that a run could not bring. */
interface FailedRevision {
  readonly UpdateID: string;
  readonly RevisionNumber: number;
  readonly Reason: string;
}

/** What a run that succeeded did not bring. */
interface FailedOfRun {
  readonly id: number;
  readonly count: number;
  /** The first of them. */
  readonly first: readonly FailedRevision[];
  /** Titles of those of which the site has another revision, by id in lower case. */
  readonly titles: ReadonlyMap<string, string>;
  readonly isImport: boolean;
}

/** How many names one sentence lists. */
export const NAMED_FAILURES = 3;

/** What an administrator is told of a success that lost updates; undefined where it lost none. */
export function failedUpdatesText({ id, count, first, titles, isImport }: FailedOfRun): string | undefined {
  const [worst] = first;
  if (count === 0 || worst === undefined) return undefined;
  const named = first.slice(0, NAMED_FAILURES).map((one) => nameOf(one, titles));
  const more = count > named.length ? ` and ${(count - named.length).toLocaleString('en')} more` : '';
  const reason = `${count === 1 ? 'The reason' : 'The reason of the first'}: ${worst.Reason.replace(/\.$/, '')}`;
  const next = isImport
    ? 'Export the package again, or import one that contains them'
    : 'Every synchronization tries them again';
  return (
    `${count === 1 ? '1 update' : `${count.toLocaleString('en')} updates`} could not be fetched: ` +
    `${named.join(', ')}${more}. ${reason}. ${next}. ` +
    `All reasons: (Get-CMSyncRun -Id ${id}).FailedUpdates (configmgrsync run wait ${id} --json).`
  );
}

function nameOf({ UpdateID, RevisionNumber }: FailedRevision, titles: ReadonlyMap<string, string>): string {
  const title = titles.get(UpdateID.toLowerCase());
  const identity = `${UpdateID}.${RevisionNumber}`;
  return title === undefined ? identity : `"${title.trim()}" (${identity})`;
}
