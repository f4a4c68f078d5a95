import { isLoopbackServer } from '../platform/isLoopbackServer.js';
import { isShownWebhook } from './shownWebhook.js';

const LOCAL = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const DOMAIN =
  /^(?=.{1,253}$)[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*$/;

/** Tells whether a text is one plain address: no name, comment or list, nothing that ends a header. */
export function isPlainAddress(text: string): boolean {
  const at = text.lastIndexOf('@');
  const [local, domain] = [text.slice(0, at), text.slice(at + 1)];
  return at > 0 && at <= 64 && LOCAL.test(local) && DOMAIN.test(domain);
}

/** Why a text is not the address of a webhook; undefined where it is one. */
export function reasonAgainstWebhook(text: string): string | undefined {
  if (isShownWebhook(text)) return 'it is what is shown of an address: give the whole address';
  if (!URL.canParse(text)) return 'it is not a URL';
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') return 'it contains a user name or password';
  if (url.protocol === 'https:') return undefined;
  if (url.protocol !== 'http:') return `${url.protocol} is not https:`;
  return isLoopbackServer(url.hostname) ? undefined : 'it must begin with https: unless it is on this machine';
}
