import { malformed } from '../malformed.js';
import { readResult } from '../soap/readResult.js';
import { booleanOf } from '../xml/booleanOf.js';
import { textOf } from '../xml/textOf.js';
import type { PingAnswer } from './PingAnswer.js';

/** Reads what a service says of itself. */
export function parsePingResponse(bytes: Uint8Array): PingAnswer {
  const result = readResult(bytes, 'Ping');
  if (result === undefined) throw malformed('Ping', 'it holds no result');
  return {
    success: booleanOf(result, 'SuccessFlag'),
    time: textOf(result, 'ServicesTime').trim(),
    service: textOf(result, 'ServicesName'),
    machine: textOf(result, 'ServicesMachine'),
    isHttps: booleanOf(result, 'IsHttps'),
    contentType: textOf(result, 'RequestContentType'),
  };
}
