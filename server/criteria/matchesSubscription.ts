/** Keys of the subscribed products and classifications. */
export interface SubscribedKeys {
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
