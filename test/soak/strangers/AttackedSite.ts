import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { createUpstreamServer } from '../../../server/downstream/createUpstreamServer.js';
import { listenUrl } from '../../../server/downstream/port/listen.js';
import { realEngineDeps } from '../../../server/rpc/EngineDeps.js';
import { RelayBackend } from '../../../server/relay/RelayBackend.js';
import { catalogueFromGenerator } from '../../../server/sample/catalogueFromGenerator.js';
import { realSiteEnvironment } from '../../../server/site/SiteFolder.js';
import type { LoopUsage, Question } from './loopProbe.js';

const main = fileURLToPath(new URL('../../../server/main.js', import.meta.url));
const probe = new URL('./loopProbe.js', import.meta.url).href;

/** A site that has synchronized and serves, its engine in a process of its own that says what it went through. */
export class AttackedSite {
  readonly #home = mkdtempSync(path.join(tmpdir(), 'cms-attacked-'));
  readonly #relay = new RelayBackend(realSiteEnvironment(), realEngineDeps(), () => undefined);
  #engine: ChildProcess | undefined;
  port = 0;

  /** Makes the site with so many updates of the sample, and serves them. */
  static async open(updates: number, serveOptions: readonly string[] = []): Promise<AttackedSite> {
    const site = new AttackedSite();
    const request = {
      requestId: randomUUID(),
      siteCode: 'CS1',
      type: 'CAS',
      path: site.folder,
      serverName: 'cs1.test',
    };
    await site.#relay.newSite(request);
    await site.#serve([]);
    await site.#synchronize(updates);
    // What the synchronization took of the memory is not to hide what the attack takes.
    await site.#end();
    await site.#serve(serveOptions);
    await site.#relay.connect({ sitePath: site.folder });
    return site;
  }

  get folder(): string {
    return path.join(this.#home, 'CS1');
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** A token for a site below. */
  async token(): Promise<string> {
    const client = await this.#relay.client();
    return (await client.request('site/joinToken', { requestId: randomUUID(), role: 'Site' })).Token;
  }

  /** What the engine went through since the last time this was asked. */
  async usage(question: Question = 'usage'): Promise<LoopUsage> {
    const engine = this.#engine;
    if (engine === undefined) throw new TypeError('The engine does not run.');
    const answer = once(engine, 'message') as Promise<[LoopUsage]>;
    engine.send(question);
    return (await answer)[0];
  }

  async close(): Promise<void> {
    await this.#relay.close();
    await this.#end();
    rmSync(this.#home, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }

  async #synchronize(updates: number): Promise<void> {
    const catalogue = catalogueFromGenerator({ updates, seed: 1, size: 13_800, allCurrent: true });
    const upstream = createUpstreamServer({ catalogue, blob: 'plain', clock: Date.now, random: randomBytes });
    const url = listenUrl(await upstream.listen(0));
    await this.#relay.connect({ sitePath: this.folder });
    const client = await this.#relay.client();
    const settings = { upstreamSourceLocation: url, allProducts: true, allClassifications: true };
    await client.request('component/set', { requestId: randomUUID(), ...settings });
    const { run } = await client.request('sync/start', { requestId: randomUUID() });
    await client.request('run/wait', { id: run.Id });
    await upstream.close();
  }

  async #serve(options: readonly string[]): Promise<void> {
    const engine = spawn(
      process.execPath,
      [main, 'serve', '--port', String(this.port), '--site-path', this.folder, ...options],
      {
        env: { ...process.env, NODE_OPTIONS: `--import=${probe}`, CONFIGMGRSYNC_SITE: undefined },
        stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      },
    );
    this.#engine = engine;
    for await (const line of createInterface({ input: engine.stderr as NonNullable<typeof engine.stderr> })) {
      const found = /Serves downstream servers on \S+:(\d+)/.exec(line)?.[1];
      if (found === undefined) continue;
      this.port = Number(found);
      engine.stderr?.resume();
      return;
    }
    throw new TypeError('The engine ended before it served.');
  }

  async #end(): Promise<void> {
    const engine = this.#engine;
    if (engine === undefined || engine.exitCode !== null || engine.signalCode !== null) return;
    const ended = once(engine, 'exit');
    engine.kill('SIGKILL');
    await ended;
  }
}
