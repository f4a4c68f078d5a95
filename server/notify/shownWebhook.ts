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
