import type { RevisionFilter } from '../../../server/wire/getRevisionIdList.js';
import type { FilterEntry } from '../../../server/wire/fields.js';
import { currentOf, type UpstreamDocument } from './ScriptedUpstream.js';

/**
 * GetRevisionIdList with GetConfig=false (wsus-protocol section 1.4): the current revisions that are in one of the
 * categories and one of
 * the classifications; of an entry with Delta=false everything, else what changed since the anchor. Bundles bring their
 * children of all levels.
 */
export function listUpdates(
  documents: readonly UpstreamDocument[],
  filter: RevisionFilter,
  options: { readonly since: number; readonly listsChildren: boolean },
): readonly UpstreamDocument[] {
  const { since } = options;
  const known = new Set(
    documents.filter((document) => document.isConfig).map((document) => document.identity.updateId),
  );
  const namedBy = (
    document: UpstreamDocument,
    entries: readonly FilterEntry<string>[],
  ): readonly FilterEntry<string>[] =>
    entries.filter((entry) => known.has(entry.id) && document.parts.categories?.includes(entry.id));
  const isEverything = filter.languages.some((language) => !language.delta);
  const listed = new Set<UpstreamDocument>();
  for (const document of currentOf(documents.filter((one) => !one.isConfig))) {
    const [categories, classifications] = [
      namedBy(document, filter.categories),
      namedBy(document, filter.classifications),
    ];
    if (categories.length === 0 || classifications.length === 0) continue;
    const isNamed =
      isEverything || document.changed > since || [...categories, ...classifications].some((entry) => !entry.delta);
    if (isNamed) listed.add(document);
    if (!options.listsChildren) continue;
    for (const member of membersOf(documents, document)) if (isNamed || member.changed > since) listed.add(member);
  }
  return [...listed];
}

/** Children of all levels, each by its exact revision. */
export function membersOf(
  documents: readonly UpstreamDocument[],
  bundle: UpstreamDocument,
  found = new Set<UpstreamDocument>(),
): ReadonlySet<UpstreamDocument> {
  for (const { id, revision } of bundle.parts.bundles ?? []) {
    const member = documents.find((one) => one.identity.updateId === id && one.identity.revisionNumber === revision);
    if (member === undefined || found.has(member)) continue;
    found.add(member);
    membersOf(documents, member, found);
  }
  return found;
}
