import { element } from '../xml/element.js';
import { textOf } from '../xml/textOf.js';
import type { XmlElement } from '../xml/XmlElement.js';
import type { Cookie } from './Cookie.js';

/** The fields of a cookie in the order of the WSDL. */
export function writeCookieFields(cookie: Cookie): string {
  return element('Expiration', cookie.expiration) + element('EncryptedData', cookie.encryptedData);
}

/** The cookie of a request; nothing where there is none. */
export function cookieElement(cookie: Cookie | undefined): string {
  return cookie === undefined ? '' : `<cookie>${writeCookieFields(cookie)}</cookie>`;
}

/** The fields of a cookie element, in any order; undefined where the element is absent or empty. */
export function readCookieFields(cookie: XmlElement | undefined): Cookie | undefined {
  if (cookie === undefined || cookie.children.length === 0) return undefined;
  return { expiration: textOf(cookie, 'Expiration').trim(), encryptedData: textOf(cookie, 'EncryptedData').trim() };
}
