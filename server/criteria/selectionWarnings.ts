import type { Steps } from '../platform/inTurns.js';
import { indexed, mapped, together } from './collections.js';
import { asId, closestNames, matchName, namesPending } from './names.js';
import type { CategoryNode, CategoryType, PendingCategory, Subscription } from './subscription.js';

const WORDS: Readonly<Record<CategoryType, string>> = {
  Product: 'product',
  ProductFamily: 'product family',
  Company: 'company',
  UpdateClassification: 'update classification',
};
const PLURALS: Readonly<Record<CategoryType, string>> = {
  Product: 'products',
  ProductFamily: 'product families',
  Company: 'companies',
  UpdateClassification: 'update classifications',
};
/** How many names one sentence lists. */
const LISTED = 5;

/** What the options of the command line call them. */
const OPTION: Readonly<Record<CategoryType, string>> = {
  Product: 'product',
  ProductFamily: 'family',
  Company: 'company',
  UpdateClassification: 'classification',
};

/** The parameter of both surfaces that adds or removes categories of a type. */
function parameter(verb: 'Add' | 'Remove', type: CategoryType): string {
  return `-${verb}${type} (--${verb.toLowerCase()}-${OPTION[type]})`;
}

/** What a run says in which nothing of the type is subscribed: it asked for nothing, or selected nothing. */
export function nothingSubscribed(
  type: 'Product' | 'UpdateClassification',
  what: 'were asked for' | 'are selected' = 'were asked for',
): string {
  return `No ${WORDS[type]} is subscribed, so no updates ${what}. Subscribe some with ${parameter('Add', type)}.`;
}

/**
 * What a run says whose updates the subscription does not select; `documents`: how many the package has brought, or
 * the site holds.
 */
export function nothingSelected(documents: number, from: 'package' | 'site' = 'package'): string {
  const count = documents.toLocaleString('en');
  const whose =
    from === 'package'
      ? `The package brought ${count} updates, but none of them`
      : `None of the ${count} updates that the site has`;
  return (
    `${whose} belongs to a subscribed product and update classification. ` +
    `Subscribe them with ${parameter('Add', 'Product')} and ${parameter('Add', 'UpdateClassification')}.`
  );
}

/** What a whole list is told as that names no update for what is subscribed. */
export const NOTHING_OFFERED =
  'The source offers no update of the subscribed products and update classifications. Look at both with ' +
  'Get-CMSoftwareUpdatePointComponent (configmgrsync config get): an update needs one of each.';

/** What a run says that asked nobody, where packages have brought no updates. */
export function nothingHeld(from: 'package' | 'site'): string {
  const what = from === 'package' ? 'The package brought categories' : 'The site has categories';
  return (
    `${what} but no updates, so none are selected. Import a package that holds updates with Import-CMSyncCatalog ` +
    '(configmgrsync import).'
  );
}

/** What somebody is told whose names no category has yet; those that stand for all in one sentence. */
export function newlyPendingWarnings(entries: readonly PendingCategory[]): readonly string[] {
  const all = entries.filter(({ name }) => /^\*+$/.test(name.trim()));
  const types = [...new Set(all.map(({ type }) => PLURALS[type]))].join(' and ');
  const some = entries
    .filter((entry) => !all.includes(entry))
    .map(
      ({ type, name }) =>
        `The ${type} "${name}" is not known yet; it is kept as pending and subscribed when a synchronization or an ` +
        'import brings it.',
    );
  if (all.length === 0) return some;
  return [`All ${types} will be subscribed when a synchronization or an import brings them.`, ...some];
}

/** One sentence for each name that did not come, with the names that are most like it. `from`: what was to bring it. */
export function pendingWarnings(
  pending: readonly PendingCategory[],
  categories: readonly CategoryNode[],
  from: 'source' | 'package',
): readonly string[] {
  const everything = categories.map((category) => ({ ...category, allowSubscription: true }));
  return pending.map((entry) => {
    const { type, name } = entry;
    if (matchName(everything, entry).length > 0 && matchName(categories, entry).length === 0)
      return `The ${WORDS[type]} "${name}" cannot be subscribed. Remove it with ${parameter('Remove', type)}.`;
    const what =
      from === 'source'
        ? `The source offers no ${WORDS[type]} named "${name}"`
        : `No imported package has brought a ${WORDS[type]} named "${name}"`;
    return `${what}, so it stays pending.${closestHint(name, type, categories)}`;
  });
}

/** A call that changes the subscription. `named`: ids of what it adds or sets by name. */
interface Call {
  readonly type: CategoryType;
  readonly before: Subscription;
  readonly after: Subscription;
  readonly named: ReadonlySet<string>;
}

/** A name that was to be removed. `before`: with all that the same call adds; `after`: at the end of the call. */
interface Removal extends Call {
  readonly name: string;
  readonly wildcard: boolean;
}

/**
 * What somebody is told whose removal of a name did not do all that it says; nothing where it did. Removing what is not
 * there is no error, and does not stop the rest of the call.
 */
export function* removalWarnings(removal: Removal, categories: readonly CategoryNode[]): Steps<readonly string[]> {
  const { type, name, before, after } = removal;
  const matches = matchName(categories, removal);
  const held = yield* heldAmong(matches, after, categories);
  if (held.length > 0) return heldTexts(held, type);
  const waiting = after.pending.filter((entry) => matchName(matches, entry).length > 0);
  if (waiting.length > 0) return waiting.map((entry) => waitingText(entry, matchName(matches, entry)));
  const id = asId(name, type);
  const ids = new Set([...matches.map((category) => category.id), ...(id === undefined ? [] : [id])]);
  const chosen = yield* chosenBelow(matches, removal, categories);
  const wasPending = before.pending.some((entry) => namesPending(entry, removal));
  if (wasPending || before.selected[type].some((selected) => ids.has(selected))) return chosen;
  return [matches.length === 0 ? unknownText(name, type, categories) : untouchedText(matches, type), ...chosen];
}

/** What stands below something that holds it no more, and is chosen itself: a sentence for each kind. */
function* chosenBelow(
  gone: readonly CategoryNode[],
  { after, named }: Call,
  categories: readonly CategoryNode[],
): Steps<readonly string[]> {
  const chosen = yield* together(...Object.values(after.selected));
  const some = gone.length === 0 ? [] : categories.filter(({ id }) => chosen.has(id) && !named.has(id));
  if (some.length === 0) return [];
  yield;
  const isGone = yield* together(yield* mapped(gone, ({ id }) => id));
  const search = { chosen: isGone, byId: yield* indexed(categories, idOf), known: new Map() };
  const left: CategoryNode[] = [];
  for (const category of some) if ((yield* holderOf(category, search)) !== undefined) left.push(category);
  return (['ProductFamily', 'Product'] as const).flatMap((type) => {
    const names = left.filter((category) => category.type === type);
    return names.length === 0 ? [] : [chosenText(names, type)];
  });
}

function chosenText(names: readonly CategoryNode[], type: CategoryType): string {
  const [why, them] = names.length === 1 ? ['it is chosen itself', 'it'] : ['they are chosen themselves', 'them'];
  return `${staying(names, type)}, because ${why}. Remove ${them} with ${parameter('Remove', type)}.`;
}

function unknownText(name: string, type: CategoryType, categories: readonly CategoryNode[]): string {
  return `No ${WORDS[type]} is named "${name}", so nothing was removed for it.${closestHint(name, type, categories)}`;
}

function untouchedText(some: readonly CategoryNode[], type: CategoryType): string {
  const [was, it] = some.length === 1 ? ['was', 'it'] : ['were', 'them'];
  return `${subject(some, type)} ${was} not subscribed, so nothing was removed for ${it}.`;
}

/**
 * What somebody is told who has set exactly some names of a type: what families or companies that the call does not
 * name still hold of it, and what is chosen itself below those that are chosen no more.
 */
export function* setWarnings(call: Call, categories: readonly CategoryNode[]): Steps<readonly string[]> {
  const { type, before, after, named } = call;
  const chosen = yield* together(after.selected[type]);
  const others = categories.filter((one) => one.type === type && one.allowSubscription && !chosen.has(one.id));
  yield;
  const held = (yield* heldAmong(others, after, categories)).filter(({ holder }) => !named.has(holder.id));
  const was = yield* together(before.selected[type]);
  const isHeld = yield* together(yield* mapped(held, ({ category }) => category.id));
  const gone = others.filter(({ id }) => was.has(id) && !isHeld.has(id));
  return [...heldTexts(held, type), ...(yield* chosenBelow(gone, call, categories))];
}

interface Held {
  readonly category: CategoryNode;
  readonly holder: CategoryNode;
}

/** Those that something selected above them subscribes, whatever is selected of their own type. */
function* heldAmong(
  some: readonly CategoryNode[],
  after: Subscription,
  categories: readonly CategoryNode[],
): Steps<readonly Held[]> {
  const chosen = yield* together(...Object.values(after.selected));
  const search = { chosen, byId: yield* indexed(categories, idOf), known: new Map() };
  const held: Held[] = [];
  for (const category of some) {
    const holder = yield* holderOf(category, search);
    if (holder !== undefined) held.push({ category, holder });
    yield;
  }
  return held;
}

function idOf({ id }: CategoryNode): string {
  return id;
}

/** One sentence for each that holds some of them. */
function heldTexts(held: readonly Held[], type: CategoryType): readonly string[] {
  const byHolder = new Map<CategoryNode, CategoryNode[]>();
  for (const { category, holder } of held) {
    const names = byHolder.get(holder);
    if (names === undefined) byHolder.set(holder, [category]);
    else names.push(category);
  }
  return [...byHolder].map(([holder, names]) => heldText(holder, names, type));
}

function heldText(holder: CategoryNode, names: readonly CategoryNode[], type: CategoryType): string {
  const holderType = holder.type as CategoryType;
  return (
    `${staying(names, type)} through the ${WORDS[holderType]} "${holder.title.trim()}". ` +
    `To choose one by one, remove that with ${parameter('Remove', holderType)}.`
  );
}

function staying(some: readonly CategoryNode[], type: CategoryType): string {
  return `${subject(some, type)} ${some.length === 1 ? 'stays' : 'stay'} subscribed`;
}

function subject(some: readonly CategoryNode[], type: CategoryType): string {
  return `The ${some.length === 1 ? WORDS[type] : PLURALS[type]} ${listed(some)}`;
}

/** A wildcard that stays pending subscribes again what is removed. */
function waitingText({ type, name }: PendingCategory, matches: readonly CategoryNode[]): string {
  return (
    `${staying(matches, type)} through the name "${name}", which is still pending. ` +
    `To choose one by one, remove that with ${parameter('Remove', type)}.`
  );
}

/** Where holders are looked for, and those that are known already by what stands below them. */
interface HolderSearch {
  readonly chosen: ReadonlySet<string>;
  readonly byId: ReadonlyMap<string, CategoryNode>;
  readonly known: Map<string, CategoryNode | undefined>;
}

/** The nearest category above that is selected itself and so subscribes all below it. Each is passed once only. */
function* holderOf(category: CategoryNode, { chosen, byId, known }: HolderSearch): Steps<CategoryNode | undefined> {
  const path = new Set<string>();
  let at: CategoryNode | undefined = category;
  let holder: CategoryNode | undefined;
  while (at !== undefined && !path.has(at.id)) {
    if (known.has(at.id)) {
      holder = known.get(at.id);
      break;
    }
    path.add(at.id);
    at = byId.get(at.parentId);
    if (at !== undefined && chosen.has(at.id)) {
      holder = at;
      break;
    }
    yield;
  }
  for (const id of path) {
    known.set(id, holder);
    yield;
  }
  return holder;
}

function listed(categories: readonly CategoryNode[]): string {
  const names = categories.slice(0, LISTED).map(({ title }) => `"${title.trim()}"`);
  const more = categories.length - names.length;
  return names.join(', ') + (more > 0 ? ` and ${more} more` : '');
}

function closestHint(name: string, type: CategoryType, categories: readonly CategoryNode[]): string {
  const known = categories.filter((category) => category.type === type && category.allowSubscription);
  const closest = closestNames(
    name,
    known.map((category) => category.title),
  );
  return closest.length === 0 ? '' : ` Closest: ${closest.join(', ')}.`;
}
