import { resolvePending } from '../criteria/changeSubscription.js';
import { SUPPORTED_CLASSIFICATIONS } from '../criteria/classifications.js';
import { type CategoryNode, expandSubscription } from '../criteria/subscription.js';
import { mapped } from '../criteria/collections.js';
import { inTurns, type Steps, turn } from '../platform/inTurns.js';
import { type CatalogueRow, type CategoryRow, FLAG } from '../store/rows.js';
import type { SiteReads } from '../store/SiteDatabase.js';
import { type ComponentSettings, prepareKey } from './ComponentSettings.js';
import type { SiteContext } from './SiteContext.js';
import { failedRevisions } from './catalogueState.js';
import { STATE } from './siteState.js';

const TYPES = new Set(['Company', 'ProductFamily', 'Product', 'UpdateClassification']);

/** The categories as the catalogue has them now, and the settings with the pending names that have appeared. */
export interface SubscribedCategories {
  readonly categories: readonly CategoryRow[];
  readonly settings: ComponentSettings;
}

/** Works out the category rows from the catalogue and the subscription; ids of known categories stay. */
export async function subscribedCategories(
  context: SiteContext,
  settings: ComponentSettings,
): Promise<SubscribedCategories> {
  const documents = await context.database.categoryDocuments();
  const stored = await context.database.categories();
  const next = (await context.database.nextIds()).category;
  const rows = await inTurns(rowsOf(documents, { stored, next }));
  const nodes = await inTurns(nodesOf(rows));
  const isIncomplete = (await failedRevisions(context.database, STATE.failedConfiguration)).length > 0;
  await turn();
  const { subscription } = await inTurns(resolvePending(settings.subscription, nodes, isIncomplete));
  const subscribed = await inTurns(expandSubscription(nodes, subscription));
  const categories = await inTurns(
    mapped(rows, (row) => (subscribed.has(row.updateId) ? { ...row, isSubscribed: true } : row)),
  );
  return { categories, settings: { ...settings, subscription } };
}

/**
 * What the stored categories were worked out of, where they are what was worked out now: with the same they need not be
 * worked out again. Undefined where something is new, or a name is still waited for.
 */
export async function settledBy(
  { database }: Pick<SiteContext, 'database'>,
  { categories, settings }: SubscribedCategories,
): Promise<string | undefined> {
  const stored = await database.categories();
  if (stored.length !== categories.length || settings.subscription.pending.length > 0) return undefined;
  const isStored = await inTurns(isSameList(stored, categories));
  return isStored ? originOf(database, settings) : undefined;
}

/** What categories are worked out of: the newest revision, and the subscription. */
export async function originOf(database: Pick<SiteReads, 'nextIds'>, settings: ComponentSettings): Promise<string> {
  return `${(await database.nextIds()).revision} ${await inTurns(prepareKey(settings))}`;
}

function* isSameList(stored: readonly CategoryRow[], rows: readonly CategoryRow[]): Steps<boolean> {
  for (const [at, row] of rows.entries()) {
    if (!isSameRow(stored[at], row)) return false;
    yield;
  }
  return true;
}

/** The rows without a subscription. Those that are stored keep their ids, others are numbered from `next` on. */
function* rowsOf(
  documents: readonly CatalogueRow[],
  { stored, next }: { readonly stored: readonly CategoryRow[]; readonly next: number },
): Steps<readonly CategoryRow[]> {
  const known = new Map<number, number>();
  for (const row of stored) {
    known.set(row.updateKey, row.categoryId);
    yield;
  }
  const ofType: CatalogueRow[] = [];
  const idOf = new Map<number, number>();
  let free = next;
  for (const document of documents) {
    if (TYPES.has(document.categoryType)) {
      ofType.push(document);
      idOf.set(document.updateKey, known.get(document.updateKey) ?? free++);
    }
    yield;
  }
  return yield* mapped(ofType, (document) => toRow(document, idOf));
}

/** Those of the rows that are new or differ from what is stored. */
export function* changedCategories(
  stored: readonly CategoryRow[],
  rows: readonly CategoryRow[],
): Steps<readonly CategoryRow[]> {
  const known = new Map<number, CategoryRow>();
  for (const row of stored) {
    known.set(row.categoryId, row);
    yield;
  }
  const changed: CategoryRow[] = [];
  for (const row of rows) {
    if (!isSameRow(known.get(row.categoryId), row)) changed.push(row);
    yield;
  }
  return changed;
}

function isSameRow(stored: CategoryRow | undefined, row: CategoryRow): boolean {
  return stored !== undefined && (Object.keys(row) as (keyof CategoryRow)[]).every((key) => stored[key] === row[key]);
}

/** Category rows as the decisions see them. */
export function* nodesOf(rows: readonly CategoryRow[]): Steps<readonly CategoryNode[]> {
  const updateIdOf = new Map<number, string>();
  for (const row of rows) {
    updateIdOf.set(row.categoryId, row.updateId);
    yield;
  }
  return yield* mapped(rows, (row) => ({
    id: row.updateId,
    type: row.typeName,
    title: row.title,
    parentId: updateIdOf.get(row.parentId) ?? '',
    allowSubscription: row.allowSubscription,
  }));
}

function toRow(document: CatalogueRow, idOf: ReadonlyMap<number, number>): CategoryRow {
  const parentKey = document.categoryKeys.find((key) => idOf.has(key) && key !== document.updateKey);
  const prohibitsUpdates = (document.flags & FLAG.prohibitsUpdates) !== 0;
  return {
    categoryId: idOf.get(document.updateKey) ?? 0,
    updateKey: document.updateKey,
    updateId: document.updateId,
    revisionId: document.revisionId,
    typeName: document.categoryType,
    title: document.title,
    parentId: parentKey === undefined ? 0 : (idOf.get(parentKey) ?? 0),
    allowSubscription: allowsSubscription(document, prohibitsUpdates),
    prohibitsUpdates,
    isSubscribed: false,
  };
}

/**
 * Companies and families select what stands below them; of the classifications only the supported nine can be chosen.
 */
function allowsSubscription(document: CatalogueRow, prohibitsUpdates: boolean): boolean {
  if (document.categoryType === 'UpdateClassification') return SUPPORTED_CLASSIFICATIONS.has(document.updateId);
  return document.categoryType !== 'Product' || !prohibitsUpdates;
}
