import { execFile } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { processEnd } from '../../../server/cli/processEnd.js';
import { killIfThere } from '../../fixtures/killIfThere.js';
import { Session, SESSION_WORDS } from '../Session.js';
import { ACCOUNTS, startAs, verbAs, wordsAs } from './accounts.js';
import type { Account } from './accounts.js';

/** What the system says of one file or folder. */
export interface Found {
  readonly name: string;
  readonly userId: number;
  readonly groupId: number;
  readonly mode: number;
  readonly isFolder: boolean;
}

/** Tries to open each path in every way, and prints those where it could. */
const REACH = `
const { openSync, readdirSync } = require('node:fs');
const net = require('node:net');
const paths = process.argv.slice(2);
const could = (work) => { try { work(); return true; } catch { return false; } };
const connects = (path) => new Promise((done) =>
  net.connect(path).on('connect', () => done(true)).on('error', () => done(false)));
(async () => {
  const reached = [];
  for (const path of paths) {
    const ways = ['r', 'r+', 'a'].map((flags) => () => openSync(path, flags));
    // The folder itself has a name that everybody may know.
    if (ways.some(could) || could(() => readdirSync(path)) || (await connects(path))) reached.push(path);
  }
  console.log(JSON.stringify(reached));
  process.exit();
})();
`;

/** A folder with a home for each account, a site in it, and a place outside of it that nobody may change. */
export class AccountLab {
  readonly home = fs.mkdtempSync(join(tmpdir(), 'cms-four-'));
  readonly site = join(this.home, 'owned', 'ABC');
  readonly outside = join(this.home, 'outside');
  readonly #sessions: Session[] = [];
  readonly #children: ChildProcess[] = [];
  readonly #before: readonly Found[];

  constructor() {
    fs.chmodSync(this.home, 0o755);
    for (const account of Object.values(ACCOUNTS)) this.#folderOf(account, this.homeOf(account), 0o700);
    this.#folderOf(ACCOUNTS.owner, dirname(this.site), 0o755);
    fs.mkdirSync(this.outside);
    fs.writeFileSync(join(this.outside, 'victim'), 'untouched', { mode: 0o644 });
    fs.chmodSync(join(this.outside, 'victim'), 0o644);
    this.#before = this.#surroundings();
  }

  homeOf({ name }: Pick<Account, 'name'>): string {
    return join(this.home, name);
  }

  /** Nothing of the caller's beside its home: accounts of a machine do not share the folders of their sessions. */
  envOf(account: Account): NodeJS.ProcessEnv {
    const { PATH } = process.env;
    const sites = { CONFIGMGRSYNC_HOME: dirname(this.site) };
    return { PATH, HOME: this.homeOf(account), ...(account.userId === 0 ? { SECRET_OF_ROOT: 'x' } : {}), ...sites };
  }

  /** A relay of an account; with a site it is connected to it. */
  async session(account: Account, sitePath?: string): Promise<Session> {
    const session = new Session(startAs(account, SESSION_WORDS, this.envOf(account)), account.name);
    this.#sessions.push(session);
    if (sitePath !== undefined) await session.request('site/connect', { sitePath });
    return session;
  }

  /** A verb of the command line as an account, to its end. */
  async verb(account: Account, args: readonly string[]): ReturnType<typeof verbAs> {
    return verbAs(account, args, this.envOf(account));
  }

  /** A process of an account that goes on until it is ended. */
  start(account: Account, args: readonly string[]): ChildProcess {
    const child = startAs(account, args, this.envOf(account));
    this.#children.push(child);
    return child;
  }

  /** Those of some files and sockets that an account can open, read or write, by their paths. */
  async reachable(account: Account, paths: readonly string[]): Promise<readonly string[]> {
    const script = join(this.home, 'outside', 'reach.cjs');
    fs.writeFileSync(script, REACH, { mode: 0o644 });
    fs.chmodSync(script, 0o644);
    const words = wordsAs(account, script, paths);
    const { stdout } = await promisify(execFile)(process.execPath, words);
    fs.rmSync(script);
    return JSON.parse(stdout) as readonly string[];
  }

  /** All that lies in the site folder, and the folder itself as ''. */
  found(): readonly Found[] {
    const names = fs.readdirSync(this.site, { recursive: true }).map(String);
    return ['', ...names].map((name) => looked(this.site, name));
  }

  /** What of the engine stands in its note. */
  get engine(): { readonly processId: number; readonly address: string; readonly account: number } {
    return JSON.parse(fs.readFileSync(join(this.site, 'engine.json'), 'utf8')) as never;
  }

  /** Everything around the site is as it was: names, owners, modes, content. */
  get changedOutside(): readonly Found[] {
    const before = new Set(this.#before.map((found) => JSON.stringify(found)));
    const text = fs.readFileSync(join(this.outside, 'victim'), 'utf8');
    const now = this.#surroundings().filter((found) => !before.has(JSON.stringify(found)));
    return text === 'untouched' ? now : [...now, looked(this.outside, 'victim')];
  }

  async remove(): Promise<void> {
    for (const session of this.#sessions) await session.close();
    for (const child of this.#children) if (child.exitCode === null) child.kill('SIGKILL');
    for (let attempt = 1; ; attempt += 1) {
      await this.#endEngine();
      try {
        fs.rmSync(this.home, { recursive: true, force: true, maxRetries: 5 });
        return;
      } catch (caught) {
        if (attempt === 20) throw caught;
        await delay(250);
      }
    }
  }

  async #endEngine(): Promise<void> {
    if (!fs.existsSync(join(this.site, 'engine.json'))) return;
    const { processId, address } = this.engine;
    killIfThere(processId);
    await processEnd(processId);
    if (/cms-\d+-[\da-f]{12}$/.test(dirname(address))) fs.rmSync(dirname(address), { recursive: true, force: true });
  }

  #folderOf({ userId }: Account, folder: string, mode: number): void {
    fs.mkdirSync(folder);
    fs.chownSync(folder, userId, userId);
    fs.chmodSync(folder, mode);
  }

  #surroundings(): readonly Found[] {
    const names = ['', 'outside', 'outside/victim', 'owned', ...Object.keys(ACCOUNTS)];
    const inside = (folder: string): readonly string[] =>
      fs.readdirSync(join(this.home, folder)).map((name) => join(folder, name));
    const others = [...inside(''), ...inside('outside'), ...inside('owned')].filter((name) => name !== 'owned/ABC');
    return [...new Set([...names, ...others])].map((name) => looked(this.home, name));
  }
}

function looked(folder: string, name: string): Found {
  const found = fs.lstatSync(join(folder, name));
  return { name, userId: found.uid, groupId: found.gid, mode: found.mode & 0o7777, isFolder: found.isDirectory() };
}
