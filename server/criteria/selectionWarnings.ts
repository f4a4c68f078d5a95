import { closestNames } from './closestNames.js';
import type { CategoryNode, CategoryType, PendingCategory } from './Subscription.js';

const ADD: Readonly<Record<CategoryType, { readonly words: string; readonly how: string }>> = {
  Product: { words: 'product', how: '-AddProduct (--add-product)' },
  ProductFamily: { words: 'product family', how: '-AddProductFamily (--add-product-family)' },
  Company: { words: 'company', how: '-AddCompany (--add-company)' },
  UpdateClassification: {
    words: 'update classification',
    how: '-AddUpdateClassification (--add-update-classification)',
  },
};

/** What a run says that asked for nothing, because nothing of the type is subscribed. */
export function nothingSubscribed(type: 'Product' | 'UpdateClassification'): string {
  const { words, how } = ADD[type];
  return `No ${words} is subscribed, so no updates were asked for. Subscribe some with ${how}.`;
}

/** What an import says whose updates the subscription does not select. */
export function nothingSelected(documents: number): string {
  return (
    `The package brought ${documents.toLocaleString('en')} updates, but none of them belongs to a subscribed product ` +
    `and update classification. Subscribe them with ${ADD.Product.how} and ${ADD.UpdateClassification.how}.`
  );
}

/** One sentence for each name that the source does not offer, with the names that are most like it. */
export function pendingWarnings(
  pending: readonly PendingCategory[],
  categories: readonly CategoryNode[],
): readonly string[] {
  return pending.map(({ type, name }) => {
    const known = categories.filter((category) => category.type === type && category.allowSubscription);
    const closest = closestNames(
      name,
      known.map((category) => category.title),
    );
    const hint = closest.length === 0 ? '' : ` Closest: ${closest.join(', ')}.`;
    return `The source offers no ${ADD[type].words} named "${name}"; it stays pending.${hint}`;
  });
}
