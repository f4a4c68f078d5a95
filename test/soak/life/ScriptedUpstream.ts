import { SyncError } from '../../../server/errors/SyncError.js';
import { identityKey, type UpdateIdentity } from '../../../server/metadata/UpdateIdentity.js';
import type {
  ContentFile,
  DocumentBatch,
  FailedDocument,
  Source,
  SourceConfig,
  SourceDocument,
} from '../../../server/upstream/Source.js';
import type { RevisionFilter, RevisionList } from '../../../server/wire/getRevisionIdList.js';
import { updateDocument, type DocumentParts } from '../../fixtures/updateDocuments.js';
import { anchorOf, timeOfAnchor } from './anchors.js';
import { listUpdates } from './listUpdates.js';

/** A revision that the upstream has: what it says, when it came or changed there (ms), and whether it can be had. */
export interface UpstreamDocument {
  readonly parts: DocumentParts;
  readonly identity: UpdateIdentity;
  readonly isConfig: boolean;
  readonly changed: number;
  readonly delivery: 'good' | 'broken' | 'missing';
}

/** What a backup of the upstream holds. */
export type Backup = ReadonlyMap<string, UpstreamDocument>;

/**
 * A WSUS server as a script sees it: revisions are put into it, taken out and put back at times of its own clock, and
 * lists are answered from its anchors in the Windows form. What it was asked is written down.
 */
export class ScriptedUpstream implements Source {
  readonly name = 'scripted.test';
  readonly filters: RevisionFilter[] = [];
  readonly asked: string[] = [];
  readonly related: string[] = [];
  /** Lists name the children of bundles beside them; else whoever asks has to find them in the bundles. */
  listsChildren = true;
  batchSize = 7;
  clock = 0;
  #documents = new Map<string, UpstreamDocument>();
  readonly #highest = new Map<string, number>();
  #lastChange = 0;
  #counter = 1;
  #isReplaced = false;

  get documents(): readonly UpstreamDocument[] {
    return [...this.#documents.values()];
  }

  /** When anything last changed. */
  get lastChange(): number {
    return this.#lastChange;
  }

  get isReplaced(): boolean {
    return this.#isReplaced;
  }

  put(...all: readonly DocumentParts[]): void {
    for (const parts of all) {
      const identity = { updateId: parts.id, revisionNumber: parts.revision ?? 1 };
      const isConfig = parts.type === 'Category' || parts.type === 'Detectoid';
      this.#highest.set(parts.id, Math.max(this.#highest.get(parts.id) ?? 0, identity.revisionNumber));
      this.#documents.set(identityKey(identity), {
        parts,
        identity,
        isConfig,
        changed: this.#tick(),
        delivery: 'good',
      });
    }
  }

  /** A new revision: the current one with changes. Numbers are never given twice, also not after a restore. */
  revise(id: string, changes: Partial<DocumentParts> = {}): DocumentParts {
    const current = currentOf(this.documents.filter((document) => document.identity.updateId === id))[0];
    if (current === undefined) throw new Error(`${id} is not offered`);
    const parts = { ...current.parts, revision: (this.#highest.get(id) ?? 1) + 1, ...changes };
    this.put(parts);
    return parts;
  }

  /** Forgets all revisions of an update or category. */
  drop(...ids: readonly string[]): void {
    this.#tick();
    for (const [key, document] of this.#documents)
      if (ids.includes(document.identity.updateId)) this.#documents.delete(key);
  }

  /** How the document of a revision is delivered from now on; its place in the lists does not change. */
  deliver(key: string, delivery: UpstreamDocument['delivery']): void {
    const document = this.#documents.get(key);
    if (document === undefined) throw new Error(`${key} is not offered`);
    this.#documents.set(key, { ...document, delivery });
  }

  repairAll(): void {
    for (const key of this.#documents.keys()) this.deliver(key, 'good');
  }

  backup(): Backup {
    return new Map(this.#documents);
  }

  /** The state of the backup, its times included: what came since is unknown and the anchors go back. */
  restore(backup: Backup): void {
    this.#documents = new Map(backup);
    this.#lastChange = Math.max(0, ...this.documents.map((document) => document.changed));
  }

  /**
   * Another server with the same documents: all of them are new to it, and it does not know its predecessor's cookies.
   */
  replace(): void {
    this.#counter = 1;
    this.#isReplaced = true;
    for (const [key, document] of this.#documents) this.#documents.set(key, { ...document, changed: this.#tick() });
  }

  forgetCalls(): void {
    for (const calls of [this.filters, this.asked, this.related]) calls.length = 0;
  }

  async open(): Promise<SourceConfig> {
    return Promise.resolve({
      protocolVersion: '1.20',
      maxUpdatesPerRequest: this.batchSize,
      configAnchor: '',
      languages: [],
    });
  }

  async listRevisions(filter: RevisionFilter): Promise<RevisionList> {
    if (this.#isReplaced) {
      this.#isReplaced = false;
      return Promise.reject(new SyncError('UpstreamServerChanged', { url: this.name }));
    }
    this.filters.push(structuredClone(filter));
    const since = timeOfAnchor(filter.anchor);
    const config = this.documents.filter((document) => document.isConfig && document.changed > since);
    const revisions = (
      filter.config
        ? currentOf(config)
        : listUpdates(this.documents, filter, { since, listsChildren: this.listsChildren })
    ).map((document) => document.identity);
    return Promise.resolve({ anchor: anchorOf(this.#counter, this.#lastChange), revisions });
  }

  async relatedRevisions(updateIds: readonly string[]): Promise<readonly UpdateIdentity[]> {
    this.related.push(...updateIds);
    return Promise.resolve(
      currentOf(this.documents.filter((document) => updateIds.includes(document.identity.updateId))).map(
        (document) => document.identity,
      ),
    );
  }

  async fetchDocuments(identities: readonly UpdateIdentity[]): Promise<DocumentBatch> {
    const documents: SourceDocument[] = [];
    const failed: FailedDocument[] = [];
    for (const identity of identities) {
      const key = identityKey(identity);
      this.asked.push(key);
      const document = this.#documents.get(key);
      if (document === undefined || document.delivery === 'missing')
        failed.push({ identity, errorId: 'DocumentMissing', reason: 'it was not delivered' });
      else
        documents.push({
          identity,
          xml: document.delivery === 'broken' ? Buffer.from('<broken') : updateDocument(document.parts),
        });
    }
    return Promise.resolve({ documents, fileUrls: [], failed });
  }

  async fetchFile(file: ContentFile): Promise<Uint8Array> {
    return Promise.reject(
      new SyncError('ContentMissing', { file: file.fileName, url: this.name, reason: 'there are no files' }),
    );
  }

  async close(): Promise<void> {
    return Promise.resolve();
  }

  #tick(): number {
    this.#counter += 1;
    this.#lastChange = Math.max(this.#lastChange + 1, this.clock);
    return this.#lastChange;
  }
}

/** The highest revision of each id. */
export function currentOf(documents: readonly UpstreamDocument[]): readonly UpstreamDocument[] {
  return documents.filter(
    (one) =>
      !documents.some(
        (other) =>
          other.identity.updateId === one.identity.updateId &&
          other.identity.revisionNumber > one.identity.revisionNumber,
      ),
  );
}
