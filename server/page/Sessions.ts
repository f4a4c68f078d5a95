import { randomBytes } from 'node:crypto';
import { secretHash } from '../platform/secretHash.js';

const LONGEST_MS = 12 * 3_600_000;
const MOST = 1000;

/** A token that is accepted, as its hash. */
export interface TokenSource {
  /** The hash of an accepted token; undefined for any other text. */
  accept(token: string): Promise<string | undefined>;
  /** Whether the token with that hash is still accepted. */
  isAccepted(hash: string): Promise<boolean>;
}

/** Who has signed in: each with a random secret of their own, until the token ends, twelve hours at most. */
export class Sessions {
  readonly #tokens: Pick<TokenSource, 'isAccepted'>;
  readonly #now: () => number;
  /** By the hash of their secret, the oldest first. */
  readonly #open = new Map<string, { readonly token: string; readonly until: number }>();

  /** `now` gives ms. */
  constructor(tokens: Pick<TokenSource, 'isAccepted'>, now: () => number) {
    this.#tokens = tokens;
    this.#now = now;
  }

  /** Begins one with a token; gives its secret. */
  begin(token: string): string {
    const secret = randomBytes(32).toString('base64url');
    const [oldest] = this.#open.keys();
    if (this.#open.size >= MOST && oldest !== undefined) this.#open.delete(oldest);
    this.#open.set(secretHash(secret), { token, until: this.#now() + LONGEST_MS });
    return secret;
  }

  /** Whether it goes on. */
  async isOpen(secret: string): Promise<boolean> {
    const key = secretHash(secret);
    const session = this.#open.get(key);
    if (session === undefined) return false;
    if (session.until > this.#now() && (await this.#tokens.isAccepted(session.token))) return true;
    this.#open.delete(key);
    return false;
  }

  end(secret: string): void {
    this.#open.delete(secretHash(secret));
  }

  static readonly seconds = LONGEST_MS / 1000;
}
