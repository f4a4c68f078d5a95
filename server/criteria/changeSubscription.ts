import { SyncError } from '../errors/SyncError.js';
import { isUnsupportedName, SUPPORTED_NAMES } from './classifications.js';
import { asId, closestNames, matchName } from './names.js';
import type { CategoryNode, CategoryType, PendingCategory, Subscription } from './subscription.js';

/** Names to add, to remove, or to have exactly, of one category type. */
export interface SelectionChange {
  readonly type: CategoryType;
  readonly add: readonly string[];
  readonly remove: readonly string[];
  readonly exactly?: readonly string[];
}

/** How names are understood. */
interface SelectionRules {
  readonly wildcard: boolean;
  /** Names that are not known are kept; always so before the first synchronization of the categories. */
  readonly allowPending: boolean;
}

/** The new subscription, and the names that were kept as pending by this change. */
interface ChangedSubscription {
  readonly subscription: Subscription;
  readonly newlyPending: readonly PendingCategory[];
}

/**
 * Applies one change; nothing is changed when a name is unknown.
 * @throws SyncError UnknownCategory with the closest names, CategoryNotSupported with what can be subscribed
 */
export function changeSubscription(
  subscription: Subscription,
  change: SelectionChange,
  context: { categories: readonly CategoryNode[]; rules: SelectionRules },
): ChangedSubscription {
  const { type } = change;
  const added = resolve(change.exactly ?? change.add, type, context);
  const kept = change.exactly === undefined ? subscription.selected[type] : [];
  const removedIds = new Set(change.remove.flatMap((name) => removable(name, type, context)));
  const selected = [...new Set([...kept, ...added.ids])].filter((id) => !removedIds.has(id));
  const removedNames = new Set(change.remove.map((name) => name.toLowerCase()));
  const oldPending = subscription.pending.filter(
    (entry) => entry.type !== type || (change.exactly === undefined && !removedNames.has(entry.name.toLowerCase())),
  );
  const isOld = (entry: PendingCategory): boolean =>
    oldPending.some((old) => old.type === entry.type && old.name === entry.name);
  const pending = [...oldPending, ...added.pending.filter((entry) => !isOld(entry))];
  return {
    subscription: { selected: { ...subscription.selected, [type]: selected }, pending },
    newlyPending: added.pending,
  };
}

interface Context {
  readonly categories: readonly CategoryNode[];
  readonly rules: SelectionRules;
}

function resolve(
  names: readonly string[],
  type: CategoryType,
  context: Context,
): { ids: string[]; pending: PendingCategory[] } {
  const ids: string[] = [];
  const pending: PendingCategory[] = [];
  for (const name of names) {
    const matches = matchName(context.categories, { type, name, wildcard: context.rules.wildcard });
    for (const category of matches) ids.push(category.id);
    if (matches.length > 0) continue;
    refuseUnsupported(name, type, context.categories);
    if (context.rules.allowPending) {
      if (!pending.some((entry) => entry.name.toLowerCase() === name.toLowerCase())) pending.push({ type, name });
    } else throw unknown(name, type, context.categories);
  }
  return { ids, pending };
}

/** Ids that a name to remove stands for, also of what has vanished upstream. */
function removable(name: string, type: CategoryType, context: Context): readonly string[] {
  const matches = matchName(context.categories, { type, name, wildcard: context.rules.wildcard });
  const id = asId(name, type);
  return matches.length === 0 && id !== undefined ? [id] : matches.map((category) => category.id);
}

/** What the site knows but cannot subscribe is no unknown name, and would stay pending for ever. */
function refuseUnsupported(name: string, type: CategoryType, categories: readonly CategoryNode[]): void {
  const everything = categories.map((category) => ({ ...category, allowSubscription: true }));
  const isKnown = matchName(everything, { type, name, wildcard: false }).length > 0;
  if (!isKnown && !(type === 'UpdateClassification' && isUnsupportedName(name))) return;
  const instead = insteadOf(name, type, titlesOf(type, categories));
  throw new SyncError('CategoryNotSupported', { type, name, instead: instead.join(', ') || 'none' });
}

/** The few classifications are all named, of the rest those that are most like it. */
function insteadOf(name: string, type: CategoryType, supported: readonly string[]): readonly string[] {
  if (type !== 'UpdateClassification') return closestNames(name, supported);
  return supported.length > 0 ? supported : SUPPORTED_NAMES;
}

function titlesOf(type: CategoryType, categories: readonly CategoryNode[]): readonly string[] {
  return categories
    .filter((category) => category.type === type && category.allowSubscription)
    .map((category) => category.title)
    .sort((a, b) => a.localeCompare(b, 'en'));
}

function unknown(name: string, type: CategoryType, categories: readonly CategoryNode[]): SyncError {
  const closest = closestNames(name, titlesOf(type, categories)).join(', ') || 'none';
  return new SyncError('UnknownCategory', { type, name, closest });
}

/**
 * Moves pending names that have appeared since into the selection; wildcards stay pending as long as categories are
 * known to be missing.
 */
export function resolvePending(
  subscription: Subscription,
  categories: readonly CategoryNode[],
  isIncomplete = false,
): { subscription: Subscription; resolved: readonly PendingCategory[] } {
  const resolved = subscription.pending.filter((entry) => matchName(categories, entry).length > 0);
  let selected = subscription.selected;
  for (const entry of resolved) {
    const ids = matchName(categories, entry).map((category) => category.id);
    selected = { ...selected, [entry.type]: [...new Set([...selected[entry.type], ...ids])] };
  }
  const stays = (entry: PendingCategory): boolean =>
    !resolved.includes(entry) || (isIncomplete && /[*?]/.test(entry.name));
  return { subscription: { selected, pending: subscription.pending.filter(stays) }, resolved };
}
