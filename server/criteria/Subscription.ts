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
