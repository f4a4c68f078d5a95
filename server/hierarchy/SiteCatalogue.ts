import type { UpdateIdentity } from '../metadata/UpdateIdentity.js';
import { nextTurn } from '../platform/nextTurn.js';
import { STATE } from '../engine/catalogueState.js';
import { catalogueId, completedChange } from '../engine/completedCatalogue.js';
import { readRecord } from '../engine/readDocument.js';
import type { SiteContext } from '../engine/SiteContext.js';
import { decodeFileAddresses } from '../store/fileAddresses.js';
import type { StoredDocument } from '../store/StoreInspection.js';
import { trustedAddress } from '../upstream/contentAddress.js';
import type { RevisionFilter, RevisionList, SourceLanguage } from '../upstream/Source.js';
import { anchorOf, changeOf } from './catalogueAnchor.js';
import { ContentIndex } from './ContentIndex.js';
import type { ServedCatalogue, ServedConfiguration, ServedDocument } from './ServedCatalogue.js';
import { selectedRevisions } from './selectedRevisions.js';
import { servedConfiguration } from './servedConfiguration.js';

/** What of a site is served. */
export type ServedSite = Pick<SiteContext, 'database' | 'documents' | 'licenseTerms'>;

/** What a catalogue asks of the engine around it. */
export interface SiteCatalogueOptions {
  readonly newGuid: () => string;
  /** Address of the source that the site synchronizes from. */
  readonly sourceBase: () => Promise<URL>;
}

/** Documents read before others have their turn. */
const READ_IN_ONE_TURN = 16;

/**
 * The store of a site as the catalogue of its server role. Revision ids count its changes. What is served is what was
 * whole when a
 * synchronization last completed it, so that a downstream server that asks in the middle of one never sees half a
 * bundle.
 */
export class SiteCatalogue implements ServedCatalogue {
  readonly #content: ContentIndex;

  private constructor(
    private readonly site: ServedSite,
    private readonly options: SiteCatalogueOptions,
    readonly serverId: string,
  ) {
    this.#content = new ContentIndex(site);
  }

  /** Opens the catalogue; a database that has never served gets the id that `newGuid` gives, for good. */
  static async open(site: ServedSite, options: SiteCatalogueOptions): Promise<SiteCatalogue> {
    return new SiteCatalogue(site, options, await catalogueId(site.database, options.newGuid));
  }

  async configuration(): Promise<ServedConfiguration> {
    return servedConfiguration(
      (await this.site.database.setting(STATE.languages)) as readonly SourceLanguage[] | undefined,
    );
  }

  async listRevisions(filter: RevisionFilter): Promise<RevisionList> {
    const { database } = this.site;
    const since = changeOf(filter.anchor);
    const change = await completedChange(database);
    // As Windows does with an anchor of the future: silently nothing.
    const selected = since > change ? [] : await selectedRevisions(database, filter, { since, change });
    const revisions: UpdateIdentity[] = [];
    for (let at = 0; at < selected.length; at += 2000) {
      const part = selected.slice(at, at + 2000);
      const identities = await database.identitiesOf(part);
      for (const revisionId of part)
        revisions.push(...(identities.has(revisionId) ? [identities.get(revisionId) as UpdateIdentity] : []));
      await nextTurn();
    }
    return { anchor: anchorOf(change), revisions };
  }

  async currentAnchor(): Promise<string> {
    return anchorOf(await completedChange(this.site.database));
  }

  async hiddenUpdates(): Promise<readonly string[]> {
    return this.site.database.declinedUpdates();
  }

  async currentRevisions(updateIds: readonly string[]): Promise<readonly UpdateIdentity[]> {
    return this.site.database.currentRevisions(updateIds);
  }

  async documents(
    identities: readonly UpdateIdentity[],
    maxBytes: number,
  ): Promise<readonly (ServedDocument | undefined)[]> {
    const stored = await this.site.database.documentsOf(identities);
    // Whoever asks for what is not there gets no document at all: none is read.
    if (stored.includes(undefined)) return stored.map(() => undefined);
    const documents: ServedDocument[] = [];
    let bytes = 0;
    for (const one of stored as readonly StoredDocument[]) {
      const { document, notes } = await readRecord(this.site, one.revisionId, one.location);
      const fileUrls = decodeFileAddresses(notes).map(({ digest, url }) => ({ digest, muUrl: url, ussUrl: '' }));
      documents.push({
        identity: { updateId: one.updateId, revisionNumber: one.revisionNumber },
        xml: document,
        fileUrls,
      });
      bytes += document.length;
      if (bytes > maxBytes) break;
      if (documents.length % READ_IN_ONE_TURN === 0) await nextTurn();
    }
    return documents;
  }

  async contentFile(sha1: string): Promise<Uint8Array | undefined> {
    return this.site.licenseTerms.read(Buffer.from(sha1, 'hex').toString('base64'));
  }

  async contentAddress(sha1: string): Promise<string | undefined> {
    const named = await this.#content.addressOf(Buffer.from(sha1, 'hex'));
    // A document says what it likes: clients are sent where the site itself would go.
    return named === undefined ? undefined : trustedAddress(await this.options.sourceBase(), named)?.href;
  }
}
