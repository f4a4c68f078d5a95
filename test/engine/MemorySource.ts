import { SyncError } from '../../server/errors/SyncError.js';
import { identityKey, type UpdateIdentity } from '../../server/metadata/UpdateIdentity.js';
import type {
  ContentFile,
  DocumentBatch,
  FailedDocument,
  Source,
  SourceConfig,
  SourceDocument,
} from '../../server/upstream/Source.js';
import type { RevisionFilter, RevisionList } from '../../server/wire/getRevisionIdList.js';
import { updateDocument, type DocumentParts } from '../fixtures/updateDocuments.js';

interface Offered {
  readonly identity: UpdateIdentity;
  readonly isConfig: boolean;
  readonly categories: readonly string[];
  readonly sequence: number;
  xml: Uint8Array;
}

/** A scripted upstream: what it offers is put in, what it was asked is counted, and the hooks make it wait or fail. */
export class MemorySource implements Source {
  readonly name = 'memory.test';
  batchSize = 3;
  batchLimit: number | undefined;
  readonly offered = new Map<string, Offered>();
  readonly listed: RevisionFilter[] = [];
  readonly fetched: string[] = [];
  /** Content files by base64 SHA-1. */
  readonly files = new Map<string, Uint8Array>();
  readonly fetchedFiles: string[] = [];
  /** Update ids whose revisions were asked for. */
  readonly related: string[] = [];
  opened = 0;
  closed = 0;
  onOpen: () => Promise<void> = async () => Promise.resolve();
  onList: (filter: RevisionFilter) => Promise<void> = async () => Promise.resolve();
  onFile: (signal: AbortSignal) => Promise<void> = async () => Promise.resolve();
  onFetch: (identities: readonly UpdateIdentity[], signal: AbortSignal) => Promise<void> = async () =>
    Promise.resolve();
  onRelated: (updateIds: readonly string[]) => Promise<void> = async () => Promise.resolve();
  /** The error id with which every update (not category) is refused. */
  refusal = '';
  /** The error ids with which single revisions are refused, by `guid.number`. */
  refusals: ReadonlyMap<string, string> = new Map();
  /** Changes the answer before it is given. */
  reshape: (list: RevisionList) => RevisionList = (list) => list;
  #sequence = 0;

  /** The sequence number that anchors carry now. */
  get lastSequence(): number {
    return this.#sequence;
  }

  put(...documents: readonly DocumentParts[]): void {
    for (const parts of documents) {
      this.#sequence += 1;
      const identity = { updateId: parts.id, revisionNumber: parts.revision ?? 1 };
      const isConfig = parts.type === 'Category' || parts.type === 'Detectoid';
      for (const [key, offered] of this.offered)
        if (offered.identity.updateId === parts.id && (parts.revision ?? 1) > offered.identity.revisionNumber)
          this.offered.delete(key);
      this.offered.set(identityKey(identity), {
        identity,
        isConfig,
        categories: parts.categories ?? [],
        sequence: this.#sequence,
        xml: updateDocument(parts),
      });
    }
  }

  /** Replaces the bytes of a document. */
  spoil(identity: UpdateIdentity, xml: string): void {
    const offered = this.offered.get(identityKey(identity));
    if (offered === undefined) throw new Error(`${identityKey(identity)} is not offered`);
    offered.xml = Buffer.from(xml);
  }

  /** The bytes of a document as `put` makes them. */
  documentOf(parts: DocumentParts): Uint8Array {
    return updateDocument(parts);
  }

  forgetCalls(): void {
    this.listed.length = 0;
    this.fetched.length = 0;
    this.related.length = 0;
  }

  async open(): Promise<SourceConfig> {
    this.opened += 1;
    await this.onOpen();
    return { protocolVersion: '1.20', maxUpdatesPerRequest: this.batchSize, configAnchor: '', languages: [] };
  }

  async listRevisions(filter: RevisionFilter): Promise<RevisionList> {
    this.listed.push(filter);
    await this.onList(filter);
    const since = filter.anchor === '' ? 0 : Number(filter.anchor.split(',')[1]);
    const named = (entries: RevisionFilter['categories'], offered: Offered): boolean =>
      entries.some((entry) => offered.categories.includes(entry.id));
    const isAllDelta = [...filter.categories, ...filter.classifications].every((entry) => entry.delta);
    const revisions = [...this.offered.values()]
      .filter((offered) => {
        if (filter.config || offered.isConfig) return filter.config && offered.isConfig && offered.sequence > since;
        return (
          named(filter.categories, offered) &&
          named(filter.classifications, offered) &&
          (!isAllDelta || offered.sequence > since)
        );
      })
      .map((offered) => offered.identity);
    return this.reshape({ anchor: `${filter.config ? 'c' : 'u'},${this.#sequence}`, revisions });
  }

  async relatedRevisions(updateIds: readonly string[]): Promise<readonly UpdateIdentity[]> {
    this.related.push(...updateIds);
    await this.onRelated(updateIds);
    return [...this.offered.values()]
      .map((offered) => offered.identity)
      .filter((identity) => updateIds.includes(identity.updateId));
  }

  async fetchDocuments(identities: readonly UpdateIdentity[], signal: AbortSignal): Promise<DocumentBatch> {
    await this.onFetch(identities, signal);
    const documents: SourceDocument[] = [];
    const failed: FailedDocument[] = [];
    for (const identity of identities) {
      this.fetched.push(identityKey(identity));
      const offered = this.offered.get(identityKey(identity));
      if (this.refusal !== '' && offered?.isConfig === false)
        failed.push({ identity, errorId: this.refusal, reason: 'refused' });
      else if (this.refusals.has(identityKey(identity)))
        failed.push({ identity, errorId: this.refusals.get(identityKey(identity)) ?? '', reason: 'refused' });
      else if (offered === undefined) failed.push({ identity, errorId: 'DocumentInvalid', reason: 'not offered' });
      else documents.push({ identity, xml: offered.xml });
    }
    return { documents, fileUrls: [], failed };
  }

  async fetchFile(file: ContentFile, signal: AbortSignal): Promise<Uint8Array> {
    await this.onFile(signal);
    const bytes = this.files.get(file.digest);
    if (bytes === undefined)
      return Promise.reject(
        new SyncError('ContentMissing', { file: file.fileName, url: this.name, reason: 'it is not there' }),
      );
    this.fetchedFiles.push(file.fileName);
    return Promise.resolve(bytes);
  }

  async close(): Promise<void> {
    this.closed += 1;
    return Promise.resolve();
  }
}
