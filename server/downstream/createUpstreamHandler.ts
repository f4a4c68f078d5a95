import type { IncomingMessage, ServerResponse } from 'node:http';
import type { TLSSocket } from 'node:tls';
import { writeFault } from '../wire/fault.js';
import { peekPayload } from '../wire/payload.js';
import { CONTENT_TYPE, type OperationName, soapActionOf, type SoapVersion } from '../wire/operations.js';
import { type Answer, CookieSigner, type Refusal, refused, type ServerContext } from './ServerContext.js';
import { DEFAULT_LIMITS, type UpstreamServerOptions } from './UpstreamServerOptions.js';
import { answerOperation, operationOf, type ServiceName, serviceOf } from './answerOperation.js';
import type { RequestHandler } from './port/PortOptions.js';
import { readRequestBody } from './readRequestBody.js';
import { contentFileOf, sendContentFile } from './sendContentFile.js';
import { PackedAnswers } from './PackedAnswers.js';
import { acceptsGzip, sendPieces } from './sendPieces.js';

/** Sixteen bytes as a version 4 GUID in lower case. */
function guidFrom(bytes: Uint8Array): string {
  const hex = Buffer.from(bytes).toString('hex').padEnd(32, '0');
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 3) | 8).toString(16);
  return (
    `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-` + hex.slice(20, 32)
  );
}

/** A larger body takes its turn with what takes long. */
const LARGE_BODY = 64 * 1024;

/**
 * Answers one HTTP request to the services of MS-WSUSSS or for a content file; other paths get 404, other methods 405.
 */
async function handleRequest(
  request: IncomingMessage,
  response: ServerResponse,
  context: Omit<ServerContext, 'request'>,
): Promise<void> {
  const sha1 = contentFileOf(request.url ?? '');
  if (sha1 !== undefined) {
    await sendContentFile(request, response, { sha1, options: context.options });
    return;
  }
  const service = serviceOf(request.url ?? '');
  if (service === undefined) {
    if ((await context.options.otherPaths?.(request, response, context.work)) !== true) refuseHttp(response, 404);
    return;
  }
  const facts = {
    peer: request.socket.remoteAddress ?? '',
    service: `${service}WebService`,
    isEncrypted: (request.socket as Partial<TLSSocket>).encrypted === true,
    acceptsGzip: context.options.blob === 'plain' && acceptsGzip(request),
  };
  const outcome = await outcomeOf(service, request, { ...context, request: facts });
  if (typeof outcome === 'number') refuseHttp(response, outcome);
  else await send(request, response, outcome);
}

/** What is answered to a POST, or the HTTP status to refuse the request with. Nothing of its body is kept. */
async function outcomeOf(
  service: ServiceName,
  request: IncomingMessage,
  context: ServerContext,
): Promise<Outcome | number> {
  if (request.method !== 'POST') return 405;
  const { work, limits } = context;
  const body = await readRequestBody(request, limits.maxRequestBytes, work);
  if (typeof body === 'number') return body;
  await (body.length > LARGE_BODY ? work.pace() : work.turn());
  const { soap, operation } = route(service, body);
  const answer =
    operation === undefined
      ? refused('InvalidParameters', 'request')
      : await answerOperation(operation, { body, soap }, context);
  work.give(body.length);
  report(operation, answer, context);
  return { soap, operation, answer, context };
}

interface Outcome {
  readonly soap: SoapVersion;
  readonly operation: OperationName | undefined;
  readonly answer: Answer;
  readonly context: ServerContext;
}

async function send(request: IncomingMessage, response: ServerResponse, outcome: Outcome): Promise<void> {
  const { soap, operation, answer, context } = outcome;
  const pieces = answer.refusal === undefined ? answer.pieces : [faultOf(answer.refusal, outcome)];
  const packable = operation !== 'GetUpdateData' || context.options.blob === 'plain';
  await sendPieces(request, response, {
    status: answer.refusal === undefined ? 200 : 500,
    contentType: CONTENT_TYPE[soap],
    pieces,
    packable,
    kept: answer.kept,
    packed: answer.packed,
    work: context.work,
  });
}

function faultOf(refusal: Refusal, outcome: Outcome): Buffer {
  const { soap, operation, context } = outcome;
  const method = operation === undefined ? '' : soapActionOf(operation);
  return writeFault({ ...refusal, id: guidFrom(context.options.random(16)), method }, soap);
}

/** The body decides, not the SOAPAction header, which SOAP 1.2 does not have. */
function route(service: ServiceName, body: Buffer): { soap: SoapVersion; operation: OperationName | undefined } {
  try {
    const { soap, name } = peekPayload(body);
    return { soap, operation: operationOf(service, name) };
  } catch {
    return { soap: '1.1', operation: undefined };
  }
}

function report(operation: OperationName | undefined, answer: Answer, context: ServerContext): void {
  const { onOperation, log } = context.options;
  const about = { peer: context.request.peer, isOurs: false };
  const name = operation ?? 'unknown';
  if (answer.refusal !== undefined)
    log?.(`${name} refused: ${answer.refusal.errorCode} ${answer.refusal.message}`.trim(), about);
  onOperation?.(name, {
    updates: answer.updates,
    refused: answer.refusal?.errorCode,
  });
}

/** The connection is closed: what is left of a refused body is not read. */
function refuseHttp(response: ServerResponse, status: number): void {
  const allow = status === 405 ? { allow: 'POST' } : {};
  response.writeHead(status, { 'content-length': 0, connection: 'close', ...allow }).end();
}

const KEY_BYTES = 32;

/** The MS-WSUSSS server role as a handler of HTTP requests, for whatever listens. */
export function createUpstreamHandler(options: UpstreamServerOptions): RequestHandler {
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const context = {
    options,
    limits,
    packed: new PackedAnswers(),
    signer: new CookieSigner(options.key ?? options.random(KEY_BYTES)),
  };
  return async (request, response, work) => handleRequest(request, response, { ...context, work });
}
