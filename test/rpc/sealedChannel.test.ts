import { expect } from 'chai';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-jsonrpc/node';
import { engineProof, PlainFrames, takesUnsealed } from '../../server/rpc/SealedChannel.js';
import { EngineLock } from '../../server/rpc/EngineLock.js';
import { acquireEngineLock, takeLockFile } from '../../server/rpc/acquireEngineLock.js';
import { unreachableReason } from '../../server/relay/connectEngine.js';
import { type EngineConnection, handshake } from '../../server/relay/handshake.js';
import { engineSocketFolder, readEngineRecord, writeEngineRecord } from '../../server/rpc/enginePlace.js';
import type { SiteFolder } from '../../server/site/SiteFolder.js';
import { openSite } from '../../server/site/openSite.js';
import type { RealSite } from '../process/RealSite.js';
import { RawPeer } from './RawPeer.js';
import { fakeEngineSite } from './fakeEngineSite.js';

const frame = (body: object): Buffer => {
  const text = JSON.stringify({ jsonrpc: '2.0', ...body });
  return Buffer.from(`Content-Length: ${text.length}\r\n\r\n${text}`);
};

/** Somebody between a relay and an engine, who sees and may change what the relay sends. */
class Between {
  readonly seen: Buffer[] = [];
  readonly address: string;
  readonly #folder = mkdtempSync(join(tmpdir(), 'cms-mitm-'));
  readonly #server: Server;

  constructor(engine: string, change: (chunk: Buffer) => Buffer = (chunk) => chunk) {
    this.address = join(this.#folder, 's');
    this.#server = createServer((relay) => {
      const far = connect(engine);
      relay.on('data', (chunk: Buffer) => {
        this.seen.push(chunk);
        far.write(change(chunk));
      });
      far.on('data', (chunk: Buffer) => {
        this.seen.push(chunk);
        relay.write(chunk);
      });
      relay.on('close', () => far.destroy()).on('error', () => far.destroy());
      far.on('close', () => relay.destroy()).on('error', () => relay.destroy());
    });
  }

  async greet(site: RealSite): Promise<EngineConnection> {
    this.#server.listen(this.address);
    await once(this.#server, 'listening');
    return greet(site, this.address);
  }

  get text(): string {
    return Buffer.concat(this.seen).toString('latin1');
  }

  close(): void {
    this.#server.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

async function greet(site: RealSite, address: string): Promise<EngineConnection> {
  const socket = connect(address);
  await once(socket, 'connect');
  const connection = await handshake(socket, { site: site.site, place: { address }, deps: site.deps });
  if (connection === undefined) throw new TypeError('the engine closed the connection');
  return connection;
}

describe('rpc: what is sent between relay and engine', function () {
  if (process.platform === 'win32') return;
  let site: RealSite;
  let engine: string;
  let between: Between;
  beforeEach(async () => {
    site = await fakeEngineSite();
    await site.client().request('site/get', {});
    engine = readEngineRecord(site.site)?.address ?? '';
  });
  afterEach(async () => {
    between.close();
    await site.remove();
  });

  it('is sealed after the proofs: nobody in between reads it', async () => {
    between = new Between(engine);
    const { rpc } = await between.greet(site);
    const got = await rpc.sendRequest<{ ServerName: string }>('site/get', {});
    expect(got.ServerName).to.match(/^\d+$/);
    expect(between.text).to.contain('authenticate').and.not.to.contain('site/get').and.not.to.contain('ServerName');
    rpc.end();
  });

  it('takes no request that somebody adds, right behind the proof or later', async () => {
    let isAdding = true;
    const added = frame({ id: 99, method: 'engine/stop', params: { requestId: 'x' } });
    between = new Between(engine, (chunk) => {
      if (!isAdding || !chunk.includes('authenticate')) return chunk;
      isAdding = false;
      return Buffer.concat([chunk, added]);
    });
    const asked = between.greet(site).then(async ({ rpc }) => rpc.sendRequest('site/get', {}));
    const end = await asked.then(
      () => 'answered',
      () => 'ended',
    );
    expect([isAdding, end]).to.deep.equal([false, 'ended']);
    // It was not done: the engine goes on.
    expect((await site.client().request('site/get', {})).ServerName).to.match(/^\d+$/);
  });

  it('ends where a byte was changed', async () => {
    let count = 0;
    between = new Between(engine, (chunk) => {
      count += 1;
      if (count <= 2 || chunk.includes('authenticate')) return chunk;
      const changed = Buffer.from(chunk);
      changed[changed.length - 1]! ^= 1;
      return changed;
    });
    const { rpc } = await between.greet(site);
    const ended = new Promise<void>((resolve) => rpc.onDispose(resolve));
    void rpc.sendRequest('site/get', {}).catch(() => undefined);
    await ended;
  });

  it('is plain towards an engine of an earlier version, which says so in what it proves', async () => {
    between = new Between(engine);
    const older = createServer((socket: Socket) => {
      const rpc = createMessageConnection(new StreamMessageReader(socket), new StreamMessageWriter(socket));
      rpc.onRequest('hello', ({ nonce }: { nonce: string }) => {
        const nonces = { relay: nonce, engine: 'a'.repeat(64) };
        const proof = engineProof(site.site.secret, nonces);
        return { moduleVersion: '0.1.0', contract: 1, processId: process.pid, nonce: nonces.engine, proof };
      });
      rpc.onRequest('authenticate', () => ({}));
      rpc.onRequest('site/get', () => ({ SiteCode: 'OLD' }));
      rpc.listen();
    });
    const address = join(site.home, 'old.sock');
    older.listen(address);
    await once(older, 'listening');
    const { rpc } = await greet(site, address);
    expect(await rpc.sendRequest('site/get', {})).to.deep.equal({ SiteCode: 'OLD' });
    rpc.end();
    older.close();
  });
});

describe('rpc: an engine that has more rights than others on Windows', function () {
  if (process.platform === 'win32') return;
  it('takes no session of version 0.1, tells it what to do, and goes on for others', async () => {
    const site = await fakeEngineSite({ sealed: '' });
    try {
      await site.client().request('site/get', {});
      const older = new RawPeer(site.site);
      expect(await older.open()).to.match(
        /^The module speaks contract 1 to \d without encryption and the engine speaks .* accepts only encrypted messages\.$/,
      );
      await older.closed;
      expect(site.log).to.contain('does not encrypt').and.to.contain('update it');
      expect((await site.client().request('site/get', {})).ServerName).to.match(/^\d+$/);
    } finally {
      await site.remove();
    }
  });

  it('is a service, or that of an elevated session; elsewhere the folder of the socket keeps others away', () => {
    expect([takesUnsealed('win32', true), takesUnsealed('win32', false), takesUnsealed('linux', true)]).to.deep.equal([
      false,
      true,
      true,
    ]);
  });
});

describe('rpc: the first messages of a connection', () => {
  it('are told from what follows, wherever they are cut', () => {
    const first = [frame({ id: 1, method: 'hello' }), frame({ id: 2, method: 'authenticate' })];
    const whole = Buffer.concat([...first, Buffer.from([0, 1, 2, 3])]);
    for (let size = 1; size <= whole.length; size += 1) {
      const frames = new PlainFrames(2);
      const got = { plain: Buffer.alloc(0), rest: Buffer.alloc(0) };
      for (let at = 0; at < whole.length; at += size) {
        const { plain, rest } = frames.take(whole.subarray(at, at + size));
        got.plain = Buffer.concat([got.plain, plain]);
        got.rest = Buffer.concat([got.rest, rest]);
      }
      expect([got.plain.equals(Buffer.concat(first)), [...got.rest]], String(size)).to.deep.equal([true, [0, 1, 2, 3]]);
    }
  });

  it('are passed on where they are none, for the reader to say what is wrong', () => {
    for (const text of ['GET / HTTP/1.1\r\n\r\n', 'x', 'Content-Type: a\r\n\r\n', 'c'.repeat(70_000)]) {
      const { plain, rest } = new PlainFrames(2).take(Buffer.from(text));
      expect([plain.toString(), rest.length], text.slice(0, 20)).to.deep.equal([text, 0]);
    }
  });
});

describe('rpc: the lock on Windows', () => {
  const files = (code?: string): { opened: number[]; site: Pick<SiteFolder, 'path' | 'files' | 'operators'> } => {
    const opened: number[] = [];
    const openSync = (_path: string, flags: number): number => {
      opened.push(flags);
      if (code !== undefined) throw Object.assign(new Error(code), { code });
      return 7;
    };
    return { opened, site: { path: 'C:\\S', operators: [], files: { openSync } as unknown as SiteFolder['files'] } };
  };

  it('is a file that nobody else can open while it is held', () => {
    const free = files();
    expect(takeLockFile(free.site)).to.equal(7);
    expect((free.opened[0] ?? 0) & 0x10000000).to.equal(0x10000000);
    expect(takeLockFile(files('EBUSY').site)).to.equal(undefined);
    expect(() => takeLockFile(files('EPERM').site)).to.throw('EPERM');
  });

  it('names elevation where the pipe belongs to Administrators', () => {
    const denied = Object.assign(new Error('connect EPERM'), { code: 'EPERM' });
    expect(unreachableReason(denied, 'win32')).to.contain('elevated');
    expect(unreachableReason(denied, 'linux')).to.equal('connect EPERM');
    expect(unreachableReason(Object.assign(new Error('x'), { code: 'ENFILE' }), 'win32')).to.equal('x');
  });
});

describe('rpc: a copy of a site folder', () => {
  it('has an engine of its own, not that of the original', async () => {
    const site = await fakeEngineSite();
    try {
      await writeEngineRecord(site.site, { processId: process.pid, address: '/x', generation: 1 });
      const copy = join(site.home, 'COPY');
      cpSync(site.site.path, copy, { recursive: true });
      expect(readEngineRecord(site.site)?.address).to.equal('/x');
      const copied = await openSite(copy);
      expect(readEngineRecord(copied)).to.equal(undefined);
      const lock = await acquireEngineLock(copied, async () => Promise.resolve(0));
      expect(lock).to.be.instanceOf(EngineLock);
      const sockets = engineSocketFolder(copied);
      expect(sockets === undefined || existsSync(sockets)).to.equal(true);
      if (lock instanceof EngineLock) await lock.release();
      // Its folder goes with the last socket.
      expect(sockets !== undefined && existsSync(sockets)).to.equal(false);
    } finally {
      await site.remove();
    }
  });
});
