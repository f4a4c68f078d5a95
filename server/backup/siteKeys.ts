import { join } from 'node:path';
import { readCertificates, writeCertificates } from '../hierarchy/certificates/siteCertificates.js';
import type { StoredKeys } from '../hierarchy/certificates/siteCertificates.js';
import { readParentNote, writeParentNote } from '../hierarchy/join/ParentNote.js';
import type { ParentNote } from '../hierarchy/join/ParentNote.js';
import type { Sealer } from '../platform/sealSecret.js';
import { siteFiles } from '../site/SiteFolder.js';
import type { SiteFolder } from '../site/SiteFolder.js';
import { readSecret, writeSecrets } from '../site/siteSecrets.js';

/** Everything of a site that nobody else may know, in the clear. */
export interface SiteKeys {
  readonly proxyPassword?: string | undefined;
  readonly packageKey?: string | undefined;
  readonly certificates?: StoredKeys | undefined;
  readonly parent?: ParentNote | undefined;
}

/** A site folder whose keys are read or written. */
export type KeyPlace = Pick<SiteFolder, 'path' | 'secret' | 'files' | 'siteCode' | 'siteGuid' | 'serverName'>;

/** What each secret is, and what has to be done where a restored site has it not. */
export const KEY_NAMES: Readonly<Record<keyof SiteKeys, { readonly what: string; readonly without: string }>> = {
  proxyPassword: { what: 'the password at the proxy', without: 'set it again' },
  packageKey: { what: 'the key that signs exports', without: 'a new one is made, which importing sites must trust' },
  certificates: { what: 'the certificates of the port', without: 'new ones are made, so nodes below must join again' },
  parent: { what: 'the key towards the parent', without: 'join the site again' },
};

/** Reads the keys of a site. @throws SyncError SecretSealFailed, CertificatesInvalid, SiteFolderInvalid */
export async function readSiteKeys(site: KeyPlace, sealer: Sealer): Promise<SiteKeys> {
  return {
    proxyPassword: (await readSecret(site, 'proxyPassword', sealer)) ?? undefined,
    packageKey: await readSecret(site, 'packageKey', sealer),
    certificates: await readCertificates({ site, sealer }),
    parent: await readParentNote(site, sealer),
  };
}

/** The names of those that there are. */
export function namesOfKeys(keys: SiteKeys): (keyof SiteKeys)[] {
  return (Object.keys(KEY_NAMES) as (keyof SiteKeys)[]).filter((name) => keys[name] !== undefined && keys[name] !== '');
}

/** Writes keys into a site folder, sealed for it and this machine; those it has no value for stay as they are. */
export async function writeSiteKeys(site: KeyPlace, keys: SiteKeys, sealer: Sealer): Promise<void> {
  const { proxyPassword, packageKey, certificates, parent } = keys;
  if (proxyPassword !== undefined) await writeSecrets(site, { proxyPassword }, sealer);
  if (packageKey !== undefined) await writeSecrets(site, { packageKey }, sealer);
  if (certificates !== undefined) await writeCertificates(certificates, { site, sealer });
  if (parent !== undefined) await writeParentNote(site, parent, sealer);
}

/** The files that they stand in. */
export const KEY_FILES: readonly string[] = ['secrets.json', siteFiles.certificates, siteFiles.parent];

/** Those of the files that a folder has. */
export function keyFilesIn({ files, path }: Pick<KeyPlace, 'files' | 'path'>): string[] {
  return KEY_FILES.filter((name) => files.existsSync(join(path, name)));
}
