import { join } from 'node:path';
import { reasonOf, SyncError } from '../errors/SyncError.js';
import { readText } from '../platform/files/readText.js';
import { replaceFile } from '../platform/replaceFile.js';
import type { Sealer, StoredSecret } from '../platform/sealSecret.js';
import { systemErrorCode } from '../platform/systemErrorCode.js';
import { filesOf, SITE_FILES, type SiteFolder } from '../site/SiteFolder.js';
import type { NodeRole } from '../site/describeSite.js';

/** How a node reaches its parent and proves itself there. */
export interface ParentRecord {
  /** Of the parent. */
  readonly siteCode: string;
  /** `https://host:port`: the link, and the parent's MS-WSUSSS role. */
  readonly address: string;
  /** The parent's authority, PEM text: the only certificate the node trusts there. */
  readonly authority: string;
  /** As what the parent knows this node. */
  readonly nodeId: number;
  readonly role: NodeRole;
  /** Site codes from the parent upwards. */
  readonly siteCodes: readonly string[];
  /** Private key of the node, PKCS #8 as PEM text. */
  readonly privateKey: string;
  /** The key that takes its place once the parent has it; '' for none. */
  readonly nextPrivateKey: string;
}

/** The site folder that holds the record. */
type RecordPlace = Pick<SiteFolder, 'path' | 'secret'> & Partial<Pick<SiteFolder, 'files' | 'keepShared'>>;

/** `parent.json`: private keys are sealed on Windows, elsewhere the permissions of the file are the protection. */
type StoredRecord = Omit<ParentRecord, 'privateKey' | 'nextPrivateKey'> & {
  readonly privateKey: StoredSecret;
  readonly nextPrivateKey: StoredSecret;
};

/**
 * Reads how a node reaches its parent; undefined for a site without a parent. @throws SyncError SiteFileInvalid,
 * SecretSealFailed
 */
export async function readParentRecord(site: RecordPlace, sealer: Sealer): Promise<ParentRecord | undefined> {
  const stored = readStored(site);
  if (stored === undefined) return undefined;
  return {
    ...stored,
    privateKey: await sealer.open(stored.privateKey, site.secret),
    nextPrivateKey: await sealer.open(stored.nextPrivateKey, site.secret),
  };
}

/**
 * The same for a site that goes to work: what `site.json` says of its parent is the witness. Without the record it
 * would stand alone and synchronize from elsewhere. @throws SyncError SiteFileInvalid, SecretSealFailed
 */
export async function ownParentRecord(
  site: RecordPlace & Pick<SiteFolder, 'parentSiteCode'>,
  sealer: Sealer,
): Promise<ParentRecord | undefined> {
  const [record, parent] = [await readParentRecord(site, sealer), site.parentSiteCode];
  // A site that stands alone has no code of a parent.
  if (parent === undefined || record?.siteCode === parent) return record;
  const found = record === undefined ? 'is missing' : `is that of a site below ${record.siteCode}`;
  throw new SyncError('SiteFileInvalid', {
    path: site.path,
    reason: `the site lies below ${parent}, and its ${SITE_FILES.parent} ${found}`,
  });
}

/** The text of `parent.json`. @throws SyncError SecretSealFailed */
export async function parentRecordText(record: ParentRecord, secret: string, sealer: Sealer): Promise<string> {
  const stored: StoredRecord = {
    ...record,
    privateKey: await sealer.seal(record.privateKey, secret),
    nextPrivateKey: await sealer.seal(record.nextPrivateKey, secret),
  };
  return `${JSON.stringify(stored, null, 2)}\n`;
}

/** Replaces `parent.json`. @throws SyncError SecretSealFailed */
export async function writeParentRecord(site: RecordPlace, record: ParentRecord, sealer: Sealer): Promise<void> {
  await site.keepShared?.('parent', JSON.stringify(record));
  // What the mode gives to the group the umask of an engine takes away where the site has no operators.
  await replaceFile(join(site.path, SITE_FILES.parent), await parentRecordText(record, site.secret, sealer), {
    files: filesOf(site),
    mode: 0o660,
  });
}

function readStored(site: RecordPlace): StoredRecord | undefined {
  try {
    return JSON.parse(readText(filesOf(site), join(site.path, SITE_FILES.parent))) as StoredRecord;
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return undefined;
    throw new SyncError(
      'SiteFileInvalid',
      { path: site.path, reason: `${SITE_FILES.parent} cannot be read (${reasonOf(error)})` },
      { cause: error },
    );
  }
}
