import type { FaultCode } from '../wire/fault.js';
import type { Pieces } from './sendPieces.js';

/**
 * Why an operation is refused: becomes a SOAP fault (MS-WSUSSS 2.2.5). For InvalidParameters `message` is the
 * parameter's name.
 */
export interface Refusal {
  readonly errorCode: FaultCode;
  readonly message: string;
}

/** The answer to one operation: the pieces of its message, or a refusal. */
export interface Answer {
  readonly pieces: Pieces;
  readonly updates: number;
  readonly refusal?: Refusal;
}

/** An answer of one piece. */
export function answered(message: Uint8Array): Answer {
  return { pieces: [message], updates: 0 };
}

/** A refusal; InvalidParameters carries the name of the parameter. */
export function refused(errorCode: FaultCode, message = ''): Answer {
  return { pieces: [], updates: 0, refusal: { errorCode, message } };
}
