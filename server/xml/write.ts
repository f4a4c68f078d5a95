/** What XML cannot carry: control characters, and surrogates without their other half. */
const FORBIDDEN = new RegExp(
  [
    String.raw`[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]`,
    String.raw`[\ud800-\udbff](?![\udc00-\udfff])`,
    String.raw`(?<![\ud800-\udbff])[\udc00-\udfff]`,
  ].join('|'),
  'g',
);
const SPECIAL = /[<>&\r]/;
const ENTITY: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', '&': '&amp;', '\r': '&#xD;' };

/** Text as element content. What XML cannot carry at all becomes U+FFFD; a carriage return is kept as a reference. */
function escapeText(text: string): string {
  const clean = text.replace(FORBIDDEN, '\ufffd');
  return SPECIAL.test(clean) ? clean.replace(/[<>&\r]/g, (character) => ENTITY[character] ?? character) : clean;
}

/** An element with text; nothing when the value is undefined (minOccurs 0). */
export function element(name: string, value: string | number | boolean | undefined): string {
  return value === undefined ? '' : `<${name}>${escapeText(String(value))}</${name}>`;
}

/** A wrapper element around its items; it stands even when there are none. */
export function wrapped(name: string, items: readonly string[]): string {
  return `<${name}>${items.join('')}</${name}>`;
}
