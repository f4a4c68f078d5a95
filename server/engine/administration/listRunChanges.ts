import type { Run, RunChangesRequest, RunChangesResult, UpdateChange } from '../../contract/generated/types.js';
import { changeKinds } from '../../criteria/changeKinds.js';
import { SyncError } from '../../errors/SyncError.js';
import type { UpdateTitle } from '../../store/SiteDatabase.js';
import type { SiteContext } from '../../state/SiteContext.js';

const PAGE_SIZE = 1000;

/**
 * `run/changes`: one page of what a run did to software updates, by CI_ID.
 * @throws SyncError RunNotFound
 */
export async function listRunChanges({ database }: SiteContext, params: RunChangesRequest): Promise<RunChangesResult> {
  const [json] = await database.runs({ id: params.id });
  if (json === undefined) throw new SyncError('RunNotFound', { run: params.id });
  const all = await database.runChanges(params.id);
  const wanted = all
    .map(({ ciId, kinds }) => ({ ciId, kinds: changeKinds(kinds) }))
    .filter(
      ({ ciId, kinds }) =>
        ciId > (params.after ?? 0) && (params.kind === undefined || kinds.some((kind) => params.kind?.includes(kind))),
    );
  const page = wanted.slice(0, params.pageSize ?? PAGE_SIZE);
  const titles = await database.updateTitles(page.map(({ ciId }) => ciId));
  const changes = page.map(({ ciId, kinds }) => toChange({ run: params.id, ciId, kinds }, titles.get(ciId)));
  return {
    changes,
    next: page.length < wanted.length ? (page.at(-1)?.ciId ?? null) : null,
    isRecorded: all.length > 0 || !hasChanged(JSON.parse(json) as Run),
  };
}

function hasChanged({ Counts }: Run): boolean {
  return Counts.New + Counts.Revised + Counts.Expired + Counts.Superseded + Counts.Removed > 0;
}

/** What maintenance has deleted since has its numbers only. */
function toChange(
  { run, ciId, kinds }: { run: number; ciId: number; kinds: UpdateChange['Changes'] },
  title: UpdateTitle | undefined,
): UpdateChange {
  return {
    RunId: run,
    Changes: kinds,
    CI_ID: ciId,
    CI_UniqueID: title?.updateId ?? '',
    RevisionNumber: title?.revisionNumber ?? 0,
    ArticleID: title?.articleId ?? '',
    LocalizedDisplayName: title?.title ?? '',
  };
}
