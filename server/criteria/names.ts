import type { CategoryNode, CategoryType } from './subscription.js';

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** A name, wildcard or id of one category type; with `wildcard` false `*` and `?` stand for themselves. */
interface CategoryName {
  readonly type: CategoryType;
  readonly name: string;
  readonly wildcard?: boolean;
}

/** What one name stands for: the categories of the type that have it. */
export function matchName(categories: readonly CategoryNode[], wanted: CategoryName): readonly CategoryNode[] {
  return categories.filter(categoryTest(wanted));
}

/** Tells whether a category is one that the name stands for. */
export function categoryTest(wanted: CategoryName): (category: CategoryNode) => boolean {
  const fits = titleTest(wanted);
  return (category) => category.type === wanted.type && category.allowSubscription && fits(category);
}

function titleTest({ type, name, wildcard = true }: CategoryName): (category: CategoryNode) => boolean {
  const id = asId(name, type);
  if (id !== undefined) return (category) => category.id === id;
  if (wildcard && /[*?]/.test(name)) {
    const pattern = wildcardPattern(name);
    return (category) => pattern.test(normalize(category.title));
  }
  const title = normalize(name);
  return (category) => normalize(category.title) === title;
}

/** Tells whether a name stands for one that waits for its category: by its text, or as the same id. */
export function namesPending({ type, name }: Pick<CategoryName, 'type' | 'name'>, wanted: CategoryName): boolean {
  const waiting = { id: asId(name, type) ?? '', type, title: name, parentId: '', allowSubscription: true };
  return matchName([waiting], wanted).length > 0;
}

/** The id that a text gives, as a bare GUID or as `Product:guid`; undefined for a name. */
export function asId(text: string, type: string): string | undefined {
  const lower = text.trim().toLowerCase();
  const prefix = `${type.toLowerCase()}:`;
  const bare = lower.startsWith(prefix) ? lower.slice(prefix.length) : lower;
  return GUID.test(bare) ? bare : undefined;
}

/**
 * `*` and `?` of PowerShell as a regular expression, without regard to case. What stands between two `*` is taken where
 * it first fits, for good: were other places tried too, a name with ten `*` took hours.
 */
export function wildcardPattern(text: string): RegExp {
  const [first = '', ...parts] = text
    .split(/\*+/)
    .map((part) => part.replace(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll('?', '.'));
  const last = parts.pop();
  const middle = parts.map((part, index) => `(?=(.*?${part}))\\${index + 1}`).join('');
  return new RegExp(`^${first}${last === undefined ? '' : `${middle}.*${last}`}$`, 'isu');
}

/** Upstream titles carry stray blanks and line breaks. */
function normalize(title: string): string {
  return title.replace(/\s+/g, ' ').trim().toLowerCase();
}

/**
 * Tells whether a value is the one a filter names, without regard to case; `*` and `?` stand for other characters
 * unless `wildcard` is false.
 */
export function namePattern(text: string, wildcard = true): RegExp {
  if (wildcard) return wildcardPattern(text);
  return new RegExp(`^${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`, 'iu');
}

/** Up to `count` names that are most like the given one, best first. */
export function closestNames(name: string, known: readonly string[], count = 3): readonly string[] {
  const wanted = name.toLowerCase();
  const scored = [...new Set(known)].map((candidate) => ({
    candidate,
    distance: distanceOf(wanted, candidate.toLowerCase()),
  }));
  return scored
    .sort((a, b) => a.distance - b.distance || a.candidate.localeCompare(b.candidate, 'en'))
    .slice(0, count)
    .map((entry) => entry.candidate);
}

/** Edits between the texts; a candidate that contains the text counts as near. */
function distanceOf(wanted: string, candidate: string): number {
  const edits = levenshtein(wanted, candidate);
  return candidate.includes(wanted) ? Math.min(edits, 2) : edits;
}

function levenshtein(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_unused, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const current = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      current.push(Math.min(replaced, (previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
}

/** For each given name (with * and ?) that fits none of the known ones: `Nonsense. Closest: A, B, C.` */
export function unknownNames(given: readonly string[], known: readonly string[]): readonly string[] {
  const unknown = given.filter((name) => !known.some((candidate) => wildcardPattern(name).test(candidate)));
  return unknown.map(
    (name) =>
      `${name}. ${
        known.length === 0
          ? 'No categories are known yet: synchronize ' + 'first.'
          : `Closest: ${closestNames(name, known).join(', ')}.`
      }`,
  );
}
