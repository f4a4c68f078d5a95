import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto';

/** Cost of the key: about 60 ms and 64 MB for each guess. */
const COST = { N: 65_536, r: 8, p: 1 } as const;
const KEY = 32;
const CIPHER = 'aes-256-gcm';

/** A text behind a password. */
interface PasswordBox {
  readonly kdf: 'scrypt';
  readonly cost: typeof COST;
  readonly cipher: typeof CIPHER;
  /** Base64, as the three that follow. */
  readonly salt: string;
  readonly iv: string;
  readonly tag: string;
  readonly data: string;
}

/** Puts a text behind a password. */
export async function closeBox(text: string, password: string): Promise<string> {
  const [salt, iv] = [randomBytes(16), randomBytes(12)];
  const cipher = createCipheriv(CIPHER, await keyOf(password, salt), iv);
  const data = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  const base64 = (bytes: Buffer): string => bytes.toString('base64');
  const box: PasswordBox = {
    kdf: 'scrypt',
    cost: COST,
    cipher: CIPHER,
    salt: base64(salt),
    iv: base64(iv),
    tag: base64(cipher.getAuthTag()),
    data: base64(data),
  };
  return `${JSON.stringify(box, null, 2)}\n`;
}

/** The text; undefined where the password is another one. */
export async function openBox(stored: string, password: string): Promise<string | undefined> {
  const { salt, iv, tag, data } = JSON.parse(stored) as PasswordBox;
  const bytes = (text: string): Buffer => Buffer.from(text, 'base64');
  const cipher = createDecipheriv(CIPHER, await keyOf(password, bytes(salt)), bytes(iv), { authTagLength: 16 });
  cipher.setAuthTag(bytes(tag));
  try {
    return Buffer.concat([cipher.update(bytes(data)), cipher.final()]).toString('utf8');
  } catch {
    return undefined; // the tag tells another password from this one, and nothing more
  }
}

async function keyOf(password: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) =>
    scrypt(password.normalize('NFC'), salt, KEY, { ...COST, maxmem: 256 * 1024 * 1024 }, (error, key) =>
      error === null ? resolve(key) : reject(error),
    ),
  );
}
