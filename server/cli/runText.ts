import type { Run, RunCounts } from '../contract/generated/types.js';

/** How a list says each count. */
const CHANGES: Readonly<Partial<Record<keyof RunCounts, (count: string) => string>>> = {
  New: (count) => `${count} new`,
  Revised: (count) => `${count} revised`,
  Expired: (count) => `${count} expired`,
  Superseded: (count) => `${count} superseded`,
  Removed: (count) => `${count} removed`,
  Failed: (count) => `${count} failed`,
  Categories: (count) => (count === '1' ? '1 category' : `${count} categories`),
};

/** What the end of a run says besides. */
const WORK: typeof CHANGES = {
  Skipped: (count) => `${count} skipped`,
  DocumentsFetched: (count) => (count === '1' ? '1 document fetched' : `${count} documents fetched`),
};

/** How far a run under way is, what one that succeeded did, why another did not. */
export function resultText({ State, ErrorMessage, PercentComplete, Phase, Counts }: Run): string {
  if (State === 'Running') return `${PercentComplete} %, ${Phase}`;
  if (ErrorMessage !== null && ErrorMessage !== '') return ErrorMessage;
  const changes = counted(Counts, CHANGES);
  return changes.length === 0 ? 'nothing changed' : changes.join(', ');
}

/** The line at the end of a run that was waited for: only what is not zero. */
export function endText({ Id, State, DurationSeconds, SyncCatalogVersion, Counts }: Run): string {
  const changes = counted(Counts, CHANGES);
  const said = [...changes, ...counted(Counts, WORK)];
  const end =
    `Synchronization ${Id} ${State.toLowerCase()} after ${DurationSeconds.toFixed(1)} s, ` +
    `catalogue version ${SyncCatalogVersion}`;
  return said.length === 0 ? `${end}. Nothing changed.` : `${end}: ${said.join(', ')}`;
}

function counted(counts: RunCounts, words: typeof CHANGES): readonly string[] {
  return Object.entries(words)
    .map(([name, word]) => ({ count: counts[name as keyof RunCounts], word }))
    .filter(({ count }) => count > 0)
    .map(({ count, word }) => word(count.toLocaleString('en')));
}
