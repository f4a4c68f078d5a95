const REVISION = /(<(?:[\w.-]+:)?UpdateIdentity\b[^>]*?\bRevisionNumber\s*=\s*)(["'])\d+\2/;
const STATE = /(\bPublicationState\s*=\s*)(["'])\w+\2/;

/** Writes another revision number into a document. */
export function withRevision(xml: string, revisionNumber: number): string {
  return xml.replace(REVISION, `$1$2${revisionNumber}$2`);
}

/** Marks a document as expired. */
export function asExpired(xml: string): string {
  return xml.replace(STATE, '$1$2Expired$2');
}
