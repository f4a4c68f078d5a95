import type { CategoryNode, Subscription } from './Subscription.js';

/**
 * Ids of every subscribed category: what is selected, and all that stands below it in the tree, also what appeared
 * later.
 */
export function expandSubscription(
  categories: readonly CategoryNode[],
  subscription: Subscription,
): ReadonlySet<string> {
  const selected = new Set(Object.values(subscription.selected).flat());
  const children = childrenByParent(categories);
  const subscribed = new Set<string>();
  const waiting = categories.filter((category) => selected.has(category.id));
  for (let category = waiting.pop(); category !== undefined; category = waiting.pop()) {
    if (subscribed.has(category.id) || !category.allowSubscription) continue;
    subscribed.add(category.id);
    waiting.push(...(children.get(category.id) ?? []));
  }
  return subscribed;
}

function childrenByParent(categories: readonly CategoryNode[]): ReadonlyMap<string, readonly CategoryNode[]> {
  const children = new Map<string, CategoryNode[]>();
  for (const category of categories) {
    const siblings = children.get(category.parentId);
    if (siblings === undefined) children.set(category.parentId, [category]);
    else siblings.push(category);
  }
  return children;
}
