import { randomBytes } from 'node:crypto';
import { createUpstreamServer } from '../../server/downstream/createUpstreamServer.js';
import type { ServedCatalogue } from '../../server/downstream/ServedCatalogue.js';
import { identityKey, type UpdateIdentity } from '../../server/metadata/UpdateIdentity.js';
import { catalogueFromGenerator } from '../../server/sample/catalogueFromGenerator.js';
import type { MemoryCatalogue } from '../../server/sample/MemoryCatalogue.js';

/** Small batches, so that there is much to be stopped between. */
const BATCH = 20;

/** A real upstream in this process over a catalogue in memory that stops in the middle until it is let go on. */
export class GatedUpstream {
  /** `guid.number` of every document that was asked for. */
  readonly asked: string[] = [];
  readonly #server;
  #url = '';
  #limit = Number.POSITIVE_INFINITY;
  #reached: () => void = () => undefined;
  #open: () => void = () => undefined;
  #gate: Promise<void> = Promise.resolve();

  private constructor(catalogue: MemoryCatalogue) {
    const gated: ServedCatalogue = {
      serverId: catalogue.serverId,
      configuration: async () => {
        if (this.#limit < 0) await this.#gate;
        return catalogue.configuration();
      },
      currentAnchor: async () => catalogue.currentAnchor(),
      hiddenUpdates: () => catalogue.hiddenUpdates(),
      listRevisions: async (filter) => catalogue.listRevisions(filter),
      currentRevisions: async (updateIds) => catalogue.currentRevisions(updateIds),
      contentFile: async (sha1) => catalogue.contentFile(sha1),
      documents: async (identities) => {
        await this.#pass(identities);
        return catalogue.documents(identities);
      },
    };
    this.#server = createUpstreamServer({
      catalogue: gated,
      blob: 'plain',
      clock: Date.now,
      random: randomBytes,
      limits: { maxUpdatesPerRequest: BATCH },
    });
  }

  /** Over a catalogue, or a generated one of so many updates. */
  static async start(updates: number | MemoryCatalogue): Promise<GatedUpstream> {
    const catalogue = typeof updates === 'number' ? catalogueFromGenerator({ updates, seed: 7 }) : updates;
    const upstream = new GatedUpstream(catalogue);
    const { port } = await upstream.#server.listen(0, '127.0.0.1');
    upstream.#url = `http://127.0.0.1:${port}`;
    return upstream;
  }

  /** One whose first answer waits: a run against it goes on until something ends it. */
  static async held(): Promise<GatedUpstream> {
    const upstream = await GatedUpstream.start(1);
    void upstream.stopAfter(-1);
    return upstream;
  }

  get url(): string {
    return this.#url;
  }

  /** Once more than so many documents were asked for every request waits; resolves when the first one does. */
  stopAfter(documents: number): Promise<void> {
    this.#limit = this.asked.length + documents;
    // What waits since an earlier stop was asked by an engine that is gone.
    this.#open();
    this.#gate = new Promise((resolve) => (this.#open = resolve));
    return new Promise((resolve) => (this.#reached = resolve));
  }

  goOn(): void {
    this.#limit = Number.POSITIVE_INFINITY;
    this.#open();
  }

  async close(): Promise<void> {
    this.goOn();
    await this.#server.close();
  }

  async #pass(identities: readonly UpdateIdentity[]): Promise<void> {
    this.asked.push(...identities.map(identityKey));
    if (this.asked.length <= this.#limit) return;
    this.#reached();
    await this.#gate;
  }
}
