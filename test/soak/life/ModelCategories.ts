/** The current revision of a category document. */
export interface CategoryRevision {
  readonly id: string;
  readonly number: number;
  readonly title: string;
  readonly type: string;
  /** '' at the top. */
  readonly parent: string;
}

/** A category as the commands should show it. */
export interface ModelCategory extends CategoryRevision {
  readonly isSubscribed: boolean;
}

/** The nine classifications of the product; others cannot be subscribed (configmgr.md section 2.3). */
const SUPPORTED = [
  'e6cf1350-c01b-414d-a61f-263d14d133b4',
  'e0789628-ce08-4437-be74-2495b842f43b',
  'b54e7d24-7add-428f-8b75-90a396fa584f',
  '0fa1201d-4330-4fa8-8ae9-b877473b6441',
  '68c5b0a3-d1a6-4553-ae49-01d3a7827828',
  'b4832bd8-e735-4761-8daf-37f882276dab',
  '28bc880e-0592-4cbf-8f95-c79b17911d5f',
  'cd5ffd1e-e932-4e3a-bf74-18bf0b1bbd83',
  '3689bdc8-b205-4af4-8d4a-a63924c5e9d5',
];

/**
 * The categories in their highest revisions; subscribed is what was selected, and what stands below it at any depth.
 */
export function modelCategories(
  stored: readonly CategoryRevision[],
  selected: ReadonlySet<string>,
): readonly ModelCategory[] {
  const current = stored.filter((one) => !stored.some((other) => other.id === one.id && other.number > one.number));
  const isSubscribed = (id: string): boolean => {
    const category = current.find((one) => one.id === id);
    if (category === undefined || (category.type === 'UpdateClassification' && !SUPPORTED.includes(id))) return false;
    return selected.has(id) || isSubscribed(category.parent);
  };
  return current.map((category) => ({ ...category, isSubscribed: isSubscribed(category.id) }));
}
