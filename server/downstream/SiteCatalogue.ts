import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { LANGUAGES } from '../criteria/languages.js';
import type { UpdateIdentity } from '../metadata/UpdateIdentity.js';
import { catalogueId, completedChange } from '../state/catalogueState.js';
import { readRecord } from '../state/readDocument.js';
import { readState, STATE } from '../state/siteState.js';
import type { Slab } from '../platform/Slab.js';
import type { StoredDocument } from '../store/StoreInspection.js';
import { decodeFileAddresses } from '../store/fileAddresses.js';
import type { DocumentRecord } from '../store/segmentRecord.js';
import { trustedAddress } from '../upstream/contentAddress.js';
import type { SourceLanguage } from '../wire/getConfigData.js';
import type { RevisionFilter } from '../wire/getRevisionIdList.js';
import { ContentIndex, type ServedSite } from './ContentIndex.js';
import type {
  CatalogueWork,
  DocumentPage,
  ServedCatalogue,
  ServedConfiguration,
  ServedDocument,
  ServedList,
} from './ServedCatalogue.js';
import { anchorOf, changeOf } from './catalogueAnchor.js';
import { asksForChanges, type ChangeWindow, selectedRevisions } from './selectedRevisions.js';

/** What a site that never heard of its upstream's languages says: all of them, as Microsoft Update does. */
const ALL: readonly SourceLanguage[] = [
  { languageId: 0, shortLanguage: 'all', longLanguage: 'all', enabled: true },
  ...LANGUAGES.map(({ lcid, code, name }) => ({
    languageId: lcid,
    shortLanguage: code,
    longLanguage: name,
    enabled: false,
  })),
];

/**
 * The languages that a site serves: those of its upstream. Their check sum in the form of an anchor tells whether they
 * have changed.
 */
function servedConfiguration(languages: readonly SourceLanguage[] | undefined): ServedConfiguration {
  const served = languages === undefined || languages.length === 0 ? ALL : languages;
  return { anchor: anchorOf(crc32(JSON.stringify(served))), languages: served };
}

/** What a catalogue asks of the engine around it. */
export interface SiteCatalogueOptions {
  readonly newGuid: () => string;
  /** Address of the source that the site synchronizes from. */
  readonly sourceBase: () => Promise<URL>;
}

/** Ids that are read and sent at once. */
const PAGE = 500;

/** Memory that the selection of a list takes for each revision that it looks at. */
const BYTES_A_ROW = 16;

/** Most documents are smaller: room for that many bytes is taken at once. */
const TYPICAL_BYTES = 16 * 1024;

/** Documents read before others have their turn. */
const READ_IN_ONE_TURN = 16;

/**
 * The store of a site as the catalogue of its server role. Revision ids count its changes. What is served is what was
 * whole when a
 * synchronization last completed it, so that a downstream server that asks in the middle of one never sees half a
 * bundle.
 */
export class SiteCatalogue implements ServedCatalogue {
  readonly #site: ServedSite;
  readonly #options: SiteCatalogueOptions;
  readonly #content: ContentIndex;
  /** Where the documents lie that requests on their way ask for: each is looked up once, in however many pages. */
  readonly #places = new WeakMap<UpdateIdentity, StoredDocument>();

  private constructor(
    site: ServedSite,
    options: SiteCatalogueOptions,
    readonly serverId: string,
  ) {
    this.#site = site;
    this.#options = options;
    this.#content = new ContentIndex(site);
  }

  /** Opens the catalogue; a database that has never served gets the id that `newGuid` gives, for good. */
  static async open(site: ServedSite, options: SiteCatalogueOptions): Promise<SiteCatalogue> {
    return new SiteCatalogue(site, options, await catalogueId(site.database, options.newGuid));
  }

  async configuration(): Promise<ServedConfiguration> {
    return servedConfiguration(await readState(this.#site.database, STATE.languages));
  }

  async listRevisions(filter: RevisionFilter, work: CatalogueWork): Promise<ServedList> {
    const { database } = this.#site;
    const since = changeOf(filter.anchor);
    const change = await completedChange(database);
    // As Windows does with an anchor of the future: silently nothing.
    const selected = since > change ? [] : await this.#selected(filter, { since, change }, work);
    const ids = Uint32Array.from(selected);
    return { anchor: anchorOf(change), size: ids.length, pages: () => this.#identities(ids, work) };
  }

  async currentAnchor(): Promise<string> {
    return anchorOf(await completedChange(this.#site.database));
  }

  async *hiddenUpdates(work: CatalogueWork): AsyncIterable<readonly string[]> {
    for (let after = 0; ;) {
      await work.pace();
      const page = await this.#site.database.declinedUpdates(after, PAGE);
      if (page.length === 0) return;
      yield page.map(({ updateId }) => updateId);
      after = page.at(-1)?.ciId ?? after;
    }
  }

  async currentRevisions(updateIds: readonly string[]): Promise<readonly UpdateIdentity[]> {
    return this.#site.database.currentRevisions(updateIds);
  }

  /** Where documents lie says what they are: what is stored is never written over, and its number never used again. */
  async documentsKey(identities: readonly UpdateIdentity[]): Promise<string | undefined> {
    const stored = await this.#placesOf(identities);
    const places = new Float64Array(2 * stored.length);
    for (const [index, one] of stored.entries()) {
      if (one === undefined) return undefined;
      places.set([one.location.segment, one.location.position], 2 * index);
    }
    return createHash('sha256').update(places).digest('base64');
  }

  async documents(
    identities: readonly UpdateIdentity[],
    { maxBytes, room }: DocumentPage,
    work: CatalogueWork,
  ): Promise<readonly (ServedDocument | undefined)[]> {
    const stored = await this.#placesOf(identities);
    // Whoever asks for what is not there gets no document at all: none is read.
    if (stored.includes(undefined)) return stored.map(() => undefined);
    const documents: ServedDocument[] = [];
    let [bytes, held] = [0, Math.min(maxBytes, TYPICAL_BYTES * stored.length)];
    await work.hold(held);
    for (const one of stored as readonly StoredDocument[]) {
      const record = await this.#recordOf(one, room);
      if (record === undefined) return stored.map(() => undefined);
      const { document, notes } = record;
      const fileUrls = decodeFileAddresses(notes).map(({ digest, url }) => ({ digest, muUrl: url, ussUrl: '' }));
      documents.push({
        identity: { updateId: one.updateId, revisionNumber: one.revisionNumber },
        xml: document,
        fileUrls,
      });
      bytes += document.length;
      if (bytes > held) await work.hold(bytes - held);
      held = Math.max(held, bytes);
      if (bytes > maxBytes) break;
      if (documents.length % READ_IN_ONE_TURN === 0) await work.pace();
    }
    work.give(held - bytes);
    return documents;
  }

  /** By the identities of the request themselves: what is not there is looked for again. */
  async #placesOf(identities: readonly UpdateIdentity[]): Promise<readonly (StoredDocument | undefined)[]> {
    const unknown = identities.filter((identity) => !this.#places.has(identity));
    const found = unknown.length === 0 ? [] : await this.#site.database.documentsOf(unknown);
    for (const [index, identity] of unknown.entries()) {
      const place = found[index];
      if (place !== undefined) this.#places.set(identity, place);
    }
    return identities.map((identity) => this.#places.get(identity));
  }

  /** Undefined where maintenance has removed the revision since it was looked up. @throws SyncError StoreCorrupt */
  async #recordOf(one: StoredDocument, room: Slab | undefined): Promise<DocumentRecord | undefined> {
    try {
      return await readRecord(this.#site, one, room);
    } catch (error) {
      if ((await this.#site.database.documentsOf([one]))[0] === undefined) return undefined;
      throw error;
    }
  }

  async #selected(filter: RevisionFilter, window: ChangeWindow, work: CatalogueWork): Promise<readonly number[]> {
    const bytes = BYTES_A_ROW * (asksForChanges(filter) ? window.change - window.since : window.change);
    await work.hold(bytes);
    const selected = await selectedRevisions({ reads: this.#site.database, filter, window, pace: work.pace });
    work.give(bytes);
    await work.hold(Uint32Array.BYTES_PER_ELEMENT * selected.length);
    return selected;
  }

  async *#identities(ids: Uint32Array, work: CatalogueWork): AsyncIterable<readonly UpdateIdentity[]> {
    for (let at = 0; at < ids.length; at += PAGE) {
      await work.pace();
      const part = [...ids.subarray(at, at + PAGE)];
      const identities = await this.#site.database.identitiesOf(part);
      yield part.flatMap((revisionId) => identities.get(revisionId) ?? []);
    }
  }

  async contentFile(sha1: string): Promise<Uint8Array | undefined> {
    return this.#site.licenseTerms.read(Buffer.from(sha1, 'hex').toString('base64'));
  }

  async contentAddress(sha1: string): Promise<string | undefined> {
    const named = await this.#content.addressOf(Buffer.from(sha1, 'hex'));
    // A document says what it likes: clients are sent where the site itself would go.
    return named === undefined ? undefined : trustedAddress(await this.#options.sourceBase(), named)?.href;
  }
}
