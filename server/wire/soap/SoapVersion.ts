/** Both versions are spoken; an answer takes the version of its request (MS-WSUSSS 2.1). */
export type SoapVersion = '1.1' | '1.2';

/** The envelope namespace of each version. */
export const ENVELOPE: Readonly<Record<SoapVersion, string>> = {
  '1.1': 'http://schemas.xmlsoap.org/soap/envelope/',
  '1.2': 'http://www.w3.org/2003/05/soap-envelope',
};

/** The Content-Type each version travels with. */
export const CONTENT_TYPE: Readonly<Record<SoapVersion, string>> = {
  '1.1': 'text/xml; charset=utf-8',
  '1.2': 'application/soap+xml; charset=utf-8',
};

/** The version an envelope namespace stands for, undefined for any other namespace. */
export function soapVersionOf(namespace: string): SoapVersion | undefined {
  if (namespace === ENVELOPE['1.1']) return '1.1';
  return namespace === ENVELOPE['1.2'] ? '1.2' : undefined;
}
