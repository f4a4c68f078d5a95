import { chmod, mkdir, readdir, rm, rmdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { reasonOf, SyncError } from '../errors/SyncError.js';
import { renameWithRetry } from '../platform/replaceFile.js';
import { systemErrorCode } from '../platform/systemErrorCode.js';
import { checkSiteCode } from './checkSiteCode.js';
import { checkSiteTarget } from './checkSiteTarget.js';
import { grantAccess, prepareAccess, type SiteAccess } from './grantAccess.js';
import { openSite } from './openSite.js';
import type { SiteEnvironment } from './SiteEnvironment.js';
import { type SiteDescription, siteFiles, type SiteFolder, type SitePipe } from './SiteFolder.js';
import { siteRoot } from './siteRoot.js';

/** What the caller chooses about a new site. */
export interface NewSite {
  readonly requestId: string;
  readonly siteCode: string;
  readonly siteName?: string | undefined;
  readonly type?: string | undefined;
  /** The site folder; without one a folder named as the site code under the root. */
  readonly path?: string | undefined;
  readonly operators?: readonly string[] | undefined;
}

/** Makes a site folder as a whole: it appears complete, with its permissions, or not at all. */
export async function createSite(wanted: NewSite, environment: SiteEnvironment): Promise<SiteFolder> {
  const type = wanted.type ?? 'Primary';
  if (type !== 'Primary') throw new SyncError('SiteTypeUnsupported', { type });
  const siteCode = checkSiteCode(wanted.siteCode);
  const target = resolve(wanted.path ?? join(siteRoot(environment), siteCode));
  const access = await prepareAccess(wanted.operators ?? [], environment);
  const earlier = await madeByThisRequest(target, wanted.requestId);
  if (earlier !== undefined) return earlier;
  await prepareParent(dirname(target));
  await checkSiteTarget(target, environment);
  await buildAside(target, describe({ ...wanted, siteCode }, environment), { access, environment });
  return openSite(target);
}

function describe(wanted: NewSite, environment: SiteEnvironment): SiteDescription {
  return {
    siteCode: wanted.siteCode,
    siteName: wanted.siteName ?? wanted.siteCode,
    type: 'Primary',
    created: environment.now().toISOString(),
    serverName: environment.serverName,
    siteGuid: environment.newGuid(),
    requestId: wanted.requestId,
    operators: wanted.operators ?? [],
  };
}

async function madeByThisRequest(target: string, requestId: string): Promise<SiteFolder | undefined> {
  try {
    const site = await openSite(target);
    return site.requestId === requestId ? site : undefined;
  } catch (caught) {
    // Whatever else stands there is judged by checkSiteTarget.
    if (caught instanceof SyncError) return undefined;
    throw caught;
  }
}

async function prepareParent(parent: string): Promise<void> {
  try {
    await mkdir(parent, { recursive: true, mode: 0o755 });
  } catch (caught) {
    throw notWritable(parent, caught);
  }
}

async function buildAside(target: string, description: SiteDescription, parts: { access: SiteAccess; environment: SiteEnvironment }): Promise<void> {
  const { access, environment } = parts;
  const aside = join(dirname(target), `.${basename(target)}.${environment.randomHex(6)}.tmp`);
  try {
    await mkdir(aside, { mode: 0o700 });
    // Permissions first: the secret is never written where others can read.
    await grantAccess(aside, access);
    await fill(aside, description, { access, environment });
    await putInPlace(aside, target, environment);
  } catch (caught) {
    await rm(aside, { recursive: true, force: true });
    throw caught instanceof SyncError ? caught : notWritable(dirname(target), caught);
  }
}

async function fill(folder: string, description: SiteDescription, parts: { access: SiteAccess; environment: SiteEnvironment }): Promise<void> {
  const pipe: SitePipe = { pipeName: `configmgrsync-${parts.environment.randomHex(16)}`, secret: parts.environment.randomHex(32) };
  for (const name of [siteFiles.database, siteFiles.documents, siteFiles.logs, siteFiles.transfer]) {
    await mkdir(join(folder, name));
    await chmod(join(folder, name), parts.access.folderMode);
  }
  await writePrivate(join(folder, siteFiles.description), description, parts.access);
  await writePrivate(join(folder, siteFiles.pipe), pipe, parts.access);
}

async function writePrivate(path: string, content: SiteDescription | SitePipe, access: SiteAccess): Promise<void> {
  await writeFile(path, `${JSON.stringify(content, null, 2)}\n`, { flag: 'wx', mode: access.fileMode, flush: true });
  await chmod(path, access.fileMode);
}

async function putInPlace(aside: string, target: string, environment: SiteEnvironment): Promise<void> {
  // Only an empty folder can stand here; Windows does not rename over one.
  if (environment.platform === 'win32' && (await isEmptyFolder(target))) await rmdir(target);
  try {
    await renameWithRetry(aside, target, { platform: environment.platform });
  } catch (caught) {
    if (['ENOTEMPTY', 'EEXIST', 'ENOTDIR'].includes(systemErrorCode(caught))) throw new SyncError('SiteExists', { path: target }, { cause: caught });
    throw caught;
  }
}

async function isEmptyFolder(path: string): Promise<boolean> {
  const entries = await readdir(path).catch(() => undefined);
  return entries?.length === 0;
}

function notWritable(path: string, caught: unknown): SyncError {
  return new SyncError('SiteFolderNotWritable', { path, reason: reasonOf(caught) }, { cause: caught });
}
