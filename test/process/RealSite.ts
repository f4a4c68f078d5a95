import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
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
import { killIfThere } from '../rpc/testSite.js';
import { Session } from './Session.js';

export const main = fileURLToPath(new URL('../../server/main.js', import.meta.url));

/** A site in a scratch folder with the engine, the relays and the command line in their real processes. */
export class RealSite {
  readonly home: string;
  readonly site: SiteFolder;
  readonly #clients: EngineClient[] = [];
  readonly #sessions: Session[] = [];

  private constructor(home: string, site: SiteFolder) {
    this.home = home;
    this.site = site;
  }

  static async make(): Promise<RealSite> {
    const home = mkdtempSync(join(tmpdir(), 'cms-life-'));
    return new RealSite(
      home,
      await createSite({ requestId: 'r', siteCode: 'ABC', path: join(home, 'ABC') }, realSiteEnvironment()),
    );
  }

  get env(): NodeJS.ProcessEnv {
    return { ...process.env, CONFIGMGRSYNC_HOME: this.home, CONFIGMGRSYNC_SITE: '' };
  }

  /** Process id of the engine that has the site. */
  get engineId(): number {
    return readEngineRecord(this.site)?.processId ?? 0;
  }

  /** A relay inside this process. */
  client(change: Partial<EngineDeps> = {}): EngineClient {
    const client = new EngineClient(this.site, { ...realEngineDeps(), ...change });
    this.#clients.push(client);
    return client;
  }

  /** A relay on stdio as a PowerShell session has one; `program` is another copy of the package. */
  session(program = main): Session {
    const session = new Session(program, this.env);
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
    const [out, err, [code]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'close') as Promise<[number]>,
    ]);
    return { code, out, err };
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
      if (this.engineId !== 0) await this.kill();
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
