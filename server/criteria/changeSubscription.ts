import { SyncError } from '../errors/SyncError.js';
import type { Steps } from '../platform/inTurns.js';
import { KNOWN_CLASSIFICATIONS, SUPPORTED_NAMES } from './classifications.js';
import { mapped, together } from './collections.js';
import { asId, categoryTest, closestNames, matchName, namesPending } from './names.js';
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
  /** With what is added, before anything is removed: what a removal had before it. */
  readonly widened: Subscription;
  readonly newlyPending: readonly PendingCategory[];
}

/**
 * Applies one change; nothing is changed when a name is unknown.
 * @throws SyncError UnknownCategory with the closest names, CategoryNotSupported with what can be subscribed,
 * ContradictoryParameters where all that a name adds is removed
 */
export function* changeSubscription(
  subscription: Subscription,
  change: SelectionChange,
  context: Context,
): Steps<ChangedSubscription> {
  const { type } = change;
  const names = yield* mapped(change.exactly ?? change.add, (name) => resolve(name, type, context));
  const gone = yield* goneBy(change, context);
  for (const name of names) refuseBoth(name, type, gone);
  const widened = yield* widen(change.exactly === undefined ? subscription : without(subscription, type), type, names);
  const selected = widened.selected[type].filter((id) => !gone.ids.has(id));
  return {
    subscription: {
      selected: { ...widened.selected, [type]: selected },
      pending: widened.pending.filter((entry) => !gone.covers(entry)),
    },
    widened,
    newlyPending: uniquePending(names.flatMap(({ pending }) => pending ?? [])),
  };
}

interface Context {
  readonly categories: readonly CategoryNode[];
  readonly rules: SelectionRules;
}

/** A name to add: the categories that it stands for, or else that it is to wait for them. */
interface ResolvedName {
  readonly name: string;
  readonly ids: readonly string[];
  readonly pending: PendingCategory | undefined;
}

function resolve(name: string, type: CategoryType, context: Context): ResolvedName {
  const matches = matchName(context.categories, { type, name, wildcard: context.rules.wildcard });
  if (matches.length > 0) return { name, ids: matches.map(({ id }) => id), pending: undefined };
  const unsupported = unsupportedName(name, type, context);
  if (unsupported !== undefined) throw notSupported(unsupported, type, context.categories);
  if (!context.rules.allowPending) throw unknown(name, type, context.categories);
  return { name, ids: [], pending: { type, name } };
}

/** What the names to remove take away, chosen or pending. */
interface Gone {
  readonly ids: ReadonlySet<string>;
  readonly covers: (entry: PendingCategory) => boolean;
}

function* goneBy({ type, remove }: SelectionChange, context: Context): Steps<Gone> {
  const { wildcard } = context.rules;
  return {
    ids: yield* together(...(yield* mapped(remove, (name) => removable(name, type, context)))),
    covers: (entry) => remove.some((name) => namesPending(entry, { type, name, wildcard })),
  };
}

/** What is added is not removed in the same call, in whichever way both are written. */
function refuseBoth({ name, ids, pending }: ResolvedName, type: CategoryType, gone: Gone): void {
  const isKept = pending === undefined ? ids.some((id) => !gone.ids.has(id)) : !gone.covers(pending);
  if (!isKept)
    throw new SyncError('ContradictoryParameters', { reason: `The ${type} ${name} is both added and removed` });
}

function without({ selected, pending }: Subscription, type: CategoryType): Subscription {
  return { selected: { ...selected, [type]: [] }, pending: pending.filter((entry) => entry.type !== type) };
}

function* widen(
  { selected, pending }: Subscription,
  type: CategoryType,
  names: readonly ResolvedName[],
): Steps<Subscription> {
  const ids = [...(yield* together(selected[type], ...names.map((name) => name.ids)))];
  const waiting = names.flatMap((name) => name.pending ?? []);
  return { selected: { ...selected, [type]: ids }, pending: uniquePending([...pending, ...waiting]) };
}

function uniquePending(entries: readonly PendingCategory[]): readonly PendingCategory[] {
  const byName = new Map(entries.map((entry) => [`${entry.type}:${entry.name.toLowerCase()}`, entry]));
  return [...byName.values()];
}

/** Ids that a name to remove stands for, also of what has vanished upstream. */
function removable(name: string, type: CategoryType, context: Context): readonly string[] {
  const matches = matchName(context.categories, { type, name, wildcard: context.rules.wildcard });
  const id = asId(name, type);
  return matches.length === 0 && id !== undefined ? [id] : matches.map((category) => category.id);
}

/**
 * What cannot be subscribed is not an unknown name, and would stay pending for ever. The classifications are known
 * before they come.
 */
function unsupportedName(name: string, type: CategoryType, { categories, rules }: Context): string | undefined {
  const wanted = { type, name, wildcard: rules.wildcard };
  const known = [...categories, ...KNOWN_CLASSIFICATIONS];
  if (matchName(known, wanted).length > 0) return undefined;
  const everything = known.map((category) => ({ ...category, allowSubscription: true }));
  const [found] = matchName(everything, wanted);
  const id = asId(name, type);
  if (id !== undefined && found !== undefined) return found.title;
  return found !== undefined || (type === 'UpdateClassification' && id !== undefined) ? name : undefined;
}

function notSupported(name: string, type: CategoryType, categories: readonly CategoryNode[]): SyncError {
  const instead = insteadOf(name, type, titlesOf(type, categories));
  return new SyncError('CategoryNotSupported', { type, name, instead: instead.join(', ') || 'none' });
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

function* idsOf(entry: PendingCategory, categories: readonly CategoryNode[]): Steps<readonly string[]> {
  const fits = categoryTest(entry);
  const ids: string[] = [];
  for (const category of categories) {
    if (fits(category)) ids.push(category.id);
    yield;
  }
  return ids;
}

/**
 * Moves pending names that have appeared since into the selection; wildcards stay pending as long as categories are
 * known to be missing.
 */
export function* resolvePending(
  subscription: Subscription,
  categories: readonly CategoryNode[],
  isIncomplete = false,
): Steps<{ subscription: Subscription; resolved: readonly PendingCategory[] }> {
  const resolved: PendingCategory[] = [];
  let selected = subscription.selected;
  for (const entry of subscription.pending) {
    const ids = yield* idsOf(entry, categories);
    if (ids.length === 0) continue;
    resolved.push(entry);
    selected = { ...selected, [entry.type]: [...(yield* together(selected[entry.type], ids))] };
  }
  if (resolved.length === 0) return { subscription, resolved };
  const stays = (entry: PendingCategory): boolean =>
    !resolved.includes(entry) || (isIncomplete && /[*?]/.test(entry.name));
  return { subscription: { selected, pending: subscription.pending.filter(stays) }, resolved };
}
