import { expect } from 'chai';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isRecordOfEngine } from '../../server/rpc/acquireEngineLock.js';
import { connectSocket, type EarlierPipe, listen, openEarlierPipe } from '../../server/rpc/sockets.js';
import { EngineLock } from '../../server/rpc/EngineLock.js';

describe('rpc: the name of the pipe that sessions of version 0.1 know', () => {
  let folder: string;
  const servers: Server[] = [];
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'cms-test-'))));
  afterEach(() => {
    for (const server of servers.splice(0)) server.close();
    rmSync(folder, { recursive: true });
  });

  const at = (name: string): string => join(folder, name);
  async function listening(name: string): Promise<Server> {
    const server = createServer((socket) => socket.destroy());
    servers.push(server);
    await listen(server, at(name));
    return server;
  }
  async function open(isOfEngine: () => boolean, pauses: number[] = []): Promise<EarlierPipe> {
    const pause = async (milliseconds: number): Promise<unknown> => Promise.resolve(pauses.push(milliseconds));
    return openEarlierPipe({ address: at('earlier'), isOfEngine, pause });
  }

  it('leads to the same engine, and is free again when that ends', async () => {
    const earlier = await open(() => false);
    if (!('server' in earlier)) expect.fail('no server');
    const server = await listening('engine');
    const parts = { server, address: at('engine'), generation: 1, folder: undefined };
    const lock = new EngineLock({ ...parts, earlier });
    const came = new Promise<void>((resolve) => lock.onConnection((socket) => resolve(void socket.destroy())));
    await once(connect(at('earlier')), 'connect');
    await came;
    expect(lock.remarks).to.deep.equal([]);
    await lock.release();
    expect(await connectSocket(at('earlier'))).to.equal(undefined);
    expect(await connectSocket(at('engine'))).to.equal(undefined);
  });

  it('is the lock of an engine of that version, which may write its note a moment later', async () => {
    await listening('earlier');
    const pauses: number[] = [];
    expect(await open(() => pauses.length === 2, pauses)).to.deep.equal({ isTaken: true });
    expect(pauses).to.have.length(2);
  });

  it('stops nobody where a stranger has it, and the log says who goes without', async () => {
    await listening('earlier');
    const pauses: number[] = [];
    const { remark } = (await open(() => false, pauses)) as { remark: string };
    expect(remark).to.contain(`version 0.1 do not find this engine: the pipe ${at('earlier')}`);
    expect(pauses).to.have.length(10);
    const server = await listening('engine');
    const lock = new EngineLock({
      server,
      address: at('engine'),
      generation: 1,
      folder: undefined,
      earlier: { remark },
    });
    expect(lock.remarks).to.deep.equal([remark]);
    await lock.release();
  });

  it('counts as that of an engine where the note of the site says so and its process lives', () => {
    const note = { processId: process.pid, address: 'earlier', generation: 1 };
    expect(isRecordOfEngine(note, 'earlier')).to.equal(true);
    expect(isRecordOfEngine(note, 'other')).to.equal(false);
    expect(isRecordOfEngine({ ...note, processId: 999_999_999 }, 'earlier')).to.equal(false);
    expect(isRecordOfEngine(undefined, 'earlier')).to.equal(false);
  });
});
