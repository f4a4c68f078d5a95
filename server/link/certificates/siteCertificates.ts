import { X509Certificate } from 'node:crypto';
import { join } from 'node:path';
import type { KeyedCertificate } from '../../downstream/port/TlsDoor.js';
import { reasonOf, SyncError } from '../../errors/SyncError.js';
import { readText } from '../../platform/files/readText.js';
import { replaceFile } from '../../platform/replaceFile.js';
import type { Sealer, StoredSecret } from '../../platform/sealSecret.js';
import { systemErrorCode } from '../../platform/systemErrorCode.js';
import { filesOf, SITE_FILES, type SiteFolder } from '../../site/SiteFolder.js';
import { certificateFacts, certificateNames, renewalReason } from './certificateFacts.js';
import { createAuthority, createLeaf } from './issue.js';

/** The certificates of a site: its authority, and the leaf that its port shows. */
export interface SiteCertificates {
  readonly authority: KeyedCertificate;
  readonly leaf: KeyedCertificate;
  /** Why the leaf was made again; undefined when it was good. */
  readonly renewed: string | undefined;
}

/** What making and keeping certificates needs. */
export interface CertificateOptions {
  readonly site: Pick<SiteFolder, 'path' | 'secret' | 'siteCode' | 'siteGuid' | 'serverName'> &
    Partial<Pick<SiteFolder, 'files' | 'keepShared' | 'host'>>;
  readonly sealer: Sealer;
  readonly now: Date;
  /** Names and addresses the port is reached by, beside the server's own. */
  readonly furtherNames: readonly string[];
  /** Makes a new leaf in any case, for a key that may be known to others. */
  readonly isRotation?: boolean;
}

/**
 * `certificates.json`: private keys are sealed on Windows, elsewhere the permissions of the file are the protection.
 */
interface StoredCertificates {
  readonly authority: { readonly certificate: string; readonly key: StoredSecret };
  readonly leaf: { readonly certificate: string; readonly key: StoredSecret };
}

/**
 * Reads the certificates of a site. Makes the authority when there is none, and the leaf when it is due
 * (`renewalReason`); names the leaf had
 * stay in it. @throws SyncError CertificatesInvalid, SecretSealFailed
 */
export async function siteCertificates(options: CertificateOptions): Promise<SiteCertificates> {
  const { site, now } = options;
  const stored = await readCertificates(options);
  const authority = stored?.authority ?? (await newAuthority(site, now));
  const facts = stored === undefined ? undefined : factsOf(stored, site.path);
  const further = [...ownNames(site), ...options.furtherNames, ...(facts?.names ?? [])];
  const names = certificateNames(site.serverName, further);
  const reason =
    facts === undefined ? 'there was none' : renewalReason(facts, [...names.hosts, ...names.addresses], now.getTime());
  const renewed = reason ?? (options.isRotation === true ? 'its key is rotated' : undefined);
  if (stored !== undefined && renewed === undefined) return { ...stored, renewed };
  const leaf = await createLeaf(authority, names, now);
  await writeCertificates({ authority, leaf }, options);
  return { authority, leaf, renewed };
}

/** The port of a further server is reached by its own name too. */
function ownNames({ host }: CertificateOptions['site']): readonly string[] {
  return host === undefined ? [] : [host];
}

async function newAuthority(site: CertificateOptions['site'], now: Date): Promise<KeyedCertificate> {
  const authority = await createAuthority(site, now);
  await site.keepShared?.('authority', JSON.stringify(authority));
  return authority;
}

/**
 * Takes the authority that the site has on another server. The leaf here stays where it is of that authority: each
 * server has its own. @throws SyncError CertificatesInvalid, SecretSealFailed
 */
export async function takeAuthority(
  authority: KeyedCertificate,
  options: Pick<CertificateOptions, 'site' | 'sealer' | 'now'>,
): Promise<void> {
  const { site, now } = options;
  if ((await readCertificates(options))?.authority.certificate === authority.certificate) return;
  const leaf = await createLeaf(authority, certificateNames(site.serverName, ownNames(site)), now);
  await writeCertificates({ authority, leaf }, options);
}

function factsOf(
  stored: { authority: KeyedCertificate; leaf: KeyedCertificate },
  folder: string,
): ReturnType<typeof certificateFacts> {
  try {
    return certificateFacts(stored.leaf.certificate, stored.authority.certificate);
  } catch (error) {
    throw invalid(folder, error);
  }
}

/** The certificates of a site with their keys. */
export type StoredKeys = Pick<SiteCertificates, 'authority' | 'leaf'>;

/** Where the certificates stand, and what seals their keys. */
type CertificatePlace = Pick<CertificateOptions, 'site' | 'sealer'>;

/** Reads them as they are; undefined where there are none. @throws SyncError CertificatesInvalid, SecretSealFailed */
export async function readCertificates({ site, sealer }: CertificatePlace): Promise<StoredKeys | undefined> {
  const stored = readStored(site);
  if (stored === undefined) return undefined;
  const open = async (part: StoredCertificates['leaf']): Promise<KeyedCertificate> => ({
    certificate: part.certificate,
    key: await sealer.open(part.key, site.secret),
  });
  return { authority: await open(stored.authority), leaf: await open(stored.leaf) };
}

/** The certificate of the authority alone, no key opened; undefined where there is none. @throws CertificatesInvalid */
export function authorityCertificate(site: CertificateOptions['site']): X509Certificate | undefined {
  const stored = readStored(site);
  if (stored === undefined) return undefined;
  try {
    return new X509Certificate(stored.authority.certificate);
  } catch (error) {
    throw invalid(site.path, error);
  }
}

/** When the certificates of a site end (ms), no key opened; none where there are none. @throws CertificatesInvalid */
export function certificateEnds(site: CertificateOptions['site']): readonly { name: string; notAfter: number }[] {
  const stored = readStored(site);
  if (stored === undefined) return [];
  const endOf = (pem: string): number => Date.parse(new X509Certificate(pem).validTo);
  try {
    return [
      { name: `the authority of site ${site.siteCode}`, notAfter: endOf(stored.authority.certificate) },
      { name: `the port of ${site.serverName}`, notAfter: endOf(stored.leaf.certificate) },
    ];
  } catch (error) {
    throw invalid(site.path, error);
  }
}

function readStored(site: CertificateOptions['site']): StoredCertificates | undefined {
  try {
    const text = readText(filesOf(site), join(site.path, SITE_FILES.certificates));
    return JSON.parse(text) as StoredCertificates;
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return undefined;
    throw invalid(site.path, error);
  }
}

/** Replaces them. @throws SyncError SecretSealFailed */
export async function writeCertificates(
  { authority, leaf }: StoredKeys,
  { site, sealer }: CertificatePlace,
): Promise<void> {
  const seal = async (part: KeyedCertificate): Promise<StoredCertificates['leaf']> => ({
    certificate: part.certificate,
    key: await sealer.seal(part.key, site.secret),
  });
  const stored: StoredCertificates = { authority: await seal(authority), leaf: await seal(leaf) };
  // What the mode gives to the group the umask of an engine takes away where the site has no operators.
  await replaceFile(join(site.path, SITE_FILES.certificates), `${JSON.stringify(stored, null, 2)}\n`, {
    files: filesOf(site),
    mode: 0o660,
  });
}

function invalid(folder: string, caught: unknown): SyncError {
  return new SyncError(
    'CertificatesInvalid',
    { path: join(folder, SITE_FILES.certificates), reason: reasonOf(caught) },
    { cause: caught },
  );
}
