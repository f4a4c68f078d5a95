import type { Steps } from '../platform/inTurns.js';
import { grouped } from './grouped.js';
import type { CategoryNode, Subscription } from './Subscription.js';

/**
 * Ids of every subscribed category: what is selected, and all that stands below it in the tree, also what appeared
 * later.
 */
export function* expandSubscription(
  categories: readonly CategoryNode[],
  subscription: Subscription,
): Steps<ReadonlySet<string>> {
  const selected = new Set(Object.values(subscription.selected).flat());
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
