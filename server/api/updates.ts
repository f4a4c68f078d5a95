import type {
  SoftwareUpdate,
  UpdateListRequest,
  UpdateListResult,
  UpdateSetRequest,
} from '../contract/generated/types.js';
import { CLASSIFICATION } from '../criteria/classifications.js';
import { SEVERITY } from '../criteria/severities.js';
import { SyncError } from '../errors/SyncError.js';
import { inTurns } from '../platform/inTurns.js';
import type { SiteContext } from '../state/SiteContext.js';
import { readDocument } from '../state/readDocument.js';
import type { UpdateOrder, UpdateQuery } from '../store/UpdateQuery.js';
import type { CategoryRow, UpdateRow } from '../store/rows.js';
import { categoryKeys } from './categoryKeys.js';
import { lazyUpdateProperties, toColumns, updateObjects } from './toSoftwareUpdate.js';
import type { Asked } from './Handler.js';
import type { ServiceParts } from './ServiceParts.js';

const PAGE_SIZE = 1000;

/** `update/list`: one page of the software updates that meet every filter. */
export async function listUpdates(context: SiteContext, params: UpdateListRequest): Promise<UpdateListResult> {
  if (isNeverTrue(params)) return { updates: [], next: null };
  const categories = await context.database.categories();
  const wanted = await inTurns(categoryKeys(params, categories));
  // Told once for all pages.
  const warnings = params.after === undefined ? [...wanted.warnings] : [];
  const query = queryOf({ ...params, ids: await idsOf(context, params) }, categories, wanted.lists);
  if (query === undefined) return { updates: [], next: null, warnings };
  const rows = await context.database.updates(query);
  const updates = await updateObjects(context, rows, categories);
  const isPaged = params.newest === undefined && rows.length === query.limit;
  const complete = params.lazy === true ? await withLazy(context, rows, updates) : updates;
  const next = isPaged ? nextOf(params, rows) : null;
  return params.columns === true
    ? { updates: [], columns: toColumns(complete), next, warnings }
    : { updates: complete, next, warnings };
}

/** Sorted ones are counted, because their ids say nothing of where they stand. */
function nextOf({ orderBy, after = 0 }: UpdateListRequest, rows: readonly UpdateRow[]): number | null {
  return orderBy === undefined ? (rows.at(-1)?.ciId ?? null) : after + rows.length;
}

const GUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The updates that are named by CI_ID, by CI_UniqueID or both ways; undefined where any may be. */
async function idsOf({ database }: SiteContext, { ids, uniqueIds }: UpdateListRequest): Promise<number[] | undefined> {
  if (uniqueIds === undefined) return ids;
  // A model name (Site_x/SUM_guid) ends with the id too.
  const guids = uniqueIds.flatMap((id) => GUID.exec(id)?.[0].toLowerCase() ?? []);
  const keys = await database.updateKeys(guids);
  const found = await database.softwareUpdatesByUpdate([...keys.values()]);
  return [...found.values()].map(({ ciId }) => ciId).filter((ciId) => ids?.includes(ciId) ?? true);
}

const ORDERS = {
  ArticleID: 'articleId',
  LocalizedDisplayName: 'title',
  DatePosted: 'firstCreated',
  Severity: 'severity',
} as const satisfies Record<NonNullable<UpdateListRequest['orderBy']>, UpdateOrder['by']>;

/** Where a page begins, and by what the updates are sorted. */
function orderOf({ newest, orderBy, descending = false, after }: UpdateListRequest): Partial<UpdateQuery> {
  if (newest !== undefined) return { order: { by: 'firstCreated', descending: true }, ...afterOf(after) };
  if (orderBy === undefined) return afterOf(after);
  return { order: { by: ORDERS[orderBy], descending }, skip: after ?? 0 };
}

function afterOf(after: number | undefined): Partial<UpdateQuery> {
  return after === undefined ? {} : { after };
}

/**
 * Filters on what no update of this site can be: deployed, user defined, with provisioned content, or not the latest.
 */
function isNeverTrue(params: UpdateListRequest): boolean {
  return (
    params.isDeployed === true ||
    params.isUserDefined === true ||
    params.isContentProvisioned === true ||
    params.isLatest === false ||
    (params.onlyExpired === true && params.isExpired === false)
  );
}

function queryOf(
  params: UpdateListRequest,
  categories: readonly CategoryRow[],
  wanted: readonly (readonly number[])[],
): UpdateQuery | undefined {
  if (wanted.some((keys) => keys.length === 0)) return undefined;
  const time = (text: string | undefined): number | undefined => (text === undefined ? undefined : Date.parse(text));
  const keysOf = (ids: readonly string[]): number[] =>
    categories.filter((row) => ids.includes(row.updateId)).map((row) => row.updateKey);
  const hidden =
    params.includeUpgrade === true || params.id !== undefined || params.ids !== undefined
      ? []
      : keysOf([CLASSIFICATION.upgrades]);
  const offline = keysOf([CLASSIFICATION.upgrades, CLASSIFICATION.definitionUpdates]);
  const query: { -readonly [Key in keyof UpdateQuery]: UpdateQuery[Key] | undefined } = {
    ciId: params.id,
    ciIds: params.orderBy === undefined ? params.ids?.filter((id) => id > (params.after ?? 0)) : params.ids,
    articleId: params.articleId?.replace(/^KB/i, ''),
    bulletinId: params.bulletinId,
    name: params.name,
    wildcard: params.wildcard !== false,
    categoryKeys: params.isOfflineServiceable === false ? [...wanted, offline] : wanted,
    withoutCategoryKeys: params.isOfflineServiceable === true ? [...new Set([...hidden, ...offline])] : hidden,
    postedFrom: time(params.datePostedMin),
    postedTo: time(params.datePostedMax),
    revisedFrom: time(params.dateRevisedMin),
    revisedTo: time(params.dateRevisedMax),
    eulaExists: params.eulaExist,
    isExpired: params.onlyExpired === true ? true : params.isExpired,
    isSuperseded: params.isSuperseded,
    severity: params.severity === undefined ? undefined : SEVERITY[params.severity],
    ...orderOf(params),
    limit: params.newest ?? params.pageSize ?? PAGE_SIZE,
  };
  return Object.fromEntries(Object.entries(query).filter((entry) => entry[1] !== undefined)) as unknown as UpdateQuery;
}

async function withLazy(
  context: SiteContext,
  rows: readonly UpdateRow[],
  updates: readonly SoftwareUpdate[],
): Promise<SoftwareUpdate[]> {
  const result: SoftwareUpdate[] = [];
  for (const [index, update] of updates.entries()) {
    const row = rows[index];
    const lazy =
      row === undefined
        ? {}
        : await lazyUpdateProperties(
            await readDocument(context, row.revisionId, row.location),
            update,
            context.licenseTerms,
          );
    result.push({ ...update, ...lazy });
  }
  return result;
}

/** The answer as it is stored: whoever asks again gets the objects again. */
interface SetUpdates {
  readonly ciIds: readonly number[];
}

/**
 * `update/set`: overrides of single updates, which no synchronization takes back. All updates with the name are meant.
 * @throws SyncError UpdateNotFound for one that does not exist, is removed or hidden; ContradictoryParameters. Nothing
 * is changed then.
 */
export async function setUpdates(
  { context }: ServiceParts,
  params: UpdateSetRequest,
  { keep }: Pick<Asked, 'keep'>,
): Promise<SetUpdates> {
  if (params.customSeverity === undefined && params.maximumExecutionMins === undefined) {
    throw new SyncError('ContradictoryParameters', {
      reason: 'Give CustomSeverity or MaximumExecutionMins, or both',
    });
  }
  const rows = await findUpdates(context, params);
  const override = {
    customSeverity: params.customSeverity === undefined ? undefined : SEVERITY[params.customSeverity],
    maxExecutionSeconds: params.maximumExecutionMins === undefined ? undefined : params.maximumExecutionMins * 60,
  };
  const { customSeverity, maxExecutionSeconds } = override;
  const differs = (row: UpdateRow): boolean =>
    (customSeverity ?? row.customSeverity) !== row.customSeverity ||
    (maxExecutionSeconds ?? row.maxExecutionSeconds) !== row.maxExecutionSeconds;
  const modified = context.now().getTime();
  const result: SetUpdates = { ciIds: rows.map((row) => row.ciId) };
  await context.database.commit({
    overrides: rows.filter(differs).map((row) => ({ ciId: row.ciId, modified, ...override })),
    ...keep(result),
  });
  return result;
}

/** The updates of an answer as they are now. */
export async function updatesOf(context: SiteContext, { ciIds }: SetUpdates): Promise<SoftwareUpdate[]> {
  return updateObjects(
    context,
    await context.database.updates({ ciIds, wildcard: false }),
    await context.database.categories(),
  );
}

async function findUpdates(
  context: SiteContext,
  { ciIds, name, wildcard = false }: UpdateSetRequest,
): Promise<readonly UpdateRow[]> {
  if ((ciIds === undefined) === (name === undefined))
    throw new SyncError('ContradictoryParameters', { reason: 'Give updates either by CI_ID or by name' });
  const rows = await context.database.updates({
    ciIds,
    name,
    wildcard,
  });
  const found = new Set(rows.map((row) => row.ciId));
  const missing = ciIds === undefined ? (rows.length === 0 ? name : undefined) : ciIds.find((ciId) => !found.has(ciId));
  if (missing !== undefined) throw new SyncError('UpdateNotFound', { id: missing });
  return rows;
}
