import { namespaceOf, type OperationName } from './operations.js';
import type { SoapVersion } from './SoapVersion.js';
import { envelopeHead, ENVELOPE_TAIL, writeEnvelope } from './writeEnvelope.js';

/** The request of an operation around its parameters, which the caller gives in the order of the WSDL. */
export function writeRequest(operation: OperationName, inner: string, soap: SoapVersion): Buffer {
  return writeEnvelope(`<${operation} xmlns="${namespaceOf(operation)}">${inner}</${operation}>`, soap);
}

/** What stands before and after the part of a message that is written while it is sent. */
export interface MessageFrame {
  readonly head: Buffer;
  readonly tail: Buffer;
}

/** The response of an operation around what is sent between its first and its last fields. */
export function responseFrame(
  operation: OperationName,
  { first, last }: { readonly first: string; readonly last: string },
  soap: SoapVersion,
): MessageFrame {
  const start = `<${operation}Response xmlns="${namespaceOf(operation)}"><${operation}Result>`;
  const end = `</${operation}Result></${operation}Response>`;
  return {
    head: Buffer.from(`${envelopeHead(soap)}${start}${first}`, 'utf8'),
    tail: Buffer.from(`${last}${end}${ENVELOPE_TAIL}`, 'utf8'),
  };
}

/** The response of an operation around the fields of its result. */
export function writeResponse(operation: OperationName, inner: string, soap: SoapVersion): Buffer {
  const result = `<${operation}Result>${inner}</${operation}Result>`;
  return writeEnvelope(
    `<${operation}Response xmlns="${namespaceOf(operation)}">${result}</${operation}Response>`,
    soap,
  );
}
