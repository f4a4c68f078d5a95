import type { XmlElement } from '../xml/tree.js';
import { element } from '../xml/write.js';
import { readEnvelope, writeEnvelope } from './soap.js';
import { soapVersionOf } from './operations.js';
import type { SoapVersion } from './operations.js';

/** Codes of MS-WSUSSS 2.2.5 (SOAP faults) that this product knows. */
export type FaultCode =
  | 'InvalidParameters'
  | 'InvalidCookie'
  | 'InvalidAuthorizationCookie'
  | 'InternalServerError'
  | 'IncompatibleProtocolVersion'
  | 'ServerChanged'
  | 'ServerBusy'
  | 'FileDigestsMissing'
  | 'TooManyIds';

/** Every code, in the order a reason text is searched for them (the longer name before the one it contains). */
export const FAULT_CODES: readonly FaultCode[] = [
  'InvalidParameters',
  'InvalidAuthorizationCookie',
  'InvalidCookie',
  'InternalServerError',
  'IncompatibleProtocolVersion',
  'ServerChanged',
  'ServerBusy',
  'FileDigestsMissing',
  'TooManyIds',
];

/** A fault as read: `errorCode` is '' where none was found, which means that the protocol must be stopped. */
export interface SoapFault {
  readonly errorCode: string;
  readonly message: string;
  readonly id: string;
  readonly method: string;
  readonly reason: string;
}

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

/** What a server says in a fault; `method` is the SOAPAction, `id` a GUID for its log. */
interface FaultToWrite {
  readonly errorCode: FaultCode;
  readonly message: string;
  readonly id: string;
  readonly method: string;
}

/** Writes a fault as Windows does: unqualified detail, reason text always "Fault occurred" (MS-WSUSSS 2.2.5). */
export function writeFault(fault: FaultToWrite, soap: SoapVersion): Buffer {
  const detail =
    element('ErrorCode', fault.errorCode) +
    element('Message', fault.message) +
    element('ID', fault.id) +
    element('Method', `"${fault.method}"`);
  return writeEnvelope(soap === '1.1' ? fault11(fault.errorCode, detail) : fault12(fault.errorCode, detail), soap);
}

function fault11(errorCode: FaultCode, detail: string): string {
  const code = isOurs(errorCode) ? 's:Server' : 's:Client';
  return (
    `<s:Fault><faultcode>${code}</faultcode><faultstring>Fault ` +
    `occurred</faultstring><detail>${detail}</detail></s:Fault>`
  );
}

function fault12(errorCode: FaultCode, detail: string): string {
  const code = isOurs(errorCode) ? 's:Receiver' : 's:Sender';
  const reason = '<s:Reason><s:Text xml:lang="en">Fault occurred</s:Text></s:Reason>';
  return (
    `<s:Fault><s:Code><s:Value>${code}</s:Value></s:Code>${reason}<s:Detail>${detail}</s:Detail><Detail>` +
    `${detail}</Detail></s:Fault>`
  );
}

function isOurs(errorCode: FaultCode): boolean {
  return errorCode === 'InternalServerError' || errorCode === 'ServerBusy' || errorCode === 'ServerChanged';
}
