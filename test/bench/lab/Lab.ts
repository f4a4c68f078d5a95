import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ProcessMeter } from '../meter/ProcessMeter.js';
import type { Product } from '../product/Product.js';
import type { Offer, Upstreams } from './Upstreams.js';
import { Workbench } from './Workbench.js';

/** Where a product is measured: workbenches for its rounds, and sites that several scenarios look at. */
export class Lab {
  readonly #folder = mkdtempSync(path.join(tmpdir(), 'configmgrsync-bench-'));
  readonly #sites = new Map<string, Promise<string>>();
  readonly #meters = new Set<ProcessMeter>();

  constructor(
    readonly product: Product,
    readonly upstreams: Upstreams,
  ) {}

  /** Works at a new workbench. Whatever runs on it ends with the work, and its folder goes unless it is kept. */
  async work<Result>(
    task: (bench: Workbench) => Promise<Result>,
    { keep }: { readonly keep: boolean } = { keep: false },
  ): Promise<Result> {
    const folder = mkdtempSync(path.join(this.#folder, 'w'));
    const meterFolder = mkdtempSync(path.join(this.#folder, 'm'));
    const meter = await ProcessMeter.open(meterFolder);
    this.#meters.add(meter);
    try {
      return await task(new Workbench(this.product, meter, folder));
    } finally {
      await meter.endAll();
      await meter.close();
      this.#meters.delete(meter);
      for (const used of keep ? [meterFolder] : [meterFolder, folder]) remove(used);
    }
  }

  /** A site at rest that has synchronized with an offer; made once, for whoever changes nothing that others measure. */
  async syncedSite(offer: Offer): Promise<string> {
    return this.siteOf(await this.upstreams.url(offer));
  }

  /** The same of an upstream that is known already. */
  async siteOf(url: string): Promise<string> {
    const known = this.#sites.get(url) ?? this.#makeSite(url);
    this.#sites.set(url, known);
    return known;
  }

  /** A new folder that stays until the end. */
  folder(): string {
    return mkdtempSync(path.join(this.#folder, 'f'));
  }

  remove(): void {
    remove(this.#folder);
  }

  /** Gives up the work under way: ends what runs for it, and leaves nothing behind. */
  async abandon(): Promise<void> {
    await Promise.all([...this.#meters].map(async (meter) => meter.endAll()));
    this.remove();
  }

  async #makeSite(url: string): Promise<string> {
    return this.work(
      async (bench) => {
        const { path: sitePath, session } = await bench.newSite(url);
        await session.synchronize();
        await bench.rest(session);
        return sitePath;
      },
      { keep: true },
    );
  }
}

function remove(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
}
