import { resolvePending } from '../criteria/changeSubscription.js';
import { SUPPORTED_CLASSIFICATIONS } from '../criteria/classifications.js';
import { type CategoryNode, expandSubscription } from '../criteria/subscription.js';
import { inTurns, turn } from '../platform/inTurns.js';
import { type CatalogueRow, type CategoryRow, FLAG } from '../store/rows.js';
import type { ComponentSettings } from './ComponentSettings.js';
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
  const documents = (await context.database.categoryDocuments(0)).filter((document) =>
    TYPES.has(document.categoryType),
  );
  const known = new Map(
    (await context.database.categories()).map((category) => [category.updateKey, category.categoryId]),
  );
  let next = (await context.database.nextIds()).category;
  const idOf = new Map(documents.map((document) => [document.updateKey, known.get(document.updateKey) ?? next++]));
  await turn();
  const rows: CategoryRow[] = [];
  for (const document of documents) {
    rows.push(toRow(document, idOf));
    await turn();
  }
  const nodes = nodesOf(rows);
  await turn();
  const isIncomplete = (await failedRevisions(context.database, STATE.failedConfiguration)).length > 0;
  const { subscription } = resolvePending(settings.subscription, nodes, isIncomplete);
  const subscribed = await inTurns(expandSubscription(nodes, subscription));
  return {
    categories: rows.map((row) => ({ ...row, isSubscribed: subscribed.has(row.updateId) })),
    settings: { ...settings, subscription },
  };
}

/** Those of the rows that are new or differ from what is stored. */
export function changedCategories(
  stored: readonly CategoryRow[],
  rows: readonly CategoryRow[],
): readonly CategoryRow[] {
  const known = new Map(stored.map((row) => [row.categoryId, row]));
  return rows.filter((row) => !isSameRow(known.get(row.categoryId), row));
}

function isSameRow(stored: CategoryRow | undefined, row: CategoryRow): boolean {
  return stored !== undefined && (Object.keys(row) as (keyof CategoryRow)[]).every((key) => stored[key] === row[key]);
}

/** Category rows as the decisions see them. */
export function nodesOf(rows: readonly CategoryRow[]): readonly CategoryNode[] {
  const updateIdOf = new Map(rows.map((row) => [row.categoryId, row.updateId]));
  return rows.map((row) => ({
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
