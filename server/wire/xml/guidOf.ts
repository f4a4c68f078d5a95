import { malformed } from '../malformed.js';

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** A guid in the form used everywhere inside: lower case, hyphens, no braces. */
export function guidOf(text: string): string {
  const guid = text.trim().toLowerCase();
  if (!GUID.test(guid)) throw malformed('guid', `it is not a GUID: ${text.slice(0, 60)}`);
  return guid;
}
