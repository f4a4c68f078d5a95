import type { ComponentSetRequest } from '../contract/generated/types.js';
import { changeSubscription, type SelectionChange } from '../criteria/changeSubscription.js';
import { removalWarnings, setWarnings } from '../criteria/selectionWarnings.js';
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
  let subscription = before;
  for (const { wildcard = request.wildcard !== false, ...change } of selectionsOf(request)) {
    const result = changeSubscription(subscription, change, { categories, rules: { wildcard, allowPending } });
    subscription = result.subscription;
    yield;
    for (const name of change.remove) removals.push({ type: change.type, name, wildcard, before: result.widened });
    for (const entry of result.newlyPending) warnings.push(pendingText(entry));
  }
  // Of the whole call: a family that goes with its product holds nothing any more.
  const after = subscription;
  for (const removal of removals) warnings.push(...(yield* removalWarnings({ ...removal, after }, categories)));
  for (const type of typesSetAlone(request)) warnings.push(...(yield* setWarnings(type, after, categories)));
  return subscription;
}

function pendingText({ type, name }: PendingCategory): string {
  const what = `The ${type} "${name}" is not known yet`;
  return `${what}; it is kept as pending and subscribed when a synchronization brings it.`;
}

/** A name to remove, and what was subscribed when it was its turn. */
interface AskedRemoval {
  readonly type: CategoryType;
  readonly name: string;
  readonly wildcard: boolean;
  readonly before: Subscription;
}

/** Types of which exactly some are set. Who says in the same call what stands above them means both. */
function typesSetAlone(request: ComponentSetRequest): readonly CategoryType[] {
  const namesCompanies = request.setCompany !== undefined || request.addCompany !== undefined;
  const namesFamilies = request.setProductFamily !== undefined || request.addProductFamily !== undefined;
  return [
    ...(request.setProduct !== undefined && !namesCompanies && !namesFamilies ? (['Product'] as const) : []),
    ...(request.setProductFamily !== undefined && !namesCompanies ? (['ProductFamily'] as const) : []),
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
      reason: `Set${type} says exactly which are subscribed; Add${type} and Remove${type} do not go with it`,
    });
  }
  return { type, add, remove, exactly };
}
