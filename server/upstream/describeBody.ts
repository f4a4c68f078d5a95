/** What came instead of SOAP, in a few words for a message. */
export function describeBody(bytes: Uint8Array, contentType: string): string {
  if (bytes.length === 0) return 'an empty body';
  const head = Buffer.from(bytes.subarray(0, 4096)).toString('utf8');
  if (/<html|<!doctype html/i.test(head)) return htmlPage(head);
  if (/^[\s\ufeff]*</.test(head)) return 'XML that is not SOAP';
  return contentType === '' ? 'bytes of an unknown type' : `a body of the type ${clean(contentType)}`;
}

/** Tells whether the bytes begin like XML that may be a SOAP envelope. */
export function looksLikeSoap(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.subarray(0, 2048)).toString('latin1');
  return /^(?:\u00ef\u00bb\u00bf)?\s*</.test(head) && /<(?:[\w.-]+:)?Envelope[\s>]/.test(head);
}

function htmlPage(head: string): string {
  const title = clean(/<title[^>]*>([^<]*)/i.exec(head)?.[1] ?? '');
  return title === '' ? 'an HTML page' : `an HTML page titled "${title}"`;
}

function clean(text: string): string {
  return text
    .replace(/[\s\u0000-\u001f]+/g, ' ')
    .trim()
    .slice(0, 80);
}
