import { randomUUID } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Category, Run, RunProgress, SoftwareUpdate } from '../../../server/contract/generated/types.js';
import { identityKey } from '../../../server/metadata/UpdateIdentity.js';
import type { UpdateIdentity } from '../../../server/metadata/UpdateIdentity.js';
import { EngineClient } from '../../../server/relay/EngineClient.js';
import { realEngineDeps } from '../../../server/rpc/EngineDeps.js';
import { engineSocketFolder, readEngineRecord } from '../../../server/rpc/enginePlace.js';
import { realSiteEnvironment } from '../../../server/site/SiteFolder.js';
import type { SiteFolder } from '../../../server/site/SiteFolder.js';
import { createSite } from '../../../server/site/createSite.js';
import { realFiles, storePlaceOf } from '../../../server/store/StorePlace.js';
import { openSiteDatabase } from '../../../server/store/embedded/openSiteDatabase.js';
import { killIfThere } from '../../rpc/testSite.js';

/** What a site shows of itself. */
export interface SiteContents {
  readonly categories: readonly Category[];
  readonly updates: readonly SoftwareUpdate[];
}

/** A site folder with the real engine in a process of its own, which the test may kill. */
export class EngineUnderTest {
  readonly #home: string;
  readonly #site: SiteFolder;
  readonly #client: EngineClient;

  private constructor(home: string, site: SiteFolder) {
    this.#home = home;
    this.#site = site;
    this.#client = new EngineClient(site, realEngineDeps());
  }

  /** Makes a site that synchronizes everything from the upstream. */
  static async make(url: string): Promise<EngineUnderTest> {
    const home = mkdtempSync(join(tmpdir(), 'cms-life-'));
    const engine = new EngineUnderTest(
      home,
      await createSite({ requestId: randomUUID(), siteCode: 'LIF', path: join(home, 'LIF') }, realSiteEnvironment()),
    );
    await engine.#client.request('component/set', {
      requestId: randomUUID(),
      upstreamSourceLocation: url,
      allProducts: true,
      allClassifications: true,
    });
    return engine;
  }

  /**
   * One synchronization to its end, which is `EngineStopped` when the engine was killed meanwhile; a new engine says
   * so.
   */
  async sync(onProgress: (progress: RunProgress) => void = () => undefined): Promise<Run> {
    this.#client.onProgress(onProgress);
    const { run } = await this.#client.request('sync/start', { requestId: randomUUID() });
    await this.#client.request('run/watch', { id: run.Id });
    return (await this.#client.request('run/wait', { id: run.Id })).run;
  }

  /** Ends the engine's process at once, whatever it does. */
  kill(): void {
    const note = readEngineRecord(this.#site);
    if (note !== undefined) killIfThere(note.processId);
  }

  /** `guid.number` of the revisions that are committed, read from a copy of the database folder. */
  async committed(identities: readonly UpdateIdentity[]): Promise<ReadonlySet<string>> {
    const copy = mkdtempSync(join(this.#home, 'copy-'));
    for (const name of readdirSync(this.#site.path).filter((file) => file.startsWith('seal.') || file === 'database'))
      cpSync(join(this.#site.path, name), join(copy, name), { recursive: true });
    const place = storePlaceOf({ ...this.#site, path: copy });
    const database = await openSiteDatabase({ place, files: realFiles, generation: 1_000_000 });
    const missing = new Set((await database.missingRevisions(identities)).map(identityKey));
    await database.close();
    rmSync(copy, { recursive: true });
    return new Set(identities.map(identityKey).filter((key) => !missing.has(key)));
  }

  async contents(): Promise<SiteContents> {
    const updates: SoftwareUpdate[] = [];
    for (let after: number | null = 0; after !== null;) {
      const page: { updates: SoftwareUpdate[]; next: number | null } = await this.#client.request('update/list', {
        after,
        includeUpgrade: true,
      });
      updates.push(...page.updates);
      after = page.next;
    }
    return { categories: (await this.#client.request('category/list', {})).categories, updates };
  }

  async remove(): Promise<void> {
    await this.#client.close();
    this.kill();
    const sockets = engineSocketFolder(this.#site);
    if (sockets !== undefined) rmSync(sockets, { recursive: true, force: true });
    rmSync(this.#home, { recursive: true, force: true });
  }
}
