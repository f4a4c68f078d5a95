/** Versions of a Node.js and of what is in it, as `process.versions` has them. */
export type NodeVersions = Readonly<Record<string, string | undefined>>;

/** Before, a class could lose rows, and `node:sqlite` was no release candidate. */
const LEAST_NODE = '24.15.0';
/** Before, resetting the write-ahead log could damage a database. */
const LEAST_SQLITE = '3.51.3';
/** For the middle of a sentence. */
export const NEEDED = `Node.js ${LEAST_NODE} or later with SQLite ${LEAST_SQLITE} or later`;

/** True for the versions of a Node.js whose SQLite can be trusted with a site. */
export function isNodeWithSqlite({ node = '0', sqlite = 'none' }: NodeVersions): boolean {
  return isFrom(node, LEAST_NODE) && isFrom(sqlite, LEAST_SQLITE);
}

/** For the middle of a sentence. */
export function nodeText({ node = '0', sqlite = 'none' }: NodeVersions): string {
  return `Node.js ${node} with SQLite ${sqlite}`;
}

/** True where a version is at least the other. */
function isFrom(version: string, least: string): boolean {
  const [some, others] = [version, least].map((text) => text.split('.').map(Number));
  for (const [index, other] of (others ?? []).entries()) {
    const number = some?.[index] ?? 0;
    if (number !== other) return number > other;
  }
  return true;
}
