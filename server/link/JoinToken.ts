import { X509Certificate } from 'node:crypto';
import { reasonOf, SyncError } from '../errors/SyncError.js';
import type { NodeRole } from '../site/describeSite.js';

/** What a join token carries: where the parent is, what it is recognized by, and a secret that is good for one join. */
export interface JoinToken {
  readonly v: 1;
  /** Of the parent. */
  readonly siteCode: string;
  /** `https://host:port`. */
  readonly address: string;
  /** Certificate of the parent's authority, DER in base64: the only one the node trusts. */
  readonly ca: string;
  /** 32 random bytes, hexadecimal. */
  readonly secret: string;
  /** ISO 8601 UTC. */
  readonly expires: string;
  readonly role: NodeRole;
}

/** A token is some 900 characters long. */
const LONGEST = 16_384;

/** The token as one word of text. */
export function encodeJoinToken(token: JoinToken): string {
  return Buffer.from(JSON.stringify(token), 'utf8').toString('base64url');
}

/** Reads a token; white space from a line break in a mail does no harm. @throws SyncError JoinTokenInvalid */
export function decodeJoinToken(text: string): JoinToken {
  const word = text.replace(/\s+/g, '');
  if (word === '') throw invalid('it is empty');
  if (word.length > LONGEST) throw invalid(`it is longer than ${LONGEST} characters`);
  if (!/^[\w-]+$/.test(word)) throw invalid('it contains characters other than letters, digits, - and _');
  const token = parse(word);
  const reason = reasonAgainst(token);
  if (reason !== undefined) throw invalid(reason);
  return token as unknown as JoinToken;
}

/** The authority's certificate as PEM text. */
export function authorityOf(token: Pick<JoinToken, 'ca'>): string {
  return new X509Certificate(Buffer.from(token.ca, 'base64')).toString();
}

function parse(word: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(Buffer.from(word, 'base64url').toString('utf8')) as Readonly<Record<string, unknown>>;
  } catch {
    throw invalid('it is incomplete or was changed');
  }
}

function reasonAgainst(token: Readonly<Record<string, unknown>> | null): string | undefined {
  if (typeof token !== 'object' || token === null) return 'it is incomplete or was changed';
  if (token['v'] !== 1) return `this version does not know its format ${String(token['v'])}`;
  const missing = (['siteCode', 'address', 'ca', 'secret', 'expires'] as const).find(
    (name) => typeof token[name] !== 'string',
  );
  if (missing !== undefined) return `it has no ${missing}`;
  if (token['role'] !== 'Site' && token['role'] !== 'SoftwareUpdatePoint') return 'its role is unknown';
  if (Number.isNaN(Date.parse(String(token['expires'])))) return 'its expiry is not a valid date';
  return reasonAgainstAddress(String(token['address'])) ?? reasonAgainstAuthority(String(token['ca']));
}

/** Why an address cannot be that of a parent, or undefined. */
export function reasonAgainstAddress(address: string): string | undefined {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  return url?.protocol === 'https:' && url.pathname === '/'
    ? undefined
    : `the address ${address} must be https://host:port`;
}

function reasonAgainstAuthority(ca: string): string | undefined {
  try {
    return new X509Certificate(Buffer.from(ca, 'base64')).ca
      ? undefined
      : 'its certificate is not that of a certificate authority';
  } catch (error) {
    return `its certificate cannot be read (${reasonOf(error)})`;
  }
}

function invalid(reason: string): SyncError {
  return new SyncError('JoinTokenInvalid', { reason });
}
