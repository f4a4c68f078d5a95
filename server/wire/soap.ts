import { XmlCursor } from '../xml/XmlCursor.js';
import { malformed } from '../xml/malformed.js';
import { childOf, readXml } from '../xml/tree.js';
import type { XmlElement } from '../xml/tree.js';
import type { ElementReader } from './fields.js';
import { openPayload } from './payload.js';
import { ENVELOPE, soapVersionOf, namespaceOf } from './operations.js';
import type { SoapVersion, OperationName } from './operations.js';

/** A small SOAP message: its version and the one element of its body. */
interface Envelope {
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

/** Reads the parameters of a request in one walk over its bytes; no tree is made of it. */
export function readRequest<Parameters>(
  bytes: Uint8Array,
  operation: OperationName,
  read: ElementReader<Parameters>,
): Parameters {
  const cursor = openRequest(bytes, operation);
  const parameters = read(cursor, operation);
  cursor.expectEnd();
  return parameters;
}

/** A cursor on the element of a request's parameters. */
export function openRequest(bytes: Uint8Array, operation: OperationName): XmlCursor {
  const cursor = new XmlCursor(bytes, operation);
  const { name, namespace } = openPayload(cursor, operation);
  if (name === operation && namespace === namespaceOf(operation)) return cursor;
  throw malformed(operation, `its body contains ${name} of ${namespace || 'no namespace'}`);
}

/** The result element of a response, undefined where the server left it out (minOccurs 0). */
export function readResult(bytes: Uint8Array, operation: OperationName): XmlElement | undefined {
  const { payload } = readEnvelope(bytes, operation);
  if (payload.name === `${operation}Response` && payload.namespace === namespaceOf(operation))
    return childOf(payload, `${operation}Result`);
  throw malformed(operation, `its body contains ${payload.name} of ${payload.namespace || 'no namespace'}`);
}

/** What stands before the payload of every message we write. */
function envelopeHead(soap: SoapVersion): string {
  return `<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="${ENVELOPE[soap]}"><s:Body>`;
}

/** What stands after it. */
const ENVELOPE_TAIL = '</s:Body></s:Envelope>';

/** A whole message around the text of its payload. No header is ever written (MS-WSUSSS 2.2.2). */
export function writeEnvelope(payload: string, soap: SoapVersion): Buffer {
  return Buffer.from(envelopeHead(soap) + payload + ENVELOPE_TAIL, 'utf8');
}

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

/**
 * The response of an operation that answers with nothing: DownloadFiles, RollupDownstreamServers (MS-WSUSSS
 * 3.1.4.11.2.2, 3.1.4.14.2.2).
 */
export function writeEmptyResponse(operation: OperationName, soap: SoapVersion): Buffer {
  return writeEnvelope(`<${operation}Response xmlns="${namespaceOf(operation)}"></${operation}Response>`, soap);
}
