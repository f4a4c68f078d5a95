import path from 'node:path';
import type { SiteRestore } from '../contract/generated/types.js';
import { SyncError } from '../errors/SyncError.js';
import { type FolderFiles, plainFiles } from '../platform/files/folderFiles.js';
import { vouchForNothing } from '../platform/accounts/giveFolder.js';
import type { Sealer } from '../platform/sealSecret.js';
import type { SiteEnvironment, SiteFolder } from '../site/SiteFolder.js';
import { createDescribedSite } from '../site/createSite.js';
import type { FolderAccount } from '../site/folderUse.js';
import { openSite } from '../site/openSite.js';
import { siteFolderName } from '../site/siteCode.js';
import { siteRoot } from '../site/siteRoot.js';
import { verifySiteFolder } from '../site/siteTrust.js';
import { type BackupManifest, checkFiles, readManifest, SECRETS } from './BackupManifest.js';
import { type CopyWatch, sizeOf, watchCopies } from './copyFile.js';
import { fillStore, type OpenedBackup, replaceStore, type Restored } from './restoredStore.js';
import { KEY_NAMES, openBox, type SiteKeys, writeSiteKeys } from './siteKeys.js';

/** What a restore works with. */
interface RestoreWork {
  /** Full path of the backup. */
  readonly backup: string;
  /** Full path of the site folder; undefined for that of its code under the root. */
  readonly sitePath: string | undefined;
  readonly password: string | undefined;
  /** Whom a folder that is made again belongs to; the account of this process if not given. */
  readonly account?: string | undefined;
  readonly isWhatIf: boolean;
  /** True: a site that is there may be put back. */
  readonly mayReplace: boolean;
  readonly environment: SiteEnvironment;
  readonly sealer: Sealer;
  /** Ends the engine of the site, or says why it goes on. @throws SyncError RestoreRefused */
  readonly endEngine: (site: SiteFolder) => Promise<void>;
  /** The same by the account that the folder of a site belongs to. */
  readonly asAccount: (site: SiteFolder, account: FolderAccount) => Promise<SiteRestore>;
  readonly report: (line: string) => void;
  readonly signal: AbortSignal;
  readonly onProgress: (activity: string, done: number, total: number) => void;
  /** The files of the backup; those of whoever asks if not given. */
  readonly files?: FolderFiles;
}

/** Who may write to a backup could have put it there. */
const HOOK_STOPS =
  'The after-sync command of the backup is set but not run: set it again, under the account of the engine.';

/**
 * Makes a site of a backup, or puts one back to the time of it. Everything in the backup is compared with its digests
 * before anything is changed.
 * @throws SyncError BackupInvalid, BackupPasswordWrong, RestoreRefused, SiteExists, StoreWriteFailed, Cancelled
 */
export async function restoreSite(work: RestoreWork): Promise<SiteRestore> {
  const backup = await openBackup(work);
  const target = targetOf(work, backup.manifest);
  const site = await siteThere(target, backup, work.environment);
  if (site !== undefined && work.account !== undefined) throw alreadyOwned(site);
  if (site?.use.as === 'account') return work.asAccount(site, site.use.account);
  if (site === undefined) refuseWithoutParentKey(backup);
  else refuseBackupInside(backup, site);
  if (site !== undefined && !work.mayReplace && !work.isWhatIf) throw new SyncError('SiteExists', { path: target });
  const done = work.isWhatIf ? { stopsHook: false } : await putBack(work, { backup, target, site });
  return describeRestore(work, { backup, target, isReplaced: site !== undefined, ...done });
}

async function openBackup(work: RestoreWork): Promise<OpenedBackup> {
  const { backup: folder, files = plainFiles, password } = work;
  const manifest = readManifest(files, folder);
  await checkFiles({ files, folder, manifest, watch: watchCopies(work, 'Checking the backup', manifest.files) });
  if (!manifest.hasSecrets || password === undefined) return { files, folder, manifest, keys: undefined };
  const text = await openBox(files.readFileSync(path.join(folder, SECRETS)).toString('utf8'), password);
  if (text === undefined) throw new SyncError('BackupPasswordWrong', { path: folder });
  return { files, folder, manifest, keys: JSON.parse(text) as SiteKeys };
}

function targetOf({ sitePath, environment }: RestoreWork, { site }: BackupManifest): string {
  return path.resolve(sitePath ?? path.join(siteRoot(environment), siteFolderName(site)));
}

/** The site that stands there already; undefined for none. @throws SyncError RestoreRefused for another one */
async function siteThere(
  target: string,
  { manifest }: OpenedBackup,
  environment: SiteEnvironment,
): Promise<SiteFolder | undefined> {
  if (!plainFiles.existsSync(target) || plainFiles.readdirSync(target).length === 0) return undefined;
  // Before its engine is asked: what somebody else put there could lead to a pipe of his.
  const site = await verifySiteFolder(await openSite(target), environment);
  const { siteCode, siteGuid } = manifest.site;
  if (site.siteGuid !== siteGuid)
    throw new SyncError('RestoreRefused', {
      site: siteCode,
      reason: `the folder ${target} belongs to another site (${site.siteCode}, ${site.siteGuid})`,
    });
  if (site.database !== manifest.site.database)
    throw new SyncError('RestoreRefused', {
      site: siteCode,
      reason: `its database has another engine than the backup; restore it into another folder`,
    });
  if (site.use.as === 'guest') throw new SyncError('SiteAccountNeeded', { site: siteCode });
  return site;
}

/** To give away what is there is no restore. */
function alreadyOwned(site: SiteFolder): SyncError {
  return new SyncError('RestoreRefused', {
    site: site.siteCode,
    reason: `its folder ${site.path} already exists and keeps its account; leave the account out`,
  });
}

/** Without its key a site below a parent would stand alone and synchronize from elsewhere. */
function refuseWithoutParentKey({ manifest, keys }: OpenedBackup): void {
  if (!manifest.secrets.includes('parent') || keys?.parent !== undefined) return;
  throw new SyncError('RestoreRefused', {
    site: manifest.site.siteCode,
    reason: manifest.hasSecrets
      ? 'it is below a parent, and its key for the parent needs the password of the backup'
      : 'it is below a parent, and the backup was made without its keys; join a new site instead',
  });
}

function refuseBackupInside({ folder, files }: OpenedBackup, site: SiteFolder): void {
  const relative = path.relative(site.path, files.realpathSync(folder));
  if (relative.startsWith('..') || path.isAbsolute(relative)) return;
  throw new SyncError('RestoreRefused', { site: site.siteCode, reason: 'the backup is inside the site folder' });
}

interface RestorePlan {
  readonly backup: OpenedBackup;
  readonly target: string;
  readonly site: SiteFolder | undefined;
}

async function putBack(work: RestoreWork, { backup, target, site }: RestorePlan): Promise<Restored> {
  const watch = watchCopies(work, 'Restoring', backup.manifest.files);
  if (site === undefined) return makeSite(work, { backup, target }, watch);
  await work.endEngine(site);
  return replaceStore({ site, backup, watch, sealer: work.sealer, report: work.report });
}

async function makeSite(
  { environment, sealer, report, account }: RestoreWork,
  { backup, target }: Pick<RestorePlan, 'backup' | 'target'>,
  watch: CopyWatch,
): Promise<Restored> {
  const { siteCode, siteName, type, parentSiteCode, created, serverName, siteGuid, database } = backup.manifest.site;
  let stopsHook = false;
  await createDescribedSite(
    {
      target,
      account,
      description: {
        ...{ siteCode, siteName, type, parentSiteCode, created, serverName, siteGuid, database },
        requestId: environment.newGuid(),
        operators: [],
      },
      content: async (made) => {
        const folder = made.path;
        const store = { site: made, folder, becomes: target, generation: 0 };
        const filled = await fillStore({ ...store, backup, watch, report });
        stopsHook = filled.hasAfterSync;
        if (stopsHook) await vouchForNothing(made.files, made.path, false);
        if (backup.keys !== undefined) await writeSiteKeys(made, backup.keys, sealer);
      },
    },
    environment,
  );
  return { stopsHook };
}

function describeRestore(
  { isWhatIf, account }: RestoreWork,
  { backup, target, ...how }: { backup: OpenedBackup; target: string; isReplaced: boolean } & Restored,
): SiteRestore {
  const { manifest, keys } = backup;
  return {
    Path: backup.folder,
    SiteCode: manifest.site.siteCode,
    SiteName: manifest.site.siteName,
    InstallDir: target,
    CreationTime: manifest.created,
    Files: manifest.files.length,
    Size: sizeOf(manifest.files),
    Documents: manifest.documents,
    Updates: manifest.updates,
    Replaced: how.isReplaced,
    HasSecrets: keys !== undefined,
    WhatIf: isWhatIf,
    Warnings: warningsOf(backup, { ...how, account }),
  };
}

function warningsOf(
  { manifest, keys }: OpenedBackup,
  { isReplaced, stopsHook, account }: { isReplaced: boolean; account: string | undefined } & Restored,
): string[] {
  const names = keys === undefined ? (manifest.secrets as (keyof SiteKeys)[]) : [];
  const operators = manifest.site.operators.length > 0 && !isReplaced;
  return [
    ...(isReplaced && names.length > 0 ? ['The site keeps the keys and passwords it had before.'] : []),
    ...(isReplaced ? [] : names.map((name) => `Not restored: ${KEY_NAMES[name].what}; ${KEY_NAMES[name].without}.`)),
    ...(stopsHook ? [HOOK_STOPS] : []),
    ...(operators ? [`The site had operators: the new folder is for ${account ?? 'this account'} alone.`] : []),
  ];
}
