import { wildcardPattern } from './matchNames.js';

/**
 * Tells whether a value is the one a filter names, without regard to case; `*` and `?` stand for other characters
 * unless `wildcard` is false.
 */
export function namePattern(text: string, wildcard = true): RegExp {
  if (wildcard) return wildcardPattern(text);
  return new RegExp(`^${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`, 'iu');
}
