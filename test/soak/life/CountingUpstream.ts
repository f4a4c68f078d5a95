import { randomBytes } from 'node:crypto';
import { createUpstreamServer, type UpstreamServer } from '../../../server/downstream/createUpstreamServer.js';
import { identityKey, type UpdateIdentity } from '../../../server/metadata/UpdateIdentity.js';
import type { MemoryCatalogue } from '../../../server/sample/MemoryCatalogue.js';

/** Small batches, so that there is much to be killed between. */
const BATCH = 20;

/** A catalogue served over HTTP by this process, which notes every document it gives away. */
export class CountingUpstream {
  /** `guid.number` of the documents asked for since the last `watch`. */
  served: string[] = [];
  readonly identities: readonly UpdateIdentity[];
  readonly #server: UpstreamServer;
  #left = Number.POSITIVE_INFINITY;
  #reached: () => Promise<void> = async () => Promise.resolve();

  constructor(catalogue: MemoryCatalogue) {
    this.identities = [...catalogue.identities()];
    const counted = {
      serverId: catalogue.serverId,
      configuration: async () => catalogue.configuration(),
      currentAnchor: async () => catalogue.currentAnchor(),
      hiddenUpdates: () => catalogue.hiddenUpdates(),
      listRevisions: catalogue.listRevisions.bind(catalogue),
      currentRevisions: catalogue.currentRevisions.bind(catalogue),
      contentFile: catalogue.contentFile.bind(catalogue),
      documents: async (wanted: readonly UpdateIdentity[]) => {
        await this.#count(wanted);
        return catalogue.documents(wanted);
      },
    };
    this.#server = createUpstreamServer({
      catalogue: counted,
      blob: 'plain',
      clock: Date.now,
      random: randomBytes,
      limits: { maxUpdatesPerRequest: BATCH },
    });
  }

  /** Begins to listen and gives the address. */
  async listen(): Promise<string> {
    const { port } = await this.#server.listen(0);
    return `http://127.0.0.1:${port}`;
  }

  /** Forgets what was served; `reached` is called once, before the document of that number is given away. */
  watch(documents: number, reached: () => Promise<void>): void {
    this.served = [];
    this.#left = documents;
    this.#reached = reached;
  }

  async close(): Promise<void> {
    await this.#server.close();
  }

  async #count(wanted: readonly UpdateIdentity[]): Promise<void> {
    this.served.push(...wanted.map(identityKey));
    const before = this.#left;
    this.#left -= wanted.length;
    if (before > 0 && this.#left <= 0) await this.#reached();
  }
}
