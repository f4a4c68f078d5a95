import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { processEnd } from '../../server/cli/processEnd.js';
import { EngineClient } from '../../server/relay/EngineClient.js';
import { realEngineDeps } from '../../server/rpc/EngineDeps.js';
import type { EngineDeps } from '../../server/rpc/EngineDeps.js';
import { engineSocketFolder, readEngineRecord } from '../../server/rpc/enginePlace.js';
import { realSiteEnvironment } from '../../server/site/SiteFolder.js';
import type { SiteFolder } from '../../server/site/SiteFolder.js';
import { createSite } from '../../server/site/createSite.js';
import { runVerb } from '../cli/runVerb.js';
import type { VerbEnd } from '../cli/runVerb.js';
import { killIfThere } from '../fixtures/killIfThere.js';
import { endOfVerb, Session, SESSION_WORDS } from './Session.js';

export const main = fileURLToPath(new URL('../../server/main.js', import.meta.url));

/** What of a site is not as usual. */
interface RealSiteOptions {
  readonly siteCode?: string;
  /** A stand-in for the engine. */
  readonly engineCommand?: readonly string[];
}

/** A site in a scratch folder with the engine, the relays and the command line in their real processes. */
export class RealSite {
  readonly home: string;
  readonly site: SiteFolder;
  readonly deps: EngineDeps;
  readonly #clients: EngineClient[] = [];
  readonly #sessions: Session[] = [];

  private constructor(home: string, site: SiteFolder, engine: Partial<EngineDeps>) {
    this.home = home;
    this.site = site;
    this.deps = { ...realEngineDeps(), ...engine };
  }

  static async make({ siteCode = 'ABC', ...engine }: RealSiteOptions = {}): Promise<RealSite> {
    const home = mkdtempSync(join(tmpdir(), 'cms-site-'));
    const wanted = { requestId: 'r', siteCode, path: join(home, siteCode) };
    return new RealSite(home, await createSite(wanted, realSiteEnvironment()), engine);
  }

  get env(): NodeJS.ProcessEnv {
    return { ...process.env, CONFIGMGRSYNC_HOME: this.home, CONFIGMGRSYNC_SITE: '' };
  }

  /** Process id of the engine that has the site. */
  get engineId(): number {
    return readEngineRecord(this.site)?.processId ?? 0;
  }

  get log(): string {
    return readFileSync(join(this.site.path, 'Logs', 'engine.log'), 'utf8');
  }

  get journals(): readonly string[] {
    return readdirSync(join(this.site.path, 'database')).filter((name) => name.startsWith('journal.'));
  }

  /** Writes a file into the folder of the database. */
  write(name: string, text: string): void {
    writeFileSync(join(this.site.path, 'database', name), text);
  }

  /** A relay inside this process. */
  client(change: Partial<EngineDeps> = {}, site: Partial<SiteFolder> = {}): EngineClient {
    const client = new EngineClient({ ...this.site, ...site }, { ...this.deps, ...change });
    this.#clients.push(client);
    return client;
  }

  /** A relay on stdio as a PowerShell session has one; `program` is another copy of the package. */
  session(program = main): Session {
    const session = new Session(spawn(process.execPath, [program, ...SESSION_WORDS], { env: this.env }));
    this.#sessions.push(session);
    return session;
  }

  /** One verb of the command line: in this process, but for another copy of the package or another account. */
  async cli(args: readonly string[], elsewhere?: { program?: string; uid?: number; gid?: number }): Promise<VerbEnd> {
    if (elsewhere === undefined) return runVerb(args, this.env);
    const { program = main, ...account } = elsewhere;
    const child = spawn(process.execPath, [program, ...args], {
      env: this.env,
      stdio: ['ignore', 'pipe', 'pipe'],
      ...account,
    });
    return endOfVerb(child);
  }

  /** Ends the engine as a crash does. */
  async kill(): Promise<number> {
    const id = this.engineId;
    killIfThere(id);
    await processEnd(id);
    return id;
  }

  async remove(): Promise<void> {
    for (const session of this.#sessions) session.kill();
    for (const client of this.#clients) await client.close();
    const sockets = engineSocketFolder(this.site);
    await this.#removeFolder();
    if (sockets !== undefined) rmSync(sockets, { recursive: true, force: true });
  }

  /**
   * An engine that was only starting when the last one was ended comes up later, writes while its folder is removed,
   * and is ended too.
   */
  async #removeFolder(): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      // A verb that worked offline is this process.
      if (this.engineId !== 0 && this.engineId !== process.pid) await this.kill();
      try {
        rmSync(this.home, { recursive: true, force: true, maxRetries: 5 });
        return;
      } catch (error) {
        if (attempt === 20) throw error;
        await delay(250);
      }
    }
  }
}
