import type { ComponentSetRequest } from '../contract/generated/types.js';
import { changeSubscription, type SelectionChange } from '../criteria/changeSubscription.js';
import { removalWarnings, setWarnings } from '../criteria/selectionWarnings.js';
import type { CategoryNode, CategoryType, Subscription } from '../criteria/subscription.js';
import { SyncError } from '../errors/SyncError.js';

/** The categories of the site, and where what the administrator is told goes. */
interface SelectionContext {
  readonly categories: readonly CategoryNode[];
  readonly warnings: string[];
}

/**
 * The subscription after the names to add, to remove and to have exactly, of all four category types.
 * @throws SyncError UnknownCategory, ContradictoryParameters
 */
export function changeSelections(
  before: Subscription,
  request: ComponentSetRequest,
  context: SelectionContext,
): Subscription {
  const { categories, warnings } = context;
  const allowPending = categories.length === 0 || request.allowPending === true;
  const selections = selectionsOf(request);
  let subscription = before;
  for (const { wildcard = request.wildcard !== false, ...change } of selections) {
    const result = changeSubscription(subscription, change, { categories, rules: { wildcard, allowPending } });
    subscription = result.subscription;
    for (const entry of result.newlyPending) {
      warnings.push(
        `The ${entry.type} "${entry.name}" is not known yet; it is kept as pending and subscribed when a ` +
          `synchronization brings it.`,
      );
    }
  }
  warnings.push(...effectWarnings(request, selections, { before, after: subscription, categories }));
  return subscription;
}

/** What the whole call did not do although it says so: a family that goes in the same call holds nothing any more. */
function effectWarnings(
  request: ComponentSetRequest,
  selections: readonly Selection[],
  facts: { before: Subscription; after: Subscription; categories: readonly CategoryNode[] },
): readonly string[] {
  const { before, after, categories } = facts;
  const wildcard = request.wildcard !== false;
  const removals = selections.flatMap(({ type, remove }) =>
    remove.flatMap((name) => removalWarnings({ type, name, wildcard, before, after }, categories)),
  );
  // Who says what families there are in the same call means both.
  const setsAbove = request.setProductFamily ?? request.setCompany ?? request.addProductFamily ?? request.addCompany;
  const sets = selections.filter(({ type, exactly }) => type === 'Product' && exactly !== undefined);
  return [
    ...removals,
    ...(setsAbove === undefined ? sets : []).flatMap(({ type }) => setWarnings(type, after, categories)),
  ];
}

type Selection = SelectionChange & { readonly wildcard?: boolean };

function selectionsOf(request: ComponentSetRequest): readonly Selection[] {
  const every = (type: CategoryType, wanted: boolean | undefined): Selection[] =>
    wanted === true ? [{ type, add: ['*'], remove: [], wildcard: true }] : [];
  if (
    (request.allProducts === true && request.setProduct !== undefined) ||
    (request.allClassifications === true && request.setUpdateClassification !== undefined)
  ) {
    throw new SyncError('ContradictoryParameters', {
      reason: 'All of them and exactly some of them do not go together',
    });
  }
  return [
    ...every('Product', request.allProducts),
    ...every('UpdateClassification', request.allClassifications),
    selection('Product', request.addProduct, { remove: request.removeProduct, exactly: request.setProduct }),
    selection('ProductFamily', request.addProductFamily, {
      remove: request.removeProductFamily,
      exactly: request.setProductFamily,
    }),
    selection('Company', request.addCompany, { remove: request.removeCompany, exactly: request.setCompany }),
    selection('UpdateClassification', request.addUpdateClassification, {
      remove: request.removeUpdateClassification,
      exactly: request.setUpdateClassification,
    }),
  ];
}

function selection(
  type: CategoryType,
  add: readonly string[] = [],
  rest: { remove: readonly string[] | undefined; exactly: readonly string[] | undefined },
): Selection {
  const { remove = [], exactly } = rest;
  if (exactly !== undefined && add.length + remove.length > 0) {
    throw new SyncError('ContradictoryParameters', {
      reason: `Set${type} says exactly which are subscribed; Add${type} and Remove${type} do not go with it`,
    });
  }
  const both = add.find((name) => remove.includes(name));
  if (both !== undefined)
    throw new SyncError('ContradictoryParameters', {
      reason: `The ${type} ${both} cannot be added and removed at once`,
    });
  return { type, add, remove, exactly };
}
