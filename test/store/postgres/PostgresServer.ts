import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import { createServer, Socket, type AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { SyncError } from '../../../server/errors/SyncError.js';

const DEBIAN = '/usr/lib/postgresql';
/** `nobody`: PostgreSQL refuses root, and initdb wants a number of an account with a name. */
const UNPRIVILEGED = 65534;
/** Ends the server also when the tests are killed: then this shell reads the end of its input. */
const GUARD = '"$@" & server=$!; cat >/dev/null; kill -QUIT $server; wait $server';
/** Nothing has to outlive the machine, and an order that somebody forgot to name is not that of the bytes. */
const INITIALIZE = '--no-sync -U postgres -E UTF8 --locale=C.UTF-8 --locale-provider=icu --icu-locale=en-US'.split(' ');
const SETTINGS = [
  'fsync=off',
  'full_page_writes=off',
  'autovacuum=off',
  'shared_buffers=32MB',
  'max_connections=40',
  'password_encryption=scram-sha-256',
  'lc_messages=C',
  'deadlock_timeout=50ms',
];
const ACCESS = ['local all all trust', 'local replication all trust', 'host all all 127.0.0.1/32 scram-sha-256'];

/** Where the programs of the newest PostgreSQL of Debian are; undefined where there is none. */
export function findPostgres(): string | undefined {
  if (!fs.existsSync(DEBIAN)) return undefined;
  const versions = fs.readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a));
  return versions.map((version) => path.join(DEBIAN, version, 'bin')).find((bin) => fs.existsSync(`${bin}/postgres`));
}

/** A PostgreSQL with a folder, a socket and a port of its own, under an unprivileged account; nothing of it remains. */
export class PostgresServer {
  readonly folder = fs.mkdtempSync(path.join(os.tmpdir(), 'pg-'));
  port = 0;
  readonly #bin: string;
  readonly #settings: readonly string[];
  readonly #remove = (): void => fs.rmSync(this.folder, { recursive: true, force: true, maxRetries: 20 });
  #process: ChildProcess | undefined;

  private constructor(bin: string, settings: readonly string[]) {
    this.#bin = bin;
    this.#settings = [...SETTINGS, ...settings];
  }

  /** A new cluster that answers; `settings` as in postgresql.conf. */
  static async make(bin: string, settings: readonly string[] = []): Promise<PostgresServer> {
    const server = new PostgresServer(bin, settings);
    process.once('exit', server.#remove);
    server.#initialize();
    server.port = await freePort();
    await server.start();
    return server;
  }

  /** A standby that follows a server by streaming, and takes no changes. */
  static async standbyOf(bin: string, primary: PostgresServer): Promise<PostgresServer> {
    const server = new PostgresServer(bin, []);
    process.once('exit', server.#remove);
    const owner = account();
    if (owner !== undefined) fs.chownSync(server.folder, owner.uid, owner.gid);
    const from = ['-h', primary.folder, '-p', String(primary.port), '-U', 'postgres', '-X', 'stream', '-c', 'fast'];
    run(path.join(bin, 'pg_basebackup'), ['-D', server.#data, '-R', ...from], { ...owner, cwd: server.folder });
    server.port = await freePort();
    await server.start();
    return server;
  }

  /** What is written to a table from now on meets a full disk, until it is called with false. The table is empty. */
  async fill(table: string, database: string, isFull: boolean): Promise<void> {
    this.sql('CHECKPOINT');
    const file = path.join(this.#data, this.sql(`SELECT pg_relation_filepath('${table}')`, database));
    await this.stop();
    fs.rmSync(file);
    if (isFull) fs.symlinkSync('/dev/full', file);
    else fs.writeFileSync(file, '', { mode: 0o600 });
    const owner = account();
    if (owner !== undefined) fs.lchownSync(file, owner.uid, owner.gid);
    await this.start();
  }

  get #data(): string {
    return path.join(this.folder, 'data');
  }

  /** Starts it where it was, and waits until it answers. */
  async start(): Promise<void> {
    const options = [
      ...this.#settings,
      `port=${this.port}`,
      'listen_addresses=127.0.0.1',
      `unix_socket_directories=${this.folder}`,
    ].flatMap((setting) => ['-c', setting]);
    const child = spawn(
      '/bin/sh',
      ['-c', GUARD, 'guard', path.join(this.#bin, 'postgres'), '-D', this.#data, ...options],
      {
        ...account(),
        cwd: this.folder,
        stdio: ['pipe', 'ignore', 'pipe'],
      },
    );
    this.#process = child;
    // The tests end although it runs.
    child.unref();
    await ready(child);
  }

  /** Ends it as a crash does: nobody's work is waited for. */
  async stop(): Promise<void> {
    const child = this.#process;
    this.#process = undefined;
    if (child === undefined) return;
    const ended = once(child, 'exit');
    child.ref();
    child.stdin?.end();
    await ended;
  }

  async remove(): Promise<void> {
    await this.stop();
    process.removeListener('exit', this.#remove);
    this.#remove();
  }

  /** Runs statements as the administrator and gives what they print. */
  sql(text: string, database = 'postgres'): string {
    const args = ['-X', '-q', '-t', '-A', '-v', 'ON_ERROR_STOP=1', '-h', this.folder, '-p', String(this.port)];
    return run('/usr/bin/psql', [...args, '-U', 'postgres', '-d', database, '-f', '-'], { input: text });
  }

  /** The address of a database over the socket, where nobody is asked for a password. */
  overSocket(database: string, user = 'postgres'): string {
    return `postgresql://${user}@/${database}?host=${encodeURIComponent(this.folder)}&port=${this.port}`;
  }

  /** The address of a database over the network, with the password that the role has. */
  overNetwork(database: string, { user, password }: { user: string; password: string }, port = this.port): string {
    return `postgresql://${user}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`;
  }

  /** From now on it also speaks TLS. */
  secure({ certificate, key }: { readonly certificate: string; readonly key: string }): void {
    for (const [name, text] of [
      ['server.crt', certificate],
      ['server.key', key],
    ] as const) {
      const file = path.join(this.#data, name);
      fs.writeFileSync(file, text, { mode: 0o600 });
      const owner = account();
      if (owner !== undefined) fs.chownSync(file, owner.uid, owner.gid);
    }
    this.sql('ALTER SYSTEM SET ssl = on');
    this.sql('SELECT pg_reload_conf()');
  }

  #initialize(): void {
    const owner = account();
    if (owner !== undefined) fs.chownSync(this.folder, owner.uid, owner.gid);
    run(path.join(this.#bin, 'initdb'), ['-D', this.#data, ...INITIALIZE], { ...owner, cwd: this.folder });
    fs.writeFileSync(path.join(this.#data, 'pg_hba.conf'), `${ACCESS.join('\n')}\n`);
  }
}

function account(): { uid: number; gid: number } | undefined {
  return process.getuid?.() === 0 ? { uid: UNPRIVILEGED, gid: UNPRIVILEGED } : undefined;
}

function run(program: string, args: readonly string[], options: object): string {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', ...options });
  if (status !== 0) throw failure(`${path.basename(program)}: ${stderr}`);
  return stdout.trim();
}

/** Reads its log until it says that it answers; what comes later is read too, so that it never waits for a reader. */
async function ready(child: ChildProcess): Promise<void> {
  const lines: string[] = [];
  await new Promise<void>((resolve, reject) => {
    child.once('exit', () => {
      reject(failure(lines.join('\n')));
    });
    if (child.stderr === null) return;
    createInterface(child.stderr).on('line', (line) => {
      if (lines.length < 100) lines.push(line);
      if (/ready to accept (?:read-only )?connections/.test(line)) resolve();
    });
  });
  for (const stream of [child.stdin, child.stderr]) if (stream instanceof Socket) stream.unref();
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

function failure(reason: string): SyncError {
  return new SyncError('InternalError', { where: 'the PostgreSQL of the tests', reason });
}
