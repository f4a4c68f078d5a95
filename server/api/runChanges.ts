import type { Run, RunChangesRequest, RunChangesResult, UpdateChange } from '../contract/generated/types.js';
import { changeKinds } from '../criteria/changeKinds.js';
import { namePattern } from '../criteria/names.js';
import { severityName } from '../criteria/severities.js';
import { SyncError } from '../errors/SyncError.js';
import type { SiteContext } from '../state/SiteContext.js';
import { readRun } from '../state/storedRuns.js';
import type { SiteReads, UpdateTitle } from '../store/SiteDatabase.js';
import type { CategoryRow } from '../store/rows.js';
import { categoryTexts } from './categoryTexts.js';

const PAGE_SIZE = 1000;

/**
 * `run/changes`: one page of what a run did to software updates, by CI_ID.
 * @throws SyncError RunNotFound
 */
export async function listRunChanges({ database }: SiteContext, params: RunChangesRequest): Promise<RunChangesResult> {
  const run = await readRun(database, params.id);
  if (run === undefined) throw new SyncError('RunNotFound', { run: params.id });
  const all = await database.runChanges(params.id);
  const wanted = all
    .map(({ ciId, kinds }) => ({ ciId, kinds: changeKinds(kinds) }))
    .filter(
      ({ ciId, kinds }) =>
        ciId > (params.after ?? 0) && (params.kind === undefined || kinds.some((kind) => params.kind?.includes(kind))),
    );
  const limit = params.pageSize ?? PAGE_SIZE;
  const { changes, isLast } = await shownChanges(database, wanted, { ...params, limit });
  const page = changes.slice(0, limit);
  return {
    changes: page,
    next: isLast && page.length === changes.length ? null : (page.at(-1)?.CI_ID ?? null),
    isRecorded: all.length > 0 || !hasChanged(run),
  };
}

/** What the record of a run has of one update. */
interface RecordedChange {
  readonly ciId: number;
  readonly kinds: UpdateChange['Changes'];
}

type Wanted = Pick<RunChangesRequest, 'id' | 'product' | 'severity'> & { readonly limit: number };

/** Updates that are looked at before others have their turn, where not all of them are wanted. */
const PIECE = 1000;

/** At least as many of the changes as there is room for; the record knows neither products nor severities. */
async function shownChanges(
  database: SiteReads,
  recorded: readonly RecordedChange[],
  { limit, ...wanted }: Wanted,
): Promise<{ readonly changes: readonly UpdateChange[]; readonly isLast: boolean }> {
  const categories = new Map((await database.categories()).map((row) => [row.updateId, row]));
  const piece = wanted.product === undefined && wanted.severity === undefined ? limit : PIECE;
  const changes: UpdateChange[] = [];
  let at = 0;
  for (; at < recorded.length && changes.length < limit; at += piece) {
    const part = recorded.slice(at, at + piece);
    const titles = await database.updateTitles(part.map(({ ciId }) => ciId));
    for (const { ciId, kinds } of part) {
      const update = changedUpdate(titles.get(ciId), categories);
      if (meets(update, wanted)) changes.push({ RunId: wanted.id, Changes: kinds, CI_ID: ciId, ...update });
    }
  }
  return { changes, isLast: at >= recorded.length };
}

function meets(
  { Product, SeverityName }: Pick<UpdateChange, 'Product' | 'SeverityName'>,
  { product, severity }: Pick<Wanted, 'product' | 'severity'>,
): boolean {
  const names = (Product ?? '').split('; ');
  const isNamed = (text: string): boolean => names.some((name) => namePattern(text).test(name));
  return (severity === undefined || SeverityName === severity) && (product === undefined || product.some(isNamed));
}

function hasChanged({ Counts }: Run): boolean {
  return Counts.New + Counts.Revised + Counts.Expired + Counts.Superseded + Counts.Removed > 0;
}

/** What maintenance has deleted since has its numbers only. */
function changedUpdate(
  title: UpdateTitle | undefined,
  categories: ReadonlyMap<string, CategoryRow>,
): Omit<UpdateChange, 'RunId' | 'Changes' | 'CI_ID'> {
  const time = title?.firstCreated ?? 0;
  return {
    CI_UniqueID: title?.updateId ?? '',
    RevisionNumber: title?.revisionNumber ?? 0,
    ArticleID: title?.articleId ?? '',
    LocalizedDisplayName: title?.title ?? '',
    SeverityName: title === undefined ? '' : severityName(title.severity),
    ...categoryTexts((title?.categories ?? []).flatMap((id) => categories.get(id) ?? [])),
    DatePosted: time === 0 ? null : new Date(time).toISOString(),
    LocalizedInformativeURL: title?.url ?? '',
  };
}
