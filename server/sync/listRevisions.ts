import { isEarlierAnchor } from '../criteria/anchors.js';
import { reasonOf, SyncError } from '../errors/SyncError.js';
import { faultCodeOf, NO_ERROR_CODE } from '../upstream/faultError.js';
import type { FilterEntry } from '../wire/fields.js';
import type { RevisionFilter, RevisionList } from '../wire/getRevisionIdList.js';
import type { SyncContext } from './SyncContext.js';

type ListContext = Pick<SyncContext, 'source' | 'signal'>;

/** How servers of different makes refuse an anchor that is not of their form: WSUS, and those that name no reason. */
const REFUSED: ReadonlySet<string> = new Set(['InvalidParameters', NO_ERROR_CODE]);
/** What may be about the anchor, or about the server: a fault of any other code, and a page of an error. */
const UNCLEAR: ReadonlySet<string> = new Set(['UpstreamFault', 'UpstreamNotSoap']);

/**
 * Asks the upstream for the ids that a filter selects.
 * @throws SyncError UpstreamRestored when the answer is older than the anchor that was sent: it may leave out anything;
 * UpstreamAnchorRefused when the anchor is not taken at all
 */
export async function listRevisions(context: ListContext, filter: RevisionFilter): Promise<RevisionList> {
  const { source, signal } = context;
  const list = await source.listRevisions(filter, signal).catch(async (error: unknown) => {
    if (filter.anchor === '') throw error;
    if (REFUSED.has(faultCodeOf(error))) throw anchorRefused(source.name, filter, error);
    if (!isUnclear(error)) throw error;
    return listOnceMore(context, filter);
  });
  if (isEarlierAnchor(list.anchor, filter.anchor))
    throw new SyncError('UpstreamRestored', { url: source.name, sent: filter.anchor, received: list.anchor });
  return list;
}

/** A server that fails twice for the anchor, and answers the same question without it, does not take the anchor. */
async function listOnceMore({ source, signal }: ListContext, filter: RevisionFilter): Promise<RevisionList> {
  return source.listRevisions(filter, signal).catch(async (error: unknown) => {
    if (!isUnclear(error)) throw error;
    await source.listRevisions(withoutAnchor(filter), signal).catch(() => {
      throw error;
    });
    throw anchorRefused(source.name, filter, error);
  });
}

function isUnclear(error: unknown): boolean {
  return error instanceof SyncError && UNCLEAR.has(error.errorId);
}

function withoutAnchor({ config, categories, classifications, languages }: RevisionFilter): RevisionFilter {
  const whole = <Id>(entries: readonly FilterEntry<Id>[]): FilterEntry<Id>[] =>
    entries.map(({ id }) => ({ id, delta: false }));
  return {
    config,
    anchor: '',
    categories: whole(categories),
    classifications: whole(classifications),
    languages: whole(languages),
  };
}

function anchorRefused(url: string, { anchor }: RevisionFilter, error: unknown): SyncError {
  const data = { url, anchor, reason: reasonOf(error).replace(/\.$/, '') };
  return new SyncError('UpstreamAnchorRefused', data, { cause: error });
}

/** True when the answer to a filter names everything that the upstream has for it, not only changes. */
export function isComplete(filter: RevisionFilter): boolean {
  return (
    filter.anchor === '' ||
    (!filter.config &&
      [...filter.categories, ...filter.classifications, ...filter.languages].every((entry) => !entry.delta))
  );
}
