import type { UpdateIdentity } from '../metadata/UpdateIdentity.js';

const SEARCHED_BYTES = 16 * 1024;
const ELEMENT = /<(?:[\w.-]+:)?UpdateIdentity\s[^>]*>/;
const UPDATE_ID = /\sUpdateID\s*=\s*["']([^"']*)["']/;
const REVISION = /\sRevisionNumber\s*=\s*["'](\d+)["']/;

/** The identity written inside a document, found without parsing it; undefined when it is not near its start. */
export function identityInside(xml: Uint8Array): UpdateIdentity | undefined {
  const start = Buffer.from(xml.buffer, xml.byteOffset, Math.min(xml.length, SEARCHED_BYTES)).toString('latin1');
  const element = ELEMENT.exec(start)?.[0] ?? '';
  const updateId = UPDATE_ID.exec(element)?.[1];
  const revision = REVISION.exec(element)?.[1];
  if (updateId === undefined || revision === undefined) return undefined;
  return { updateId: updateId.toLowerCase(), revisionNumber: Number(revision) };
}
