import type { XmlElement } from '../xml/XmlElement.js';
import { soapVersionOf } from './SoapVersion.js';
import { readEnvelope } from './readEnvelope.js';
import { FAULT_CODES, type SoapFault } from './SoapFault.js';

/**
 * The fault of a SOAP message, undefined when its body is something else. Throws UpstreamMalformed for what is not
 * SOAP.
 */
export function parseFault(bytes: Uint8Array): SoapFault | undefined {
  const { payload } = readEnvelope(bytes, 'fault');
  if (payload.name !== 'Fault' || soapVersionOf(payload.namespace) === undefined) return undefined;
  const detail = detailsOf(payload);
  const reason = reasonOf(payload);
  return {
    errorCode: field(detail, 'ErrorCode') || codeInText(reason),
    message: field(detail, 'Message'),
    id: field(detail, 'ID'),
    method: field(detail, 'Method').replace(/^"|"$/g, ''),
    reason,
  };
}

/** Unqualified details first, those of any namespace after them. */
function detailsOf(fault: XmlElement): readonly XmlElement[] {
  const details = fault.children.filter((child) => child.name.toLowerCase() === 'detail');
  return [...details.filter((child) => child.namespace === ''), ...details.filter((child) => child.namespace !== '')];
}

function field(details: readonly XmlElement[], name: string): string {
  const all = details.flatMap((detail) => descendants(detail, name));
  const found = all.find((element) => element.namespace === '') ?? all[0];
  return found?.text.trim() ?? '';
}

function descendants(element: XmlElement, name: string): readonly XmlElement[] {
  const own = element.children.filter((child) => child.name === name);
  return [...own, ...element.children.flatMap((child) => descendants(child, name))];
}

function reasonOf(fault: XmlElement): string {
  const plain = fault.children.find((child) => child.name === 'faultstring')?.text;
  const reason = fault.children.find((child) => child.name === 'Reason');
  return (plain ?? reason?.children.find((child) => child.name === 'Text')?.text ?? '').trim();
}

/** Microsoft's sample server has the code nowhere but in the reason text. */
function codeInText(reason: string): string {
  return FAULT_CODES.find((code) => reason.includes(code)) ?? '';
}
