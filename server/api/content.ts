import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import {
  type ContentFileOf,
  contentFilesOf,
  type ContentSource,
  contentSourceOf,
  contentUrls,
  createDownloader,
} from '../content/contentFiles.js';
import type {
  ContentFileInfo,
  ContentListRequest,
  ContentListResult,
  ContentSaveRequest,
  ContentSaveResult,
  SavedFile,
} from '../contract/generated/types.js';
import { SyncError, toSyncError } from '../errors/SyncError.js';
import { type FolderFiles, plainFiles } from '../platform/files/folderFiles.js';
import { removeAfterFailure, renameWithRetry } from '../platform/files/heldFiles.js';
import { isSafeFileName } from '../platform/safeFileName.js';
import { filesOf } from '../site/SiteFolder.js';
import type { SiteContext } from '../state/SiteContext.js';
import type { UpdateRow } from '../store/rows.js';
import { type ContentDownloader, type Download, isContentFile } from '../upstream/ContentDownloader.js';
import { abortableSleep } from '../upstream/Retrier.js';
import { contentFileName, digestHex } from '../upstream/contentAddress.js';
import type { RequestContext } from '../rpc/requests.js';
import type { ServiceParts } from './ServiceParts.js';
import { languageCode } from './changeLanguages.js';

/** How updates are named: by CI_IDs, by CI_UniqueIDs or by title; upgrades too. */
export interface UpdateNames {
  readonly ciIds?: readonly number[] | undefined;
  readonly uniqueIds?: readonly string[] | undefined;
  readonly names?: readonly string[] | undefined;
  readonly wildcard?: boolean | undefined;
}

const GUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * The software updates that are named, each once, by CI_ID.
 * @throws SyncError UpdateNotFound for a name without an update, ContradictoryParameters when nothing is named
 */
async function findUpdates(
  { database }: SiteContext,
  { ciIds = [], uniqueIds = [], names = [], wildcard = false }: UpdateNames,
): Promise<UpdateRow[]> {
  if (ciIds.length + uniqueIds.length + names.length === 0)
    throw new SyncError('ContradictoryParameters', { reason: 'Give updates by CI_ID, by CI_UniqueID or by name' });
  const found = new Map<number, UpdateRow>();
  const take = (rows: readonly UpdateRow[], name: number | string): void => {
    if (rows.length === 0) throw new SyncError('UpdateNotFound', { id: name });
    for (const row of rows) found.set(row.ciId, row);
  };
  for (const ciId of ciIds) take(await database.updates({ ciId, wildcard: false }), ciId);
  for (const uniqueId of uniqueIds) {
    // A model name (Site_x/SUM_guid) ends with the id too.
    const updateId = GUID.exec(uniqueId)?.[0].toLowerCase() ?? '';
    const key = updateId === '' ? undefined : (await database.updateKeys([updateId])).get(updateId);
    const row = key === undefined ? undefined : (await database.softwareUpdatesByUpdate([key])).get(key);
    take(row === undefined ? [] : await database.updates({ ciId: row.ciId, wildcard: false }), uniqueId);
  }
  for (const name of names) take(await database.updates({ name, wildcard }), name);
  return [...found.values()].sort((a, b) => a.ciId - b.ciId);
}

/**
 * `content/list`: the files of the named updates, as their documents tell them.
 * @throws SyncError UpdateNotFound, ContradictoryParameters
 */
export async function listContent({ context }: ServiceParts, params: ContentListRequest): Promise<ContentListResult> {
  const source = await contentSourceOf(context);
  const files: ContentFileInfo[] = [];
  for (const update of await findUpdates(context, params)) {
    for (const file of await contentFilesOf(context, update))
      files.push(toContentFile(file, source, context.site.siteGuid));
  }
  return { files };
}

/** SMS_CIContentFiles (configmgr.md section 2.2), then ours. */
function toContentFile(content: ContentFileOf, source: ContentSource, siteGuid: string): ContentFileInfo {
  const { update, identity, revisionId, languages, file } = content;
  const address = contentUrls(content, source)[0]?.href ?? '';
  return {
    CI_UniqueID: update.updateId,
    ContentID: revisionId,
    FileName: file.fileName,
    FileHash: digestHex(file.digest),
    FileSize: file.size,
    FileVersion: '',
    ImportPath: '',
    IsSigned: false,
    LanguageID: 0,
    SourceURL: address,
    ModelName: `Site_${siteGuid}/SUM_${update.updateId}`,
    ObjectTypeID: 1,
    CI_ID: update.ciId,
    ContentUniqueID: identity.updateId,
    ContentVersion: identity.revisionNumber,
    ContentLocales: [...languages],
    FileHashSHA256: digestHex(file.sha256),
    DateModified: isoOf(file.modified),
    PatchingType: file.patchingType,
  };
}

function isoOf(text: string): string | null {
  const date = new Date(/(Z|[+-]\d\d:\d\d)$/.test(text) ? text : `${text}Z`);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

const PACKAGES = 'Packages';

/** What saving one file needs. */
interface Saving {
  readonly params: ContentSaveRequest;
  readonly folder: string;
  readonly files: FolderFiles;
  readonly source: ContentSource;
  readonly downloader: ContentDownloader;
  readonly signal: AbortSignal;
}

/**
 * `content/save`: brings the files of the named updates into `Packages/<name>/<update>` of the site folder, from a
 * folder or the source, each
 * verified. What already exists stays, so that another request for them goes on. A file that fails does not keep the
 * others.
 * @throws SyncError UpdateNotFound, UnknownLanguage, ContradictoryParameters, Cancelled, StoreWriteFailed
 */
export async function saveContent(
  { context }: ServiceParts,
  params: ContentSaveRequest,
  { signal }: Pick<RequestContext, 'signal'>,
): Promise<ContentSaveResult> {
  if (!isSafeFileName(params.packageName))
    throw new SyncError('ContradictoryParameters', { reason: `${params.packageName} cannot be the name of a folder` });
  const languages = params.languages?.map(languageCode);
  const updates = await findUpdates(context, params);
  const folder = path.join(context.site.path, PACKAGES, params.packageName);
  const { source, downloader } = await createDownloader(context);
  const saved: SavedFile[] = [];
  try {
    for (const update of updates) {
      const wanted = (await contentFilesOf(context, update)).filter((file) => isWanted(file, languages));
      for (const file of wanted)
        saved.push(await saveOne(file, { params, folder, files: filesOf(context.site), source, downloader, signal }));
    }
  } finally {
    await downloader.close();
  }
  return { folder, files: saved };
}

/** A file without languages is for all; a culture code means its regions too. */
function isWanted({ languages }: ContentFileOf, wanted: readonly string[] | undefined): boolean {
  if (wanted === undefined || wanted.length === 0 || languages.length === 0) return true;
  return languages.some((language) =>
    wanted.some(
      (code) =>
        language.toLowerCase() === code.toLowerCase() || language.toLowerCase().startsWith(`${code.toLowerCase()}-`),
    ),
  );
}

async function saveOne(content: ContentFileOf, saving: Saving): Promise<SavedFile> {
  const { file, identity, update } = content;
  const target = path.join(saving.folder, identity.updateId, fileNameOf(content));
  const shown = { CI_ID: update.ciId, FileName: file.fileName, FileSize: file.size, Path: target };
  try {
    if (await isContentFile(saving.files, target, file))
      return { ...shown, Status: 'Present', ErrorId: '', Reason: '' };
    saving.files.mkdirSync(path.dirname(target), { recursive: true });
    const isCopied = await copyFrom(saving, content, target);
    if (!isCopied) await downloadPatiently({ file, urls: contentUrls(content, saving.source), target }, saving);
    return { ...shown, Status: 'Saved', ErrorId: '', Reason: '' };
  } catch (caught) {
    const error = toSyncError(caught, `saving ${file.fileName}`);
    if (error.errorId === 'Cancelled') throw error;
    return { ...shown, Path: '', Status: 'Failed', ErrorId: error.errorId, Reason: error.message };
  }
}

/** A name that could lead out of the folder is replaced by the hash of the file, as in a content folder. */
function fileNameOf({ file }: ContentFileOf): string {
  if (isSafeFileName(file.fileName)) return file.fileName;
  return `${digestHex(file.digest)}.${/\.(\w{1,8})$/.exec(file.fileName)?.[1] ?? 'bin'}`;
}

/** From a folder that holds the files by name, or a WSUS content folder. */
async function copyFrom({ params, files }: Saving, content: ContentFileOf, target: string): Promise<boolean> {
  const { location } = params;
  if (location === undefined) return false;
  const { digest, fileName } = content.file;
  const places = [
    fileNameOf(content),
    path.join(content.identity.updateId, fileNameOf(content)),
    contentFileName(digest, fileName),
  ];
  for (const place of places) {
    if (!(await isContentFile(plainFiles, path.join(location, place), content.file))) continue;
    try {
      await copy(path.join(location, place), { files, path: `${target}.part` });
      await renameWithRetry(`${target}.part`, target, { rename: (old, name) => files.renameSync(old, name) });
    } finally {
      removeAfterFailure(files, `${target}.part`);
    }
    return true;
  }
  return false;
}

async function copy(from: string, to: { files: FolderFiles; path: string }): Promise<void> {
  const source = await plainFiles.openHandle(from, 'r');
  const target = await to.files.openHandle(to.path, 'w', 0o660);
  await pipeline(source.createReadStream(), target.createWriteStream({ flush: true }));
}

async function downloadPatiently(download: Download, { params, downloader, signal }: Saving): Promise<void> {
  for (let failures = 0; ; failures += 1) {
    try {
      await downloader.download(download, signal);
      return;
    } catch (error) {
      const isFinal =
        error instanceof SyncError && (error.errorId === 'ContentMissing' || error.errorId === 'Cancelled');
      if (isFinal || failures >= (params.retryCount ?? 0)) throw error;
      await abortableSleep((params.retryDelaySec ?? 0) * 1000, signal);
    }
  }
}
