import { isGuid } from './isGuid.js';
import { PackageError } from './PackageError.js';
import type { PackageDescription } from './PackageDescription.js';

const START = '<!-- ConfigMgrSync ';
const FORM = /<!-- ConfigMgrSync (\{[^<>]*\}) -->/;
const SEARCHED_BYTES = 1024 * 1024;

/** The description as a comment of package.xml, which every XML reader passes over. */
export function writePackageComment(description: PackageDescription): string {
  // Two hyphens would end a comment, and `<` and `>` shall only stand at its ends.
  const json = JSON.stringify(description).replace(
    /[<>]|-(?=-)/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return `${START}${json} -->`;
}

/**
 * The description that stands before the root of package.xml; undefined where another program has written it. @throws
 * PackageError
 */
export function readPackageComment(manifest: Buffer): PackageDescription | undefined {
  const head = manifest.toString('utf8', 0, Math.min(manifest.length, SEARCHED_BYTES));
  const before = head.slice(0, Math.max(0, head.indexOf('<ExportPackage')));
  const json = FORM.exec(before)?.[1];
  if (json === undefined) return undefined;
  const read = parsed(json);
  if (!isDescription(read)) throw new PackageError('what ConfigMgrSync says of it in package.xml cannot be read');
  return read;
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch (error) {
    throw new PackageError('what ConfigMgrSync says of it in package.xml cannot be read', { cause: error });
  }
}

function isDescription(value: unknown): value is PackageDescription {
  if (typeof value !== 'object' || value === null) return false;
  const given = value as Record<string, unknown>;
  const isText = (name: string): boolean => typeof given[name] === 'string';
  const isCount = (name: string): boolean => Number.isSafeInteger(given[name]) && Number(given[name]) >= 0;
  const isIds = (name: string): boolean => Array.isArray(given[name]) && (given[name] as unknown[]).every(isGuid);
  return (
    given['version'] === 1 &&
    ['siteCode', 'serverName', 'catalogue'].every(isText) &&
    ['follows', 'reaches', 'run'].every(isCount) &&
    ['products', 'classifications'].every(isIds)
  );
}
