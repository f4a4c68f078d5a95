import type { ComponentSetRequest } from '../../server/contract/generated/types.js';
import type { CategoryNode, Subscription } from '../../server/criteria/subscription.js';
import { changeSelections } from '../../server/api/changeSelections.js';
import { atOnce } from '../../server/platform/inTurns.js';

export const node = (id: string, type: string, parentId: string, title = id): CategoryNode => ({
  id,
  type,
  title,
  parentId,
  allowSubscription: true,
});
/** A family and a product of one name, and in each kind a name that stands twice. */
export const TREE: readonly CategoryNode[] = [
  node('Microsoft', 'Company', ''),
  node('Windows', 'ProductFamily', 'Microsoft'),
  node('Office', 'ProductFamily', 'Microsoft'),
  node('W10', 'Product', 'Windows'),
  node('W11', 'Product', 'Windows'),
  node('Win', 'Product', 'Windows', 'Windows'),
  node('Tools1', 'Product', 'Windows', 'Tools'),
  node('Tools2', 'Product', 'Office', 'Tools'),
  node('Adobe', 'Company', ''),
  node('TwinC1', 'Company', '', 'Twin'),
  node('TwinC2', 'Company', '', 'Twin'),
  node('TwinF1', 'ProductFamily', 'TwinC1', 'Twin'),
  node('TwinF2', 'ProductFamily', 'TwinC2', 'Twin'),
  node('TwinU1', 'UpdateClassification', '', 'Twin'),
  node('TwinU2', 'UpdateClassification', '', 'Twin'),
  node('Security', 'UpdateClassification', ''),
  node('Critical', 'UpdateClassification', ''),
];

/** A call that changes the subscription, without its id. */
export type Change = Partial<ComponentSetRequest>;

/** The subscription after a call, and what was told. */
export function change(
  before: Subscription,
  call: Change,
  categories: readonly CategoryNode[] = TREE,
): { after: Subscription; told: string[] } {
  const told: string[] = [];
  const request = { requestId: 'r', ...call };
  return { after: atOnce(changeSelections(before, request, { categories, warnings: told })), told };
}
