import type { Steps } from '../platform/inTurns.js';
import { grouped, together } from './collections.js';

/** The category types an administrator selects by. */
export type CategoryType = 'Product' | 'ProductFamily' | 'Company' | 'UpdateClassification';

/** A name, wildcard or id that no category of the site has yet. */
export interface PendingCategory {
  readonly type: CategoryType;
  readonly name: string;
}

/** What the administrator selected: ids of categories, and what is kept for the time when the category appears. */
export interface Subscription {
  readonly selected: Readonly<Record<CategoryType, readonly string[]>>;
  readonly pending: readonly PendingCategory[];
}

export const EMPTY_SUBSCRIPTION: Subscription = {
  selected: { Product: [], ProductFamily: [], Company: [], UpdateClassification: [] },
  pending: [],
};

/** A category as the decisions see it. `parentId` is '' at the top. */
export interface CategoryNode {
  readonly id: string;
  readonly type: string;
  readonly title: string;
  readonly parentId: string;
  readonly allowSubscription: boolean;
}

/**
 * Ids of every subscribed category: what is selected, and all that stands below it in the tree, also what appeared
 * later.
 */
export function* expandSubscription(
  categories: readonly CategoryNode[],
  subscription: Subscription,
): Steps<ReadonlySet<string>> {
  const selected = yield* together(...Object.values(subscription.selected));
  const children = yield* grouped(categories, (category) => category.parentId);
  const subscribed = new Set<string>();
  const waiting = categories.filter((category) => selected.has(category.id));
  for (let category = waiting.pop(); category !== undefined; category = waiting.pop()) {
    if (subscribed.has(category.id) || !category.allowSubscription) continue;
    subscribed.add(category.id);
    for (const child of children.get(category.id) ?? []) waiting.push(child);
    yield;
  }
  return subscribed;
}

/** Keys of the subscribed products and classifications. */
interface SubscribedKeys {
  readonly products: ReadonlySet<number>;
  readonly classifications: ReadonlySet<number>;
}

/**
 * An update matches when it names one subscribed product and one subscribed classification (wsus-protocol section 1.4).
 */
export function matchesSubscription(categoryKeys: readonly number[], subscribed: SubscribedKeys): boolean {
  return (
    categoryKeys.some((key) => subscribed.products.has(key)) &&
    categoryKeys.some((key) => subscribed.classifications.has(key))
  );
}
