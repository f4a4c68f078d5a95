import type { ComponentSetRequest } from '../contract/generated/types.js';
import { changeSubscription, type SelectionChange } from '../criteria/changeSubscription.js';
import { together } from '../criteria/collections.js';
import { matchName } from '../criteria/names.js';
import { newlyPendingWarnings, removalWarnings, setWarnings } from '../criteria/selectionWarnings.js';
import type { CategoryNode, CategoryType, PendingCategory, Subscription } from '../criteria/subscription.js';
import { SyncError } from '../errors/SyncError.js';
import type { Steps } from '../platform/inTurns.js';

/** The categories of the site, and where what the administrator is told goes. */
interface SelectionContext {
  readonly categories: readonly CategoryNode[];
  readonly warnings: string[];
}

/**
 * The subscription after the names to add, to remove and to have exactly, of all four category types.
 * @throws SyncError UnknownCategory, ContradictoryParameters
 */
export function* changeSelections(
  before: Subscription,
  request: ComponentSetRequest,
  context: SelectionContext,
): Steps<Subscription> {
  const { categories, warnings } = context;
  const allowPending = categories.length === 0 || request.allowPending === true;
  const removals: AskedRemoval[] = [];
  const newlyPending: PendingCategory[] = [];
  const added: string[] = [];
  let subscription = before;
  for (const { wildcard = request.wildcard !== false, ...change } of selectionsOf(request)) {
    const { type, add, remove, exactly = add } = change;
    const rules = { wildcard, allowPending };
    const result = yield* changeSubscription(subscription, change, { categories, rules });
    subscription = result.subscription;
    yield;
    for (const name of remove) removals.push({ type, name, wildcard, before: result.widened });
    for (const name of exactly) for (const { id } of matchName(categories, { type, name, wildcard })) added.push(id);
    newlyPending.push(...result.newlyPending);
    yield;
  }
  // Of the whole call: a family that goes with its product holds nothing any more.
  const call = { before, after: subscription, named: yield* together(added) };
  const told = [...newlyPendingWarnings(newlyPending)];
  for (const removal of removals) told.push(...(yield* removalWarnings({ ...call, ...removal }, categories)));
  for (const type of setTypes(request)) told.push(...(yield* setWarnings({ ...call, type }, categories)));
  warnings.push(...new Set(told));
  return subscription;
}

/** A name to remove, and what was subscribed when it was its turn. */
interface AskedRemoval {
  readonly type: CategoryType;
  readonly name: string;
  readonly wildcard: boolean;
  readonly before: Subscription;
}

/** Types of which exactly some are set, and that something above can hold or that can hold something. */
function setTypes(request: ComponentSetRequest): readonly CategoryType[] {
  return (['Product', 'ProductFamily', 'Company'] as const).filter((type) => request[`set${type}`] !== undefined);
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
      reason: '-AddProduct * and -SetProduct cannot be combined',
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
      reason: `Set${type} replaces the whole list, so it cannot be combined with Add${type} or Remove${type}`,
    });
  }
  return { type, add, remove, exactly };
}
