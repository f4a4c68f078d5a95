import { identityKey } from '../../../server/metadata/UpdateIdentity.js';
import { membersOf } from './listUpdates.js';
import type { ModelSite } from './ModelSite.js';
import { currentOf, type ScriptedUpstream, type UpstreamDocument } from './ScriptedUpstream.js';

export interface ExpectedUpdates {
  /** How many revisions a full list names; undefined when there is none. */
  readonly listed: number | undefined;
  readonly asked: readonly string[];
  readonly failed: readonly string[];
  readonly filter: ReadonlyMap<string, boolean> | undefined;
}

/**
 * Which documents of updates a run should ask for: all that the upstream has for the subscription and the site has not
 * (whether or not the lists say so), and what failed before. The site is brought to what follows.
 */
export function expectedUpdates(site: ModelSite, upstream: ScriptedUpstream, kind: 'Full' | 'Delta'): ExpectedUpdates {
  const [products, classifications] = [site.subscribed('Product'), site.subscribed('UpdateClassification')];
  if (products.size === 0 || classifications.size === 0)
    return {
      listed: undefined,
      filter: undefined,
      ...complete(site, upstream, kind === 'Full' ? currentOf([...site.stored.values()]) : []),
    };
  const filter = new Map(
    [...products, ...classifications].map((id) => [id, kind === 'Delta' && site.followed.has(id)]),
  );
  const matching = matchingUpdates(upstream, products, classifications);
  const offered = upstream.listsChildren
    ? [...new Set(matching.flatMap((one) => [one, ...membersOf(upstream.documents, one)]))]
    : matching;
  const keys = offered.map((one) => identityKey(one.identity));
  site.failed = toRetry(site, site.failed, kind === 'Full' ? keys : undefined);
  followList(site, offered, { kind, filter, withChildren: upstream.listsChildren });
  const first = site.fetch(upstream, [...keys, ...site.failed], site.failed);
  const came = first.asked.flatMap((key) => site.stored.get(key) ?? []);
  const named = complete(site, upstream, kind === 'Full' ? currentOf([...site.stored.values()]) : came, first.asked);
  site.since = upstream.lastChange;
  site.followed = new Set(filter.keys());
  return {
    listed: kind === 'Full' ? offered.length : undefined,
    asked: [...first.asked, ...named.asked],
    failed: [...first.failed, ...named.failed],
    filter,
  };
}

/** The current updates of one of the products and one of the classifications, which the upstream must know itself. */
function matchingUpdates(
  upstream: ScriptedUpstream,
  products: ReadonlySet<string>,
  classifications: ReadonlySet<string>,
): readonly UpstreamDocument[] {
  const known = new Set(
    upstream.documents.filter((document) => document.isConfig).map((document) => document.identity.updateId),
  );
  const names = (document: UpstreamDocument, ids: ReadonlySet<string>): boolean =>
    (document.parts.categories ?? []).some((id) => ids.has(id) && known.has(id));
  return currentOf(upstream.documents.filter((document) => !document.isConfig)).filter(
    (document) => names(document, products) && names(document, classifications),
  );
}

/**
 * What failed is asked for again until it is stored, a newer revision of the same update is stored and no current
 * bundle holds this one, or a
 * full list does not name it any more.
 */
export function toRetry(
  site: ModelSite,
  failed: ReadonlySet<string>,
  fullList: readonly string[] | undefined,
): Set<string> {
  const stored = [...site.stored.values()];
  const held = new Set(currentOf(stored).flatMap((one) => memberKeys(one)));
  const isOutdated = (key: string): boolean => {
    const [id, number] = key.split('.');
    return (
      !held.has(key) &&
      stored.some(({ identity }) => identity.updateId === id && identity.revisionNumber > Number(number))
    );
  };
  return new Set([...failed].filter((key) => !isOutdated(key) && (fullList === undefined || fullList.includes(key))));
}

/** A full list says what is gone; any list says what is there again. */
function followList(
  site: ModelSite,
  offered: readonly UpstreamDocument[],
  list: {
    readonly kind: 'Full' | 'Delta';
    readonly filter: ReadonlyMap<string, boolean>;
    readonly withChildren: boolean;
  },
): void {
  const ids = new Set(offered.map((one) => one.identity.updateId));
  if (list.kind === 'Full') {
    site.gone = new Set(
      [...site.stored.values()]
        .filter((one) => !one.isConfig && !ids.has(one.identity.updateId))
        .map((one) => one.identity.updateId),
    );
    return;
  }
  const isNewEntry = (id: string): boolean => list.filter.get(id) === false;
  const changed = offered.filter((one) => one.changed > site.since || (one.parts.categories ?? []).some(isNewEntry));
  const listed = new Set(
    [...changed, ...(list.withChildren ? changed.flatMap((one) => [...membersOf(offered, one)]) : [])].map(
      (one) => one.identity.updateId,
    ),
  );
  site.gone = new Set([...site.gone].filter((id) => !listed.has(id)));
}

/**
 * What no list named is asked for by its identity, level by level: bundled children in their exact revisions, and
 * prerequisites of which nothing
 * is stored in their current one. A full run looks at everything again, a delta at what came.
 */
function complete(
  site: ModelSite,
  upstream: ScriptedUpstream,
  looked: readonly UpstreamDocument[],
  asked: readonly string[] = [],
): { readonly asked: readonly string[]; readonly failed: readonly string[] } {
  const named = (document: UpstreamDocument): readonly string[] => [
    ...memberKeys(document),
    ...prerequisiteKeys(site, upstream, document),
  ];
  const level = site.fetch(
    upstream,
    looked.flatMap(named).filter((key) => !asked.includes(key)),
    site.failed,
  );
  const came = level.asked.flatMap((key) => site.stored.get(key) ?? []);
  const below =
    came.length === 0 ? { asked: [], failed: [] } : complete(site, upstream, came, [...asked, ...level.asked]);
  return { asked: [...level.asked, ...below.asked], failed: [...level.failed, ...below.failed] };
}

function memberKeys(document: UpstreamDocument): readonly string[] {
  return (document.parts.bundles ?? []).map((member) => `${member.id}.${member.revision}`);
}

function prerequisiteKeys(site: ModelSite, upstream: ScriptedUpstream, document: UpstreamDocument): readonly string[] {
  const known = new Set([...site.stored.values()].map((one) => one.identity.updateId));
  const unknown = (document.parts.prerequisites ?? []).filter((id) => !known.has(id));
  return currentOf(upstream.documents.filter((one) => unknown.includes(one.identity.updateId))).map((one) =>
    identityKey(one.identity),
  );
}
