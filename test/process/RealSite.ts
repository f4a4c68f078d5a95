import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { processEnd } from '../../server/cli/processEnd.js';
import type { JoinToken } from '../../server/contract/generated/types.js';
import { prepareJoin } from '../../server/link/joinParent.js';
import { systemClock } from '../../server/platform/Clock.js';
import { packageVersion } from '../../server/platform/packageFolder.js';
import { EngineClient } from '../../server/relay/EngineClient.js';
import { realEngineDeps } from '../../server/rpc/EngineDeps.js';
import type { EngineDeps } from '../../server/rpc/EngineDeps.js';
import { engineSocketFolder, readEngineRecord } from '../../server/rpc/enginePlace.js';
import { realSiteEnvironment } from '../../server/site/SiteFolder.js';
import type { SiteFolder } from '../../server/site/SiteFolder.js';
import type { NodeRole } from '../../server/site/describeSite.js';
import { createSite } from '../../server/site/createSite.js';
import { openSite } from '../../server/site/openSite.js';
import type { HeartbeatRecord } from '../../server/site/heartbeatFile.js';
import { runVerb } from '../cli/runVerb.js';
import type { VerbEnd } from '../cli/runVerb.js';
import { killIfThere } from '../fixtures/killIfThere.js';
import { endOfVerb, Session, SESSION_WORDS } from './Session.js';

export const main = fileURLToPath(new URL('../../server/main.js', import.meta.url));

/** What of a site is not as usual. */
interface RealSiteOptions {
  readonly siteCode?: string;
  readonly type?: string;
  readonly serverName?: string;
  /** Of the parent that it joins. */
  readonly joinToken?: string | undefined;
  /** Where its database is, if not in memory: then the verb of the command line makes it. */
  readonly database?: 'sqlite' | 'postgres';
  /** That of the database in PostgreSQL. */
  readonly address?: string;
  /** A stand-in for the engine. */
  readonly engineCommand?: readonly string[];
}

/** The account that a process runs under, and what is added to its environment. */
interface StartOptions {
  readonly uid?: number;
  readonly gid?: number;
  readonly env?: NodeJS.ProcessEnv;
  readonly stdio?: readonly ('ignore' | 'pipe' | 'ipc')[];
}

/**
 * A site in a scratch folder with the engine, the relays and the command line in their real processes, and a `logger`
 * on their path that notes what the system is told.
 */
export class RealSite {
  readonly home: string;
  readonly site: SiteFolder;
  readonly deps: EngineDeps;
  readonly #clients: EngineClient[] = [];
  readonly #sessions: Session[] = [];
  readonly #children: ChildProcess[] = [];

  private constructor(home: string, site: SiteFolder, engine: Partial<EngineDeps>) {
    this.home = home;
    this.site = site;
    this.deps = { ...realEngineDeps(), ...engine };
  }

  static async make({ siteCode = 'ABC', ...options }: RealSiteOptions = {}): Promise<RealSite> {
    const { type, serverName, joinToken, database, address, ...engine } = options;
    const home = mkdtempSync(join(tmpdir(), 'cms-site-'));
    const wanted = { requestId: 'r', siteCode, type, serverName, path: join(home, siteCode) };
    noteSystemLog(home);
    if (database !== undefined) {
      const made = await runVerb(
        [
          ...['site', 'new', '--site-code', siteCode, '--database', database, '--site-path', wanted.path],
          ...(joinToken === undefined ? [] : ['--join', '-']),
        ],
        { CONFIGMGRSYNC_HOME: home, ...(address !== undefined && { CONFIGMGRSYNC_DATABASE_URL: address }) },
        joinToken,
      );
      if (made.code !== 0) throw new TypeError(made.err);
      return new RealSite(home, await openSite(wanted.path), engine);
    }
    return new RealSite(home, await createSite(wanted, realSiteEnvironment(), joinOf(joinToken)), engine);
  }

  /** A further server of a site in PostgreSQL, made by the verb of the command line. */
  static async further(first: RealSite, address: string, serverName: string): Promise<RealSite> {
    const home = mkdtempSync(join(tmpdir(), 'cms-site-'));
    noteSystemLog(home);
    const { out } = await first.cli(['site', 'database-key']);
    const env = { CONFIGMGRSYNC_DATABASE_URL: address, CONFIGMGRSYNC_DATABASE_KEY: out };
    const made = await runVerb(['site', 'attach', '--server-name', serverName], { CONFIGMGRSYNC_HOME: home, ...env });
    if (made.code !== 0) throw new TypeError(made.err);
    return new RealSite(home, await openSite(join(home, first.site.siteCode)), {});
  }

  get env(): NodeJS.ProcessEnv {
    const PATH = `${join(this.home, TOOLS)}${delimiter}${process.env['PATH'] ?? ''}`;
    return { ...process.env, PATH, CONFIGMGRSYNC_HOME: this.home, CONFIGMGRSYNC_SITE: '' };
  }

  get path(): string {
    return this.site.path;
  }

  /** Process id of the engine that has the site. */
  get engineId(): number {
    return readEngineRecord(this.site)?.processId ?? 0;
  }

  get log(): string {
    return readFileSync(join(this.path, 'Logs', 'engine.log'), 'utf8');
  }

  /** The lines of wsyncmgr.log, without their framing; of status messages the id and the severity. */
  get syncLog(): readonly string[] {
    const file = join(this.path, 'Logs', 'wsyncmgr.log');
    // Its first lines wait a moment.
    const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
    return text
      .split('\r\n')
      .map((line) => line.replace(/~ {2}\$\$<.*$/, '').replace(/^(STATMSG: ID=\d+ SEV=\w).*/, '$1'));
  }

  /** Waits until wsyncmgr.log has so many lines with a text. */
  async says(text: string, times = 1): Promise<void> {
    const watcher = watch(join(this.path, 'Logs'));
    await new Promise<void>((resolve) => {
      const look = (): void => {
        if (this.syncLog.filter((line) => line.includes(text)).length >= times) resolve();
      };
      watcher.on('change', look);
      look();
    });
    watcher.close();
  }

  get heartbeat(): HeartbeatRecord {
    return JSON.parse(readFileSync(join(this.path, 'heartbeat.json'), 'utf8')) as HeartbeatRecord;
  }

  /** What the system was told, line by line. */
  get told(): readonly string[] {
    const file = join(this.home, TOOLS, 'told');
    const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
    return text.split('\n').filter((line) => line !== '');
  }

  get journals(): readonly string[] {
    return readdirSync(join(this.path, 'database')).filter((name) => name.startsWith('journal.'));
  }

  /** Writes a file into the folder of the database. */
  write(name: string, text: string): void {
    writeFileSync(join(this.path, 'database', name), text);
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

  /** The JSON that a verb prints. */
  async json<T>(...args: string[]): Promise<T> {
    const { code, out, err } = await this.cli([...args, '--json']);
    if (code !== 0) throw new TypeError(`${args.join(' ')} ended with ${code}: ${err}`);
    return JSON.parse(out) as T;
  }

  /** A token with which another site joins this one. */
  async token(role: NodeRole = 'Site'): Promise<string> {
    return (await this.json<JoinToken>('site', 'join-token', '--role', role)).Token;
  }

  /** A process of the command line that goes on until it is ended. */
  start(
    args: readonly string[],
    { env = {}, stdio = ['pipe', 'pipe', 'pipe'], ...account }: StartOptions = {},
  ): ChildProcess {
    const child = spawn(process.execPath, [main, ...args], {
      env: { ...this.env, ...env },
      stdio: [...stdio],
      ...account,
    });
    this.#children.push(child);
    return child;
  }

  /** `serve` in a process of its own, once its log says so. */
  async serve(args: readonly string[] = [], options: StartOptions = {}): Promise<ChildProcess> {
    const child = this.start(['serve', ...args], options);
    await said(child, 'as a service');
    return child;
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
    for (const child of this.#children) await ended(child, 'SIGKILL');
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

/** Where in its home a site has what stands in for the system; sites are not looked for there. */
const TOOLS = '.tools';

function noteSystemLog(home: string): void {
  const tools = join(home, TOOLS);
  mkdirSync(tools);
  const script = `#!/bin/sh\nprintf '%s\\n' "$*" >> '${join(tools, 'told')}'\n`;
  writeFileSync(join(tools, 'logger'), script, { mode: 0o755 });
}

function joinOf(token: string | undefined): ReturnType<typeof prepareJoin> | undefined {
  if (token === undefined) return undefined;
  const deps = { version: packageVersion(), clock: systemClock, log: () => undefined };
  return prepareJoin({ token, parentSiteCode: undefined }, deps);
}

/** Waits until a process has written a text to standard error; gives what it wrote. What follows is read on. */
export async function said(child: ChildProcess, words: string): Promise<string> {
  let all = '';
  return new Promise((resolve, reject) => {
    const hear = (chunk: Buffer): void => {
      all += chunk.toString();
      if (!all.includes(words)) return;
      child.stderr!.off('data', hear).resume();
      resolve(all);
    };
    child.stderr!.on('data', hear);
    child.once('exit', (code, signal) =>
      reject(new TypeError(`ended with ${signal ?? String(code)} before it said "${words}": ${all}`)),
    );
  });
}

/** Sends a signal and gives the exit code. */
export async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const exit = once(child, 'exit') as Promise<[number | null]>;
  child.kill(signal);
  return (await exit)[0];
}
