import { grouped } from '../criteria/collections.js';
import { inTurns, turn } from '../platform/inTurns.js';
import type { Membership } from '../store/ServingReads.js';
import type { SiteReads } from '../store/SiteDatabase.js';
import type { IdRange } from '../store/StoreInspection.js';
import type { RevisionFilter } from '../wire/getRevisionIdList.js';
import { createRevisionTest, orderedClosure, type RevisionTest } from './revisionFilter.js';

/** Rows looked at before others have their turn. */
const STEP = 500;

/** Which changes are asked for: those after `since`, of the catalogue as it was at `change`. */
export interface ChangeWindow {
  readonly since: number;
  readonly change: number;
}

/** What is selected, of what, and how long work pauses between two pieces. */
interface Selection {
  readonly reads: SiteReads;
  readonly filter: RevisionFilter;
  readonly window: ChangeWindow;
  readonly pace: () => Promise<void>;
}

/**
 * Revision ids that a filter selects of a site's store, with what they need, in the order to list them; read in pieces.
 */
export async function selectedRevisions(selection: Selection): Promise<readonly number[]> {
  const { reads, filter, window, pace } = selection;
  const collect = async (from: number, work: (range: IdRange) => Promise<readonly number[]>): Promise<number[]> =>
    collected(rangesOf(from, window.change), work, pace);
  if (filter.config) return collect(window.since + 1, async (range) => reads.configurationIn(range));
  const test = await testOf(reads, filter, window.since);
  const onlyChanges = asksForChanges(filter);
  const offered = async (range: IdRange): Promise<readonly Membership[]> => reads.membershipsIn(range, window.change);
  const selected = await collect(onlyChanges ? window.since + 1 : 1, async (range) =>
    passing(await offered(range), test),
  );
  if (onlyChanges && window.since >= 0)
    for (const id of await lateBundles(selection)) {
      const rows = await offered({ from: id, to: id });
      if (passing(rows, (_change, keys) => test(window.change, keys)).length > 0) selected.push(id);
      await turn();
    }
  const needed = await loadNeeded(selected, selection);
  return inTurns(orderedClosure(selected, (revisionId) => needed.get(revisionId) ?? []));
}

/** True for a filter that asks for nothing from before its anchor. */
export function asksForChanges({ config, categories, classifications, languages }: RevisionFilter): boolean {
  return config || [...categories, ...classifications, ...languages].every((entry) => entry.delta);
}

/**
 * Bundles from before of which a child, on whatever level, has come since: with it they are new to whoever had them
 * without.
 */
async function lateBundles({ reads, window: { since, change }, pace }: Selection): Promise<readonly number[]> {
  const found = new Set<number>();
  for (const { from, to } of rangesOf(since + 1, change)) {
    let open: readonly number[] = Array.from({ length: to - from + 1 }, (_, index) => from + index);
    while (open.length > 0) {
      open = (await reads.bundling(open)).filter((id) => id <= since && !found.has(id));
      for (const id of open) found.add(id);
      await turn();
    }
    await pace();
  }
  return [...found];
}

async function testOf(reads: SiteReads, filter: RevisionFilter, since: number): Promise<RevisionTest<number>> {
  const ids = [...filter.categories, ...filter.classifications].map((entry) => entry.id.toLowerCase());
  const keys = await reads.updateKeys(ids);
  const edges = ids.length > 0 ? await reads.categoryEdges() : [];
  const children = await inTurns(grouped(edges, (edge) => edge.parent));
  return createRevisionTest<number>(filter, {
    since,
    keyOf: (id) => keys.get(id),
    below: (key) => (children.get(key) ?? []).map((edge) => edge.child),
  });
}

/** Those of the revisions that the test selects; the rows of one revision follow each other. */
function passing(rows: readonly Membership[], test: RevisionTest<number>): number[] {
  const selected: number[] = [];
  for (let at = 0; at < rows.length;) {
    const revisionId = rows[at]?.revisionId ?? 0;
    const keys: number[] = [];
    for (; rows[at]?.revisionId === revisionId; at += 1)
      if (rows[at]?.categoryKey != null) keys.push(Number(rows[at]?.categoryKey));
    if (test(revisionId, keys)) selected.push(revisionId);
  }
  return selected;
}

/** What the revisions need, and what that needs, and so on. */
async function loadNeeded(
  selected: readonly number[],
  { reads, pace }: Selection,
): Promise<ReadonlyMap<number, readonly number[]>> {
  const needed = new Map<number, readonly number[]>();
  const seen = new Set(selected);
  for (let open = selected; open.length > 0;) {
    const found: number[] = [];
    for (let at = 0; at < open.length; at += STEP) {
      for (const [revisionId, ids] of await reads.neededBy(open.slice(at, at + STEP))) {
        needed.set(revisionId, ids);
        for (const id of ids) if (!seen.has(id)) found.push(id);
        for (const id of ids) seen.add(id);
      }
      await pace();
    }
    open = [...new Set(found)];
  }
  return needed;
}

async function collected(
  ranges: Iterable<IdRange>,
  work: (range: IdRange) => Promise<readonly number[]>,
  pace: Selection['pace'],
): Promise<number[]> {
  const ids: number[] = [];
  for (const range of ranges) {
    for (const id of await work(range)) ids.push(id);
    await pace();
  }
  return ids;
}

function* rangesOf(first: number, last: number): Generator<IdRange> {
  for (let from = Math.max(1, first); from <= last; from += STEP) yield { from, to: Math.min(from + STEP - 1, last) };
}
