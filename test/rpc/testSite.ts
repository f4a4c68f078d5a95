import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EngineClient } from '../../server/relay/EngineClient.js';
import { realEngineDeps } from '../../server/rpc/EngineDeps.js';
import type { EngineDeps } from '../../server/rpc/EngineDeps.js';
import { engineSocketFolder, readEngineRecord } from '../../server/rpc/enginePlace.js';
import { realSiteEnvironment } from '../../server/site/SiteFolder.js';
import type { SiteFolder } from '../../server/site/SiteFolder.js';
import { createSite } from '../../server/site/createSite.js';

export const fakeEngine = fileURLToPath(new URL('./fakeEngine.js', import.meta.url));

/** A site in a scratch folder whose engine is the fake one. */
export class TestSite {
  readonly site: SiteFolder;
  readonly home: string;
  readonly #clients: EngineClient[] = [];

  private constructor(home: string, site: SiteFolder) {
    this.home = home;
    this.site = site;
  }

  static async make(settings: Readonly<Record<string, string>> = {}): Promise<TestSite> {
    const home = mkdtempSync(join(tmpdir(), 'cms-test-'));
    const site = await createSite({ requestId: 'r', siteCode: 'ABC', path: join(home, 'ABC') }, realSiteEnvironment());
    const made = new TestSite(home, site);
    for (const [name, text] of Object.entries(settings)) made.write(name, text);
    return made;
  }

  write(name: string, text: string): void {
    writeFileSync(join(this.site.path, 'database', name), text);
  }

  get journals(): readonly string[] {
    return readdirSync(join(this.site.path, 'database')).filter((name) => name.startsWith('journal.'));
  }

  get log(): string {
    return readFileSync(join(this.site.path, 'Logs', 'engine.log'), 'utf8');
  }

  get deps(): EngineDeps {
    return { ...realEngineDeps(), engineCommand: [fakeEngine] };
  }

  client(change: Partial<EngineDeps> = {}, site: Partial<SiteFolder> = {}): EngineClient {
    const client = new EngineClient({ ...this.site, ...site }, { ...this.deps, ...change });
    this.#clients.push(client);
    return client;
  }

  async remove(): Promise<void> {
    for (const client of this.#clients) await client.close();
    const processId = readEngineRecord(this.site)?.processId;
    if (processId !== undefined && processId !== process.pid) killIfThere(processId);
    const sockets = engineSocketFolder(this.site);
    if (sockets !== undefined) rmSync(sockets, { recursive: true, force: true });
    rmSync(this.home, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}

export function killIfThere(processId: number): void {
  try {
    process.kill(processId, 'SIGKILL');
  } catch (caught) {
    if (!(caught instanceof Error) || !caught.message.includes('ESRCH')) throw caught;
  }
}
