import type { CategoryNode, CategoryType } from './Subscription.js';

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** A name, wildcard or id of one category type; with `wildcard` false `*` and `?` stand for themselves. */
export interface CategoryName {
  readonly type: CategoryType;
  readonly name: string;
  readonly wildcard?: boolean;
}

/** What one name stands for: the categories of the type that have it. */
export function matchName(categories: readonly CategoryNode[], wanted: CategoryName): readonly CategoryNode[] {
  const { type, name, wildcard = true } = wanted;
  const ofType = categories.filter((category) => category.type === type && category.allowSubscription);
  const id = asId(name, type);
  if (id !== undefined) return ofType.filter((category) => category.id === id);
  if (wildcard && /[*?]/.test(name)) {
    const pattern = wildcardPattern(name);
    return ofType.filter((category) => pattern.test(category.title));
  }
  const title = normalize(name);
  return ofType.filter((category) => normalize(category.title) === title);
}

/** The id that a text gives, as a bare GUID or as `Product:guid`; undefined for a name. */
export function asId(text: string, type: string): string | undefined {
  const lower = text.trim().toLowerCase();
  const prefix = `${type.toLowerCase()}:`;
  const bare = lower.startsWith(prefix) ? lower.slice(prefix.length) : lower;
  return GUID.test(bare) ? bare : undefined;
}

/** `*` and `?` of PowerShell as a regular expression, without regard to case. */
export function wildcardPattern(text: string): RegExp {
  const escaped = text
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${escaped}$`, 'isu');
}

/** Upstream titles carry stray blanks and line breaks. */
function normalize(title: string): string {
  return title.replace(/\s+/g, ' ').trim().toLowerCase();
}
