import { randomUUID } from 'node:crypto';
import path from 'node:path';
import type { BackupBeginResult, BackupEndRequest, BackupEndResult, StoredFile } from '../contract/generated/types.js';
import type { RequestContext } from '../rpc/requests.js';
import { SITE_FILES } from '../site/SiteFolder.js';
import type { SiteContext } from '../state/SiteContext.js';
import type { HeldFile } from '../store/DocumentStore.js';
import { FORMAT } from '../store/sql/schema.js';
import { namesIn } from '../store/fileCalls.js';

/** The files that backups of a site are reading. */
export class BackupHolds {
  readonly #context: SiteContext;
  readonly #held = new Map<string, () => void>();

  constructor(context: SiteContext) {
    this.#context = context;
  }

  /** `backup/begin`: the end of the connection releases the files too. */
  async begin({ closed }: Pick<RequestContext, 'closed'>): Promise<BackupBeginResult> {
    const { database, documents, site } = this.#context;
    const held = await database.hold();
    // Afterwards: documents are there before the rows that point at them.
    const segments = documents.hold();
    const id = randomUUID();
    const release = (): void => {
      if (!this.#held.delete(id)) return;
      closed.removeEventListener('abort', release);
      held.release();
      segments.release();
    };
    this.#held.set(id, release);
    closed.addEventListener('abort', release, { once: true });
    try {
      const { revisions, softwareUpdates } = await database.counts();
      return {
        id,
        files: [
          ...held.files.map(storedIn(SITE_FILES.database)),
          ...segments.files.map(storedIn(SITE_FILES.documents)),
          ...this.#licenseTerms().map(storedIn(SITE_FILES.licenseTerms)),
        ],
        position: held.position,
        highestDocument: held.highestDocument,
        format: FORMAT,
        documents: revisions,
        updates: softwareUpdates,
      };
    } catch (error) {
      release();
      throw error;
    } finally {
      this.#context.log.write(`A backup of site ${site.siteCode} is reading its files.`);
    }
  }

  /** `backup/end`: whether they stayed as they were. */
  async end({ id }: BackupEndRequest): Promise<BackupEndResult> {
    const release = this.#held.get(id);
    release?.();
    return Promise.resolve({ held: release !== undefined });
  }

  #licenseTerms(): HeldFile[] {
    const { files, path: folder } = this.#context.site;
    const inner = path.join(folder, SITE_FILES.licenseTerms);
    return namesIn(files, inner)
      .filter((name) => name.endsWith('.txt'))
      .map((name) => ({ name, length: files.lstatSync(path.join(inner, name)).size }));
  }
}

function storedIn(folder: string): (file: HeldFile) => StoredFile {
  return ({ name, length }) => ({ path: `${folder}/${name}`, length });
}
