import { ENVELOPE, type SoapVersion } from './SoapVersion.js';

/** What stands before the payload of every message we write. */
export function envelopeHead(soap: SoapVersion): string {
  return `<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="${ENVELOPE[soap]}"><s:Body>`;
}

/** What stands after it. */
export const ENVELOPE_TAIL = '</s:Body></s:Envelope>';

/** A whole message around the text of its payload. No header is ever written (MS-WSUSSS 2.2.2). */
export function writeEnvelope(payload: string, soap: SoapVersion): Buffer {
  return Buffer.from(envelopeHead(soap) + payload + ENVELOPE_TAIL, 'utf8');
}
