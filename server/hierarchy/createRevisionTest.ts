import type { RevisionFilter } from '../wire/getRevisionIdList.js';
import type { FilterEntry } from '../wire/fields.js';
import { FilterList } from './FilterList.js';

/**
 * What a filter is read with: the change its anchor stands for, the keys of category ids (undefined for ids nobody
 * knows), and the categories below one.
 */
export interface RevisionTestOptions<Key> {
  readonly since: number;
  readonly keyOf: (id: string) => Key | undefined;
  readonly below: (key: Key) => Iterable<Key>;
}

/** Tells whether a filter selects an update by the change that brought it and the categories it names. */
export type RevisionTest<Key> = (change: number, memberships: readonly Key[]) => boolean;

/**
 * The test of a filter for updates (wsus-protocol section 1.4, MS-WSUSSS 3.1.4.5.3.1): one of the categories and one of
 * the classifications; only
 * one list given selects nothing, neither selects everything. Without Delta an entry, a language too, asks for all
 * again, anchor or not.
 */
export function createRevisionTest<Key>(filter: RevisionFilter, options: RevisionTestOptions<Key>): RevisionTest<Key> {
  const since = filter.languages.some((entry) => !entry.delta) ? -1 : options.since;
  if (filter.categories.length === 0 && filter.classifications.length === 0) return (change) => change > since;
  if (filter.categories.length === 0 || filter.classifications.length === 0) return () => false;
  const listOf = (entries: readonly FilterEntry<string>[]): FilterList<Key> =>
    new FilterList(keyed(entries, options.keyOf), options.below);
  const [categories, classifications] = [listOf(filter.categories), listOf(filter.classifications)];
  return (change, memberships) => {
    const category = categories.match(memberships);
    const classification = category === 'none' ? 'none' : classifications.match(memberships);
    if (classification === 'none') return false;
    return change > since || category === 'whole' || classification === 'whole';
  };
}

function keyed<Key>(
  entries: readonly FilterEntry<string>[],
  keyOf: (id: string) => Key | undefined,
): FilterEntry<Key>[] {
  return entries.flatMap(({ id, delta }) => {
    const key = keyOf(id.toLowerCase());
    return key === undefined ? [] : [{ id: key, delta }];
  });
}
