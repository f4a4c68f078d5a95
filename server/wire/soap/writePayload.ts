import { namespaceOf, type OperationName } from './operations.js';
import type { SoapVersion } from './SoapVersion.js';
import { writeEnvelope } from './writeEnvelope.js';

/** The request of an operation around its parameters, which the caller gives in the order of the WSDL. */
export function writeRequest(operation: OperationName, inner: string, soap: SoapVersion): Buffer {
  return writeEnvelope(`<${operation} xmlns="${namespaceOf(operation)}">${inner}</${operation}>`, soap);
}

/** The response of an operation around the fields of its result. */
export function writeResponse(operation: OperationName, inner: string, soap: SoapVersion): Buffer {
  const result = `<${operation}Result>${inner}</${operation}Result>`;
  return writeEnvelope(
    `<${operation}Response xmlns="${namespaceOf(operation)}">${result}</${operation}Response>`,
    soap,
  );
}
