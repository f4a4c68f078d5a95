import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import { SyncError } from '../errors/SyncError.js';

const BYTES = 32;
const CIPHER = 'aes-256-gcm';
const NONCE = 12;
const TAG = 16;
/** What the sealed bytes begin with: their form. */
const FORM = 1;
const TEXT = /^CMSYNC-(?<key>[\w-]{43})-(?<check>[\da-f]{6})$/;

/** A new key for the database of a site: 256 random bits, with a check sum that tells a slip of the pen. */
export function newDatabaseKey(): string {
  const key = randomBytes(BYTES);
  return `CMSYNC-${key.toString('base64url')}-${checkOf(key)}`;
}

/** The bytes of a key as an administrator gives it. @throws SyncError DatabaseKeyInvalid, which names nothing of it */
export function parseDatabaseKey(text: string): Buffer {
  const parts = TEXT.exec(text.trim())?.groups;
  if (parts === undefined) throw new SyncError('DatabaseKeyInvalid', { reason: 'it does not have the form of a key' });
  const key = Buffer.from(parts['key'] ?? '', 'base64url');
  if (key.length === BYTES && checkOf(key) === parts['check']) return key;
  throw new SyncError('DatabaseKeyInvalid', {
    reason: 'its check sum is wrong, so a character of it is missing or changed',
  });
}

function checkOf(key: Buffer): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 6);
}

function derived(key: string, siteGuid: string): Buffer {
  return Buffer.from(hkdfSync('sha256', parseDatabaseKey(key), siteGuid, 'ConfigMgrSync database', BYTES));
}

/** Seals what only the servers of a site may read; each text is bound to its name: none takes another's place. */
export class DatabaseSeal {
  #key: Buffer;
  readonly #siteGuid: string;

  /** @throws SyncError DatabaseKeyInvalid */
  constructor(key: string, siteGuid: string) {
    this.#siteGuid = siteGuid;
    this.#key = derived(key, siteGuid);
  }

  /** From here on it seals and opens with another key. @throws SyncError DatabaseKeyInvalid */
  exchange(key: string): void {
    this.#key = derived(key, this.#siteGuid);
  }

  /** Whether it seals with that key. @throws SyncError DatabaseKeyInvalid */
  isOf(key: string): boolean {
    return this.#key.equals(derived(key, this.#siteGuid));
  }

  /** Whether it was sealed with this key. */
  opens(name: string, sealed: Uint8Array): boolean {
    try {
      this.open(name, sealed);
      return true;
    } catch (caught) {
      if (caught instanceof SyncError && caught.errorId === 'DatabaseKeyWrong') return false;
      throw caught;
    }
  }

  /** A secret that every server of the site has, and nobody else; `use` says what for. */
  secretFor(use: string): string {
    return Buffer.from(hkdfSync('sha256', this.#key, this.#siteGuid, use, BYTES)).toString('hex');
  }

  close(name: string, text: string): Buffer {
    const nonce = randomBytes(NONCE);
    const cipher = createCipheriv(CIPHER, this.#key, nonce, { authTagLength: TAG });
    cipher.setAAD(this.#bound(name));
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([Buffer.of(FORM), nonce, cipher.getAuthTag(), sealed]);
  }

  /** @throws SyncError DatabaseKeyWrong where it was sealed with another key, or is not what was sealed */
  open(name: string, sealed: Uint8Array): string {
    const bytes = Buffer.from(sealed);
    const [nonce, tag] = [bytes.subarray(1, 1 + NONCE), bytes.subarray(1 + NONCE, 1 + NONCE + TAG)];
    try {
      const cipher = createDecipheriv(CIPHER, this.#key, nonce, { authTagLength: TAG });
      cipher.setAAD(this.#bound(name));
      cipher.setAuthTag(tag);
      const text = [cipher.update(bytes.subarray(1 + NONCE + TAG)), cipher.final()];
      if (bytes[0] === FORM) return Buffer.concat(text).toString('utf8');
    } catch (caught) {
      // Neither the key nor the name nor a byte may be another one; the cipher does not say which.
      throw new SyncError('DatabaseKeyWrong', { name }, { cause: caught });
    }
    throw new SyncError('DatabaseKeyWrong', { name });
  }

  #bound(name: string): Buffer {
    return Buffer.from(`${this.#siteGuid} ${name}`, 'utf8');
  }
}
