import { element } from '../xml/element.js';
import type { FaultCode } from './SoapFault.js';
import type { SoapVersion } from './SoapVersion.js';
import { writeEnvelope } from './writeEnvelope.js';

/** What a server says in a fault; `method` is the SOAPAction, `id` a GUID for its log. */
export interface FaultToWrite {
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
