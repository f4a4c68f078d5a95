import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { identityKey } from '../../server/metadata/UpdateIdentity.js';
import { realEngineDeps } from '../../server/rpc/EngineDeps.js';
import { RelayBackend } from '../../server/relay/RelayBackend.js';
import { realSiteEnvironment } from '../../server/site/SiteFolder.js';
import type { NodeRole } from '../../server/site/describeSite.js';
import { openSite } from '../../server/site/openSite.js';
import { SegmentedDocumentStore } from '../../server/store/SegmentedDocumentStore.js';
import { realFiles, storePlaceOf } from '../../server/store/StorePlace.js';
import { openSiteDatabase } from '../../server/store/embedded/openSiteDatabase.js';
import { highestGeneration } from '../../server/store/highestGeneration.js';

const main = fileURLToPath(new URL('../../server/main.js', import.meta.url));

/** A site of a tree: its folder, and its engine in a process of its own. */
export interface ServedSite {
  readonly name: string;
  readonly folder: string;
  port: number;
  engine: ChildProcess | undefined;
}

/** How a site joins. */
export interface Joining {
  readonly code: string;
  readonly type: string;
  readonly parent?: ServedSite;
  readonly serverName: string;
}

/** A hierarchy of real engines on loopback, each `serve` in a process of its own, made with the command line. */
export class ServeTree {
  readonly #home = mkdtempSync(path.join(tmpdir(), 'cms-tree-'));
  readonly #sites: ServedSite[] = [];
  readonly #relay = new RelayBackend(realSiteEnvironment(), realEngineDeps());

  /** Makes a site, below a parent with a token of that, and starts its engine. */
  async site(name: string, { code, type, parent, serverName }: Joining): Promise<ServedSite> {
    const site: ServedSite = { name, folder: path.join(this.#home, name), port: 0, engine: undefined };
    const joinToken =
      parent === undefined
        ? {}
        : { joinToken: await this.#token(parent, type === 'SoftwareUpdatePoint' ? type : 'Site') };
    await this.#relay.newSite({
      requestId: randomUUID(),
      siteCode: code,
      type,
      path: site.folder,
      serverName,
      ...joinToken,
    });
    this.#sites.push(site);
    await this.serve(site);
    return site;
  }

  async #token(parent: ServedSite, role: NodeRole): Promise<string> {
    await this.#relay.connect({ sitePath: parent.folder });
    return (await (await this.#relay.client()).request('site/joinToken', { requestId: randomUUID(), role })).Token;
  }

  /** Starts the engine of a site on the port that it had. */
  async serve(site: ServedSite): Promise<void> {
    const engine = spawn(process.execPath, [main, 'serve', '--port', String(site.port), '--site-path', site.folder], {
      env: this.#env,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    site.engine = engine;
    const address = await said(engine, /Serves downstream servers on \S+:(\d+)/);
    site.port = Number(address);
  }

  /** Kills the engine of a site. */
  async kill(site: ServedSite): Promise<void> {
    const { engine } = site;
    if (engine?.exitCode !== null || engine.signalCode !== null) return;
    const ended = once(engine, 'exit');
    engine.kill('SIGKILL');
    await ended;
  }

  async json<Result>(site: ServedSite, ...args: string[]): Promise<Result> {
    return JSON.parse(await this.run(site, ...args, '--json')) as Result;
  }

  async run(site: ServedSite | undefined, ...args: string[]): Promise<string> {
    const child = spawn(
      process.execPath,
      [main, ...args, ...(site === undefined ? [] : ['--site-path', site.folder])],
      { env: this.#env, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    const [out, err, [code]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'close') as Promise<[number | null]>,
    ]);
    if (code !== 0) throw new TypeError(`${args.join(' ')} ended with ${code ?? 'a signal'}: ${err}${out}`);
    return out;
  }

  /** The lines of a site's log, without their framing; of status messages the id and the severity. */
  log(site: ServedSite): string[] {
    return readFileSync(path.join(site.folder, 'Logs', 'wsyncmgr.log'), 'utf8')
      .split('\r\n')
      .map((line) => line.replace(/~ {2}\$\$<.*$/, '').replace(/^(STATMSG: ID=\d+ SEV=\w).*/, '$1'));
  }

  /** Every document of a site whose engine has ended, by its revision, as text. */
  async documents(site: ServedSite): Promise<ReadonlyMap<string, string>> {
    const place = storePlaceOf(await openSite(site.folder));
    const generation = highestGeneration(realFiles, place) + 1;
    const database = await openSiteDatabase({
      place,
      files: realFiles,
      generation,
      report: () => undefined,
    });
    const store = new SegmentedDocumentStore({
      folder: path.join(site.folder, 'documents'),
      files: realFiles,
      generation,
      site: place.siteGuid,
    });
    const documents = new Map<string, string>();
    for (const stored of await database.storedDocuments(0, 1_000_000))
      documents.set(identityKey(stored), Buffer.from(await store.read(stored.location)).toString('latin1'));
    await store.close();
    await database.close();
    return documents;
  }

  async close(): Promise<void> {
    await this.#relay.close();
    for (const site of this.#sites) await this.kill(site);
    rmSync(this.#home, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }

  get #env(): NodeJS.ProcessEnv {
    return { ...process.env, CONFIGMGRSYNC_HOME: this.#home, CONFIGMGRSYNC_SITE: undefined };
  }
}

/** Waits until a process has written what matches to standard error; gives the first group. Its output is read on. */
async function said(child: ChildProcess, pattern: RegExp): Promise<string> {
  let seen = '';
  return new Promise((resolve, reject) => {
    child.stderr?.on('data', (chunk: Buffer) => {
      seen += chunk.toString();
      const found = pattern.exec(seen);
      if (found !== null) resolve(found[1] ?? '');
    });
    child.once('exit', (code, signal) => reject(new TypeError(`ended with ${signal ?? String(code)}: ${seen}`)));
  });
}
