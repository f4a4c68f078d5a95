import { malformed } from '../malformed.js';
import { childOf } from '../xml/childOf.js';
import { readXml } from '../xml/readXml.js';
import type { XmlElement } from '../xml/XmlElement.js';
import { soapVersionOf, type SoapVersion } from './SoapVersion.js';

/** A small SOAP message: its version and the one element of its body. */
export interface Envelope {
  readonly soap: SoapVersion;
  readonly payload: XmlElement;
}

/** Reads a SOAP 1.1 or 1.2 envelope; `what` names the message in errors. */
export function readEnvelope(bytes: Uint8Array, what: string): Envelope {
  const root = readXml(bytes, what);
  const soap = root.name === 'Envelope' ? soapVersionOf(root.namespace) : undefined;
  if (soap === undefined) throw malformed(what, `its root ${root.name} is not a SOAP envelope`);
  const payload = childOf(root, 'Body')?.children[0];
  if (payload === undefined) throw malformed(what, 'its SOAP body is empty');
  return { soap, payload };
}
