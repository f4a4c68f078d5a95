const FORBIDDEN =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const SPECIAL = /[<>&\r]/;
const ENTITY: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', '&': '&amp;', '\r': '&#xD;' };

/** Text as element content. What XML cannot carry at all becomes U+FFFD; a carriage return is kept as a reference. */
export function escapeText(text: string): string {
  const clean = text.replace(FORBIDDEN, '\ufffd');
  return SPECIAL.test(clean) ? clean.replace(/[<>&\r]/g, (character) => ENTITY[character] ?? character) : clean;
}
