import type { RevisionFilter } from '../wire/getRevisionIdList.js';

/** Categories of one request: servers limit what a request may hold, ours to three times as many. */
const CATEGORIES = 5000;

/** The filter in parts that servers take, each with some of its categories: together they select the same. */
export function filterParts(filter: RevisionFilter): readonly RevisionFilter[] {
  const { config, categories } = filter;
  if (config || categories.length <= CATEGORIES) return [filter];
  const parts: RevisionFilter[] = [];
  for (let at = 0; at < categories.length; at += CATEGORIES)
    parts.push({ ...filter, categories: categories.slice(at, at + CATEGORIES) });
  return parts;
}
