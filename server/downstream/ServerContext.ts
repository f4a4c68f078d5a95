import { createHmac, timingSafeEqual } from 'node:crypto';
import type { FaultCode } from '../wire/fault.js';
import type { MessageFrame } from '../wire/soap.js';
import type { PackedAnswer, PackedAnswers } from './PackedAnswers.js';
import type { ServerLimits, UpstreamServerOptions } from './UpstreamServerOptions.js';
import type { RequestWork } from './port/RequestWork.js';
import type { Pieces } from './sendPieces.js';

/** What is known of the request that is answered. */
interface RequestFacts {
  /** Address that it came from. */
  readonly peer: string;
  readonly service: string;
  readonly isEncrypted: boolean;
  readonly acceptsGzip: boolean;
}

/** What every operation of the server role works with. */
export interface ServerContext {
  readonly options: UpstreamServerOptions;
  readonly limits: ServerLimits;
  readonly signer: CookieSigner;
  readonly packed: PackedAnswers;
  readonly request: RequestFacts;
  readonly work: RequestWork;
}

/** What a cookie of ours says. `kind` keeps an authorization cookie from being used as the other one. */
export interface CookieClaims {
  readonly kind: 'authorization' | 'cookie';
  /** Milliseconds since 1970. */
  readonly expires: number;
  readonly serverId: string;
  readonly account: string;
}

const SIGNATURE_BYTES = 32;

/** No cookie of ours is longer. */
const LONGEST = 2048;

/** Makes and checks cookies: the claims and an HMAC over them, base64. Nothing is kept on the server. */
export class CookieSigner {
  readonly #key: Uint8Array;

  constructor(key: Uint8Array) {
    this.#key = key;
  }

  sign(claims: CookieClaims): string {
    const payload = Buffer.from(JSON.stringify(claims), 'utf8');
    return Buffer.concat([this.#signature(payload), payload]).toString('base64');
  }

  /** The claims of a cookie we signed, expired or not; undefined for any other text. */
  verify(cookie: string): CookieClaims | undefined {
    if (cookie.length > LONGEST) return undefined;
    const bytes = Buffer.from(cookie, 'base64');
    if (bytes.length <= SIGNATURE_BYTES) return undefined;
    const payload = bytes.subarray(SIGNATURE_BYTES);
    if (!timingSafeEqual(bytes.subarray(0, SIGNATURE_BYTES), this.#signature(payload))) return undefined;
    return JSON.parse(payload.toString('utf8')) as CookieClaims;
  }

  #signature(payload: Uint8Array): Buffer {
    return createHmac('sha256', this.#key).update(payload).digest();
  }
}

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
  /** Where it is to be kept in packed form. */
  readonly kept?: PackedAnswer | undefined;
  /** All of it in packed form, where that is there: then `pieces` are not needed. */
  readonly packed?: Buffer | undefined;
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

/** A message whose middle is written page by page, each page when the client has taken those before it. */
export async function* framedPages<Page>(
  { head, tail }: MessageFrame,
  pages: AsyncIterable<Page>,
  write: (page: Page) => Uint8Array,
): AsyncGenerator<readonly Uint8Array[], void, number> {
  yield [head];
  for await (const page of pages) yield [write(page)];
  yield [tail];
}
