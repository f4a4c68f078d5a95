import type { CategoryNode, CategoryType } from './Subscription.js';

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** What one name stands for: the categories of the type that have it. */
export function matchName(categories: readonly CategoryNode[], type: CategoryType, name: string, wildcard = true): readonly CategoryNode[] {
  const ofType = categories.filter((category) => category.type === type && category.allowSubscription);
  const id = asId(name, type);
  if (id !== undefined) return ofType.filter((category) => category.id === id);
  if (wildcard && /[*?]/.test(name)) {
    const pattern = wildcardPattern(name);
    return ofType.filter((category) => pattern.test(category.title));
  }
  const wanted = normalize(name);
  return ofType.filter((category) => normalize(category.title) === wanted);
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
  const escaped = text.replace(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*').replaceAll('?', '.');
  return new RegExp(`^${escaped}$`, 'isu');
}

/** Upstream titles carry stray blanks and line breaks. */
function normalize(title: string): string {
  return title.replace(/\s+/g, ' ').trim().toLowerCase();
}
