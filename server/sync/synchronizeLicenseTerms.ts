import { SyncError } from '../errors/SyncError.js';
import { identityKey, type UpdateIdentity } from '../metadata/UpdateIdentity.js';
import type { EulaFile } from '../metadata/UpdateMetadata.js';
import { readUpdateDocument } from '../metadata/readUpdateDocument.js';
import { turn } from '../platform/inTurns.js';
import type { ComponentSettings } from '../state/ComponentSettings.js';
import { readState, STATE, storeState } from '../state/siteState.js';
import type { LicensedRevision } from '../store/SiteDatabase.js';
import type { ContentFile } from '../upstream/Source.js';
import type { SyncContext } from './SyncContext.js';
import { inFlight } from './inFlight.js';
import type { KnownTerms } from './readBatch.js';

const SHA1_BYTES = 20;

/**
 * Downloads the licence terms of updates that are new since the last run, in a full one or for other languages of all
 * that are not expired, and tries again what could not be had before. `known`: terms of documents that were just
 * fetched. What is still missing makes the run end with 6708; the updates themselves are there.
 * @returns how many are missing
 */
export async function synchronizeLicenseTerms(
  context: SyncContext,
  { summaryLanguages }: Pick<ComponentSettings, 'summaryLanguages'>,
  known: KnownTerms = new Map(),
): Promise<number> {
  const { database } = context;
  const before = (await readState(database, STATE.licenseTermsPending)) ?? [];
  const languages = [...summaryLanguages].sort().join();
  const isWhole = context.recorder.isFull || (await readState(database, STATE.licenseTermsLanguages)) !== languages;
  const from = isWhole ? 1 : ((await readState(database, STATE.licenseTermsFrom)) ?? 1);
  const next = (await database.nextIds()).revision;
  const fresh: ContentFile[] = [];
  if (next !== from)
    for (const revision of await database.licensedRevisions(from)) {
      const files = known.get(identityKey(revision)) ?? (await termsIn(context, revision));
      for (const file of termsToFetch(revision, files, summaryLanguages)) fresh.push(file);
      await turn();
    }
  const pending = await download(context, unique([...(isWhole ? [] : await stillWanted(context, before)), ...fresh]));
  await storeState(database, {
    licenseTermsFrom: next,
    licenseTermsLanguages: languages,
    licenseTermsPending: pending,
  });
  return pending.length;
}

/** Terms of a revision that is outdated, and of an update that is expired, are not missed any more. */
async function stillWanted(
  { database }: Pick<SyncContext, 'database'>,
  pending: readonly ContentFile[],
): Promise<readonly ContentFile[]> {
  if (pending.length === 0) return [];
  const wanted = new Set((await database.licensedRevisions(1)).map(identityKey));
  return pending.filter((file) => wanted.has(identityKey(file.identity)));
}

/** What a document that was fetched before says of its licence terms. */
async function termsIn(
  { documents }: Pick<SyncContext, 'documents'>,
  revision: LicensedRevision,
): Promise<readonly EulaFile[]> {
  const document = await documents.read(revision.location);
  return readUpdateDocument(document, identityKey(revision), { wantsLanguage: () => false }).eulaFiles;
}

/** The files of licence terms of a revision that are wanted. */
export function termsToFetch(
  { updateId, revisionNumber }: UpdateIdentity,
  files: readonly EulaFile[],
  languages: readonly string[],
): ContentFile[] {
  const identity = { updateId, revisionNumber };
  return inLanguages(files, languages).map(({ fileName, digest }) => ({ identity, fileName, digest }));
}

/** The files of the wanted languages, else English, else all there are; a digest that is no SHA-1 names no file. */
function inLanguages(files: readonly EulaFile[], languages: readonly string[]): readonly EulaFile[] {
  const usable = files.filter((file) => Buffer.from(file.digest, 'base64').length === SHA1_BYTES);
  const wanted = usable.filter((file) => languages.includes(file.language));
  const english = usable.filter((file) => file.language === 'en');
  return [wanted, english, usable].find((choice) => choice.length > 0) ?? [];
}

/** Downloads at once: each is a small file and waits for the upstream. */
const AT_ONCE = 4;

/** Gives what could not be had. */
async function download(context: SyncContext, files: readonly ContentFile[]): Promise<readonly ContentFile[]> {
  const pending: ContentFile[] = [];
  let reason = '';
  const work = async (file: ContentFile, signal: AbortSignal): Promise<string> => downloadTerms(context, file, signal);
  for await (const { input, output, end } of inFlight(files, { limit: () => AT_ONCE, signal: context.signal, work })) {
    end();
    if (output === '') continue;
    context.log.write(
      `The Microsoft Software License Terms of update ${input.identity.updateId} have not been completely ` +
        `downloaded: ${output}`,
    );
    pending.push(input);
    reason ||= output;
  }
  const [first] = pending;
  if (first !== undefined) warnOfPending(context, { count: pending.length, first, reason });
  return pending;
}

/** A success without them (6708) is none that nothing is missing of. */
function warnOfPending(
  { recorder, imported, isStoredOnly }: Pick<SyncContext, 'recorder' | 'imported' | 'isStoredOnly'>,
  { count, first, reason }: { readonly count: number; readonly first: ContentFile; readonly reason: string },
): void {
  const what =
    count === 1
      ? `The licence terms of update ${first.identity.updateId} could`
      : `${count.toLocaleString('en')} files of licence terms, first that of update ${first.identity.updateId}, could`;
  const next =
    imported === undefined && !isStoredOnly
      ? 'Every synchronization tries again'
      : 'Only a synchronization from an upstream server brings them';
  const where = 'wsyncmgr.log names each (Get-CMSyncLog)';
  const text = `${what} not be downloaded: ${reason.replace(/\.$/, '')}. ${next}; ${where}.`;
  recorder.warn(`WARNING: ${text}`, text);
}

/** Gives why a file could not be had, '' where it is there. */
export async function downloadTerms(
  { licenseTerms, source }: Pick<SyncContext, 'licenseTerms' | 'source'>,
  file: ContentFile,
  signal: AbortSignal,
): Promise<string> {
  signal.throwIfAborted();
  if ((await licenseTerms.read(file.digest)) !== undefined) return '';
  try {
    await licenseTerms.write(file.digest, await source.fetchFile(file, signal));
    return '';
  } catch (error) {
    if (!(error instanceof SyncError) || error.errorId === 'Cancelled' || error.errorId === 'StoreWriteFailed')
      throw error;
    return error.message;
  }
}

function unique(files: readonly ContentFile[]): readonly ContentFile[] {
  return [...new Map(files.map((file) => [file.digest, file])).values()];
}
