import path, { basename, dirname, resolve } from 'node:path';
import { reasonOf, SyncError } from '../errors/SyncError.js';
import { distrust } from '../platform/accounts/ensurePrivateFolder.js';
import { folderFiles } from '../platform/files/folderFiles.js';
import type { FolderFiles } from '../platform/files/folderFiles.js';
import { exchanged, isSameFolder } from '../platform/files/folderWalk.js';
import type { FolderIdentity } from '../platform/files/folderWalk.js';
import { renameWithRetry } from '../platform/files/heldFiles.js';
import { trustedPath } from '../platform/files/trustedPath.js';
import type { TrustedPath } from '../platform/files/trustedPath.js';
import { systemErrorCode } from '../platform/systemErrorCode.js';
import { SITE_FILES } from './SiteFolder.js';
import type { SiteDescription, SiteEnvironment, SiteFolder, SitePipe, SiteType } from './SiteFolder.js';
import { checkSiteTarget } from './checkSiteTarget.js';
import { databaseEngine, isSiteType } from './describeSite.js';
import type { NodeRole } from './describeSite.js';
import {
  grantElsewhere,
  grantOnWindows,
  makeAboveOnWindows,
  prepareAccess,
  prepareRootOnWindows,
  shareOnWindows,
} from './grantAccess.js';
import type { SiteAccess } from './grantAccess.js';
import { openSite } from './openSite.js';
import { checkSiteCode, siteFolderName } from './siteCode.js';
import { isRootOnWindows, siteRoot } from './siteRoot.js';
import { verifyAboveSite } from './siteTrust.js';

/** What the caller chooses about a new site. */
interface NewSite {
  readonly requestId: string;
  readonly siteCode: string;
  readonly siteName?: string | undefined;
  /** A `SiteType`; without one what fits below the parent, else Primary. */
  readonly type?: string | undefined;
  /** Name of the server; that of this machine without one. */
  readonly serverName?: string | undefined;
  /** The site folder; without one a folder named as the site code under the root. */
  readonly path?: string | undefined;
  readonly operators?: readonly string[] | undefined;
  /** Elsewhere than on Windows, by root: the account that the site belongs to and its engine works under. */
  readonly account?: string | undefined;
  /** `Sqlite`: its database is a file of SQLite. `Postgres`: it is in PostgreSQL. */
  readonly database?: string | undefined;
  /** Looks at the folder in which the site is made, and at its database; throws where that does not suit. */
  readonly check?: ((folder: string, files: FolderFiles) => void | Promise<void>) | undefined;
  /** Called for the folder with all that is in it, before it is in its place. */
  readonly content?: SiteContent | undefined;
}

/** How a new site joins its parent while its folder is made; what it throws leaves no folder. */
export interface SiteJoin {
  readonly parentSiteCode: string;
  /** As what the site joins. */
  readonly role: NodeRole;
  /** Joins; gives the type of the site and the text of its `parent.json`. `secret` is that of the site. */
  join(site: {
    readonly siteCode: string;
    readonly siteName: string;
    readonly serverName: string;
    readonly type: SiteType | undefined;
    readonly secret: string;
  }): Promise<{ readonly type: SiteType; readonly parentRecord: string }>;
}

/** Puts more into the folder of a site before it appears; `secret` is that of the new site. */
type SiteContent = (made: SiteFolder) => Promise<void>;

/** A site that is described already, and what stands in it. */
interface DescribedSite {
  readonly target: string;
  readonly description: SiteDescription;
  readonly content: SiteContent;
  /** As of a new site: whom the folder is given to once everything is in it. */
  readonly account?: string | undefined;
}

/**
 * Makes the folder of a site that was elsewhere before: it appears as a whole.
 * @throws SyncError SiteExists, SiteFolderNotTrusted, SiteFolderNotWritable
 */
export async function createDescribedSite(
  { target, description, content, account }: DescribedSite,
  environment: SiteEnvironment,
): Promise<SiteFolder> {
  const { siteCode, operators } = description;
  const access = await prepareAccess({ siteCode, operators, account }, environment);
  const way = await prepareWay(target, environment);
  await buildAside(way, description, { access, environment, join: undefined, type: description.type, content });
  return openSite(way.path);
}

/** Makes a site folder as a whole: it appears complete, with its permissions, or not at all. */
export async function createSite(wanted: NewSite, environment: SiteEnvironment, join?: SiteJoin): Promise<SiteFolder> {
  const siteCode = checkSiteCode(wanted.siteCode);
  const serverName = wanted.serverName ?? environment.serverName;
  const type = checkType(wanted.type, join);
  const target = resolve(
    wanted.path ??
      path.join(
        siteRoot(environment),
        siteFolderName({ siteCode, serverName, type: join?.role === 'SoftwareUpdatePoint' ? join.role : 'Primary' }),
      ),
  );
  const access = await prepareAccess(
    { siteCode, operators: wanted.operators ?? [], account: wanted.account },
    environment,
  );
  const earlier = await madeByThisRequest(target, wanted.requestId);
  if (earlier !== undefined) return earlier;
  const way = await prepareWay(target, environment);
  await wanted.check?.(dirname(way.path), way.files);
  await buildAside(way, describe({ ...wanted, siteCode, serverName }, environment), {
    access,
    environment,
    join,
    type,
    content: wanted.content,
  });
  return openSite(way.path);
}

/** Without a parent there are stand-alone primary sites and central administration sites. */
function checkType(type: string | undefined, join: SiteJoin | undefined): SiteType | undefined {
  if (type !== undefined && !isSiteType(type))
    throw new SyncError('SiteTypeUnsupported', {
      type,
      reason: 'the types are CAS, Primary, Secondary and SoftwareUpdatePoint',
    });
  if (join === undefined && (type === 'Secondary' || type === 'SoftwareUpdatePoint'))
    throw new SyncError('SiteTypeUnsupported', { type, reason: 'it needs a parent' });
  return type;
}

function describe(wanted: NewSite & { readonly serverName: string }, environment: SiteEnvironment): SiteDescription {
  const engine = databaseEngine(wanted.database);
  return {
    siteCode: wanted.siteCode,
    siteName: wanted.siteName ?? wanted.siteCode,
    type: 'Primary',
    created: environment.now().toISOString(),
    serverName: wanted.serverName,
    siteGuid: environment.newGuid(),
    requestId: wanted.requestId,
    operators: wanted.operators ?? [],
    ...(engine === undefined ? {} : { database: engine }),
  };
}

/** The site that the same request has made before; undefined for none. */
export async function madeByThisRequest(target: string, requestId: string): Promise<SiteFolder | undefined> {
  try {
    const site = await openSite(target);
    return site.requestId === requestId ? site : undefined;
  } catch (caught) {
    // Whatever else stands there is judged by checkSiteTarget.
    if (caught instanceof SyncError) return undefined;
    throw caught;
  }
}

/** @throws SyncError SiteExists, SiteFolderNotTrusted, SiteFolderNotWritable */
async function prepareWay(target: string, environment: SiteEnvironment): Promise<TrustedPath> {
  const way = trustedPath(target, environment.userId);
  checkSiteTarget(way, environment);
  await prepareParent({ path: dirname(way.path), files: way.files }, environment);
  await verifyAboveSite(way.path, environment);
  return way;
}

async function prepareParent({ path: parent, files }: TrustedPath, environment: SiteEnvironment): Promise<void> {
  try {
    const isRoot = isRootOnWindows(parent, environment);
    const folder = isRoot ? dirname(parent) : parent;
    if (environment.platform === 'win32') await makeAboveOnWindows(folder, environment);
    else files.mkdirSync(folder, { recursive: true, mode: 0o755 });
    if (isRoot) await prepareRootOnWindows(parent, environment);
  } catch (caught) {
    if (caught instanceof SyncError) throw caught;
    throw notWritable(parent, caught);
  }
}

interface BuildParts {
  readonly access: SiteAccess;
  readonly environment: SiteEnvironment;
  readonly join: SiteJoin | undefined;
  readonly type: SiteType | undefined;
  readonly content?: SiteContent | undefined;
}

async function buildAside(way: TrustedPath, description: SiteDescription, parts: BuildParts): Promise<void> {
  const { access, environment } = parts;
  const aside = path.join(dirname(way.path), `.${basename(way.path)}.${environment.randomHex(6)}.tmp`);
  let made: NewFolder | undefined;
  try {
    made = makeFolder({ path: aside, files: way.files });
    await grantOnWindows(aside, access, environment);
    await fill(made, description, parts);
    if (parts.content !== undefined) await parts.content(await openMade(made));
    await shareOnWindows(made, access, environment);
    grantElsewhere(made, access);
    await putInPlace(aside, way, environment);
  } catch (caught) {
    if (made !== undefined) cleanUp(made, way.files);
    throw caught instanceof SyncError ? caught : notWritable(dirname(way.path), caught);
  }
}

/** For this account alone until it is finished. */
function makeFolder({ path: folder, files: around }: TrustedPath): NewFolder {
  around.mkdirSync(folder, { mode: 0o700 });
  const files = folderFiles(folder);
  const found = files.lstatSync(folder);
  // Whoever may exchange names above it could have put another folder there.
  const userId = process.geteuid?.();
  const reason = userId === undefined ? undefined : distrust(found, { userId, sharedGroup: undefined });
  if (reason !== undefined || files.readdirSync(folder).length > 0)
    throw new SyncError('SiteFolderNotTrusted', {
      path: folder,
      reason: reason ?? 'something is in it already',
    });
  return { folder, files, identity: { dev: found.dev, ino: found.ino } };
}

/** What goes into a site must not go into another folder that was put in its place. */
async function openMade({ folder, identity }: NewFolder): Promise<SiteFolder> {
  const site = await openSite(folder);
  if (!isSameFolder(site.identity, identity)) throw exchanged(folder);
  return site;
}

/** What failed before counts, not what the cleaning up meets. */
function cleanUp(made: NewFolder, around: FolderFiles): void {
  try {
    remove(made, around);
  } catch (caught) {
    if (!(caught instanceof SyncError) && systemErrorCode(caught) === '') throw caught;
  }
}

/** Of the folder that was made, and no other in its place; what it was given to meanwhile may have gone on. */
function remove({ folder, identity }: NewFolder, around: FolderFiles): void {
  if (!around.existsSync(folder)) return;
  const files = folderFiles(folder, { identity });
  for (const name of files.readdirSync(folder)) files.rmSync(path.join(folder, name), { recursive: true, force: true });
  around.rmdirSync(folder);
}

interface NewFolder {
  readonly folder: string;
  readonly files: FolderFiles;
  /** Which folder it is, whatever stands under its name later. */
  readonly identity: FolderIdentity;
}

async function fill(made: NewFolder, description: SiteDescription, parts: BuildParts): Promise<void> {
  const pipe: SitePipe = {
    pipeName: `configmgrsync-${parts.environment.randomHex(16)}`,
    secret: parts.environment.randomHex(32),
  };
  for (const name of [SITE_FILES.database, SITE_FILES.documents, SITE_FILES.logs, SITE_FILES.transfer])
    made.files.mkdirSync(path.join(made.folder, name), { mode: 0o700 });
  writePrivate(made, SITE_FILES.pipe, jsonText(pipe));
  // Late, because it spends the token: only little can fail afterwards.
  const joined = await parts.join?.join({ ...description, type: parts.type, secret: pipe.secret });
  if (joined !== undefined) writePrivate(made, SITE_FILES.parent, joined.parentRecord);
  const parentSiteCode = parts.join?.parentSiteCode ?? description.parentSiteCode;
  const type = joined?.type ?? parts.type ?? 'Primary';
  writePrivate(made, SITE_FILES.description, jsonText({ ...description, parentSiteCode, type }));
}

function jsonText(content: SiteDescription | SitePipe): string {
  return `${JSON.stringify(content, null, 2)}\n`;
}

function writePrivate({ folder, files }: NewFolder, name: string, text: string): void {
  const descriptor = files.openSync(path.join(folder, name), 'wx', 0o600);
  try {
    files.writeSync(descriptor, text);
    files.fsyncSync(descriptor);
  } finally {
    files.closeSync(descriptor);
  }
}

async function putInPlace(
  aside: string,
  { path: target, files }: TrustedPath,
  environment: SiteEnvironment,
): Promise<void> {
  // Only an empty folder can stand here; Windows does not rename over one.
  if (environment.platform === 'win32' && isEmptyFolder(files, target)) files.rmdirSync(target);
  try {
    const rename = (from: string, to: string): void => files.renameSync(from, to);
    await renameWithRetry(aside, target, { platform: environment.platform, rename });
  } catch (caught) {
    if (['ENOTEMPTY', 'EEXIST', 'ENOTDIR'].includes(systemErrorCode(caught)))
      throw new SyncError('SiteExists', { path: target }, { cause: caught });
    throw caught;
  }
}

function isEmptyFolder(files: FolderFiles, folder: string): boolean {
  return files.existsSync(folder) && files.readdirSync(folder).length === 0;
}

function notWritable(folder: string, caught: unknown): SyncError {
  return new SyncError('SiteFolderNotWritable', { path: folder, reason: reasonOf(caught) }, { cause: caught });
}
