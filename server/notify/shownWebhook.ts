/** What stands for what is not shown; no address has it. */
const HIDDEN = '\u2026';
const LAST = 4;

/** An address as it is shown and stored: its host and its last letters. Whoever has the whole of it can post there. */
export function shownWebhook(address: string): string {
  if (address === '' || isShownWebhook(address)) return address;
  if (!URL.canParse(address)) return `${HIDDEN}${lastOf(address)}`;
  const { protocol, host, pathname, search } = new URL(address);
  return `${protocol}//${host}/${HIDDEN}${lastOf(pathname + search)}`;
}

/** Of what is short nothing is left. */
function lastOf(text: string): string {
  return text.length > 3 * LAST ? text.slice(-LAST) : '';
}

/** Whether a text is what is shown of an address. */
export function isShownWebhook(text: string): boolean {
  return text.includes(HIDDEN);
}

/** A text without what is not shown of an address: many a server answers an unknown address with its path. */
export function withoutWebhook(text: string, address: string): string {
  const { pathname, search } = new URL(address);
  const parts = [...pathname.split('/'), ...search.split(/[?&=]/)].filter((part) => part.length > 2 * LAST);
  const hidden = [pathname + search, pathname, ...parts].filter((part) => part.length > 1);
  return hidden
    .flatMap((part) => [part, unescaped(part)])
    .reduce((left, part) => left.replaceAll(part, `${HIDDEN}${lastOf(part)}`), text);
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // no part of an address that was escaped
  }
}
