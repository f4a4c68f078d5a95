import { createHmac, timingSafeEqual } from 'node:crypto';

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
  constructor(private readonly key: Uint8Array) {}

  sign(claims: CookieClaims): string {
    const payload = Buffer.from(JSON.stringify(claims), 'utf8');
    return Buffer.concat([this.signature(payload), payload]).toString('base64');
  }

  /** The claims of a cookie we signed, expired or not; undefined for any other text. */
  verify(cookie: string): CookieClaims | undefined {
    if (cookie.length > LONGEST) return undefined;
    const bytes = Buffer.from(cookie, 'base64');
    if (bytes.length <= SIGNATURE_BYTES) return undefined;
    const payload = bytes.subarray(SIGNATURE_BYTES);
    if (!timingSafeEqual(bytes.subarray(0, SIGNATURE_BYTES), this.signature(payload))) return undefined;
    return JSON.parse(payload.toString('utf8')) as CookieClaims;
  }

  private signature(payload: Uint8Array): Buffer {
    return createHmac('sha256', this.key).update(payload).digest();
  }
}
