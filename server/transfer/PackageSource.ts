import { SyncError } from '../errors/SyncError.js';
import { identityKey } from '../metadata/UpdateIdentity.js';
import type { UpdateIdentity } from '../metadata/UpdateIdentity.js';
import type { ContentFile, DocumentBatch, Source, SourceConfig } from '../upstream/Source.js';
import type { FilterEntry } from '../wire/fields.js';
import type { RevisionFilter, RevisionList } from '../wire/getRevisionIdList.js';
import type { SourceFileUrl } from '../wire/getUpdateData.js';
import type { PackageDocument, PackageManifest, WsusPackage } from './package.js';
import type { PackageSurvey } from './surveyPackage.js';

/**
 * Finds documents in a package that can only be read front to back: whoever asks in the order of the package costs one
 * pass in all.
 */
class DocumentCursor {
  readonly #package: WsusPackage;
  #documents: AsyncGenerator<PackageDocument, void, undefined> | undefined;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(wsusPackage: WsusPackage) {
    this.#package = wsusPackage;
  }

  /**
   * The documents of these keys (`guid.revision`), which are all in the package; askers are served one after the other.
   */
  async find(keys: ReadonlySet<string>, signal: AbortSignal): Promise<ReadonlyMap<string, PackageDocument>> {
    const found = this.#turn.then(async () => this.#find(keys, signal));
    this.#turn = found.catch(() => undefined);
    return found;
  }

  async close(): Promise<void> {
    await this.#turn;
    await this.#documents?.return();
  }

  async #find(keys: ReadonlySet<string>, signal: AbortSignal): Promise<Map<string, PackageDocument>> {
    const found = new Map<string, PackageDocument>();
    await this.#read(keys, found, signal);
    if (found.size < keys.size) {
      // What was asked for lies behind: once more from the beginning.
      await this.#documents?.return();
      this.#documents = undefined;
      await this.#read(keys, found, signal);
    }
    return found;
  }

  async #read(keys: ReadonlySet<string>, found: Map<string, PackageDocument>, signal: AbortSignal): Promise<void> {
    this.#documents ??= this.#package.documents();
    while (found.size < keys.size && !signal.aborted) {
      const { value, done } = await this.#documents.next();
      if (done === true) return;
      const key = identityKey(value.identity);
      if (keys.has(key)) found.set(key, value);
    }
  }
}

const BATCH = 100;

/** An exported catalogue as a source: what its survey has found readable, in its order. */
export class PackageSource implements Source {
  readonly name: string;
  readonly #package: WsusPackage;
  readonly #survey: Pick<PackageSurvey, 'configuration' | 'updates'>;
  readonly #cursor: DocumentCursor;

  constructor(wsusPackage: WsusPackage, survey: Pick<PackageSurvey, 'configuration' | 'updates'>, name: string) {
    this.name = name;
    this.#package = wsusPackage;
    this.#survey = survey;
    this.#cursor = new DocumentCursor(wsusPackage);
  }

  async open(_configAnchor: string, signal: AbortSignal): Promise<SourceConfig> {
    refuseCancelled(signal);
    const { header, languages } = this.#package;
    return Promise.resolve({
      protocolVersion: header.protocolVersion,
      maxUpdatesPerRequest: BATCH,
      configAnchor: this.#anchor(),
      languages,
    });
  }

  async listRevisions(filter: RevisionFilter, signal: AbortSignal): Promise<RevisionList> {
    refuseCancelled(signal);
    const anchor = this.#anchor();
    if (filter.anchor === anchor) return Promise.resolve({ anchor, revisions: [] });
    return Promise.resolve({
      anchor,
      revisions: filter.config ? this.#survey.configuration : this.#updatesOf(filter),
    });
  }

  async relatedRevisions(updateIds: readonly string[], signal: AbortSignal): Promise<readonly UpdateIdentity[]> {
    refuseCancelled(signal);
    const wanted = new Set(updateIds.map((id) => id.toLowerCase()));
    const current = new Map<string, UpdateIdentity>();
    for (const identity of [...this.#survey.configuration, ...this.#survey.updates]) {
      const known = current.get(identity.updateId);
      if (wanted.has(identity.updateId) && (known === undefined || known.revisionNumber < identity.revisionNumber))
        current.set(identity.updateId, identity);
    }
    return Promise.resolve([...current.values()]);
  }

  async fetchDocuments(identities: readonly UpdateIdentity[], signal: AbortSignal): Promise<DocumentBatch> {
    refuseCancelled(signal);
    const found = await this.#cursor.find(
      new Set(identities.map(identityKey).filter((key) => this.#package.updates.has(key))),
      signal,
    );
    refuseCancelled(signal);
    const documents = identities.flatMap((identity) => found.get(identityKey(identity)) ?? []);
    const missing = identities.filter((identity) => !found.has(identityKey(identity)));
    return {
      documents,
      fileUrls: packagedUrls(this.#package, documents),
      failed: missing.map((identity) => ({
        identity,
        errorId: 'DocumentMissing',
        reason: `The package does not hold ${identityKey(identity)}`,
      })),
    };
  }

  async fetchFile(file: ContentFile): Promise<Uint8Array> {
    return Promise.reject(
      new SyncError('ContentMissing', {
        file: file.fileName,
        url: this.name,
        reason: 'a package contains metadata and no content',
      }),
    );
  }

  async close(): Promise<void> {
    await this.#cursor.close();
    await this.#package.close();
  }

  #anchor(): string {
    return this.#package.header.creationTime;
  }

  #updatesOf(filter: RevisionFilter): readonly UpdateIdentity[] {
    const { updates } = this.#survey;
    const isEverything = filter.categories.length + filter.classifications.length === 0;
    return isEverything ? updates : updates.filter((identity) => this.#matches(identity, filter));
  }

  /**
   * As an upstream decides: one of the categories and one of the classifications; lists that are empty select
   * everything.
   */
  #matches(identity: UpdateIdentity, { categories, classifications }: RevisionFilter): boolean {
    const listed = this.#package.updates.get(identityKey(identity));
    return isAmong(listed?.categories, categories) && isAmong(listed?.classifications, classifications);
  }
}

/** The addresses that package.xml has for the files of these updates. */
export function packagedUrls(
  { updates, files }: Pick<PackageManifest, 'updates' | 'files'>,
  documents: readonly Pick<PackageDocument, 'identity'>[],
): SourceFileUrl[] {
  const listed = documents.map(({ identity }) => updates.get(identityKey(identity)));
  const digests = new Set(listed.flatMap((update) => update?.digests ?? []));
  return [...digests]
    .map((digest) => ({ digest, muUrl: files.get(digest) ?? '', ussUrl: '' }))
    .filter(({ muUrl }) => muUrl !== '');
}

function isAmong(ids: readonly string[] | undefined, entries: readonly FilterEntry<string>[]): boolean {
  return entries.length === 0 || entries.some(({ id }) => ids?.includes(id.toLowerCase()) === true);
}

function refuseCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw new SyncError('Cancelled', { what: 'Reading the package' });
}
