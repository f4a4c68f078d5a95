import { expect } from 'chai';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { join } from 'node:path';
import {
  createMessageConnection,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-jsonrpc/node';
import type { HelloResult } from '../../server/contract/generated/types.js';
import { CONTRACT_RANGE } from '../../server/contract/versions.js';
import { type EngineConnection, handshake } from '../../server/relay/handshake.js';
import { EngineIdentity } from '../../server/rpc/EngineIdentity.js';
import { OneTimeKey } from '../../server/rpc/OneTimeKey.js';
import { engineProof, relayProof, SealedChannel, sealingNonce } from '../../server/rpc/SealedChannel.js';
import { readEngineRecord, writeEngineRecord } from '../../server/rpc/enginePlace.js';
import type { RealSite } from '../process/RealSite.js';
import { caughtFrom } from './caught.js';
import { fakeEngineSite } from './fakeEngineSite.js';

function talkOver(socket: Socket): MessageConnection {
  const rpc = createMessageConnection(new StreamMessageReader(socket), new StreamMessageWriter(socket));
  socket.on('error', () => undefined);
  rpc.listen();
  return rpc;
}

describe('rpc: who knows the secret of a site', function () {
  if (process.platform === 'win32') return;
  let site: RealSite;
  let server: Server | undefined;
  let far: Socket | undefined;
  const got: string[] = [];
  before(async () => {
    site = await fakeEngineSite();
    await site.client().request('site/get', {});
  });
  afterEach(() => {
    server?.close();
    far?.destroy();
    got.length = 0;
  });
  after(async () => site.remove());

  const record = () => readEngineRecord(site.site)!;

  /** An operator's pipe: he passes hello on, changes the answer, and proves what he says with the secret. */
  async function greetOperator(change: (hello: HelloResult, relay: string) => Partial<HelloResult> | null) {
    server = createServer((socket) => {
      const rpc = talkOver(socket);
      rpc.onRequest('hello', async (params: { nonce: string }) => {
        far = connect(record().address);
        const hello = await talkOver(far).sendRequest<HelloResult>('hello', params);
        const changed = change(hello, params.nonce);
        if (changed === null) return null;
        const said = { ...hello, ...changed };
        const proof = engineProof(site.site.secret, { relay: params.nonce, engine: said.nonce ?? '' });
        return { ...said, proof };
      });
      rpc.onRequest((method) => {
        got.push(method);
        return {};
      });
    });
    const address = join(site.home, `${randomBytes(4).toString('hex')}.sock`);
    await once(server.listen(address), 'listening');
    return greet(address, record().key);
  }

  async function greet(address: string, key?: string): Promise<EngineConnection | undefined> {
    const socket = connect(address);
    await once(socket, 'connect');
    return handshake(socket, { site: site.site, place: { address, key }, deps: site.deps });
  }

  it('cannot answer as its engine: a session tells him nothing', async () => {
    const own = new EngineIdentity();
    const key = new OneTimeKey();
    const lies: readonly ((hello: HelloResult, relay: string) => Partial<HelloResult> | null)[] = [
      () => null,
      () => ({ signature: 5 as never }),
      () => ({ nonce: 5 as never }),
      () => ({ contract: '1' as never }),
      () => ({ signature: undefined }),
      () => ({ signature: '' }),
      () => ({ nonce: key.nonce }),
      () => ({ nonce: sealingNonce('a'.repeat(64)) }),
      () => ({ processId: 1 }),
      () => ({ contract: 1 }),
      () => ({ yields: true }),
      () => ({ moduleVersion: '9.0.0' }),
      (hello, relay) => ({ signature: own.sign({ relay, hello }) }),
      (hello) => ({ signature: own.sign({ relay: key.nonce, hello }) }),
    ];
    for (const lie of lies) {
      const error = await caughtFrom(greetOperator(lie));
      expect([error.errorId, got], String(lie)).to.deep.equal(['HelloRefused', []]);
      server?.close();
    }
  });

  it('cannot read what is sent when he passes the proofs on', async () => {
    const [one, other, third] = [new OneTimeKey(), new OneTimeKey(), new OneTimeKey()];
    const shared = one.sharedWith(other.nonce);
    expect([shared.length, shared.equals(other.sharedWith(one.nonce))]).to.deep.equal([32, true]);
    expect(shared.equals(third.sharedWith(one.nonce))).to.equal(false);
    // What is sealed with it does not open without it.
    const nonces = { relay: one.nonce, engine: other.nonce };
    const { secret } = site.site;
    const [near, remote] = await pair();
    const [engine, operator] = [new SealedChannel(near, 'engine'), new SealedChannel(remote, 'relay')];
    engine.seal({ secret, nonces, shared });
    operator.seal({ secret, nonces, shared: Buffer.alloc(0) });
    const message = 'Content-Length: 2\r\n\r\n{}';
    operator.input.resume();
    engine.output.write(message.repeat(3));
    await once(remote, 'close');
    near.destroy();
  });

  async function pair(): Promise<[Socket, Socket]> {
    const listening = createServer().listen(0, '127.0.0.1');
    await once(listening, 'listening');
    const remote = connect((listening.address() as AddressInfo).port, '127.0.0.1');
    const [near] = (await once(listening, 'connection')) as [Socket];
    near.on('error', () => undefined);
    listening.close();
    return [near, remote];
  }

  it('is asked by the key of the note that the engine wrote last', async () => {
    const { address, key } = record();
    const wrong = new EngineIdentity().publicKey;
    // A note that was read before the engine wrote its own does not count.
    (await greet(address, wrong))?.rpc.end();
    await writeEngineRecord(site.site, { ...record(), key: wrong });
    expect((await caughtFrom(greet(address, key))).errorId).to.equal('HelloRefused');
    await writeEngineRecord(site.site, { ...record(), key: 'no key' });
    expect((await caughtFrom(greet(address, key))).errorId).to.equal('HelloRefused');
    await writeEngineRecord(site.site, { ...record(), key: undefined });
    const older = await greet(address);
    expect(await older?.rpc.sendRequest('site/get', {})).to.have.property('SiteCode');
    older?.rpc.end();
    await writeEngineRecord(site.site, { ...record(), key });
  });

  it('asks the engine by a module that sealed without one-time keys; a nonce that is no key is refused', async () => {
    const older = new SealedChannel(connect(record().address), 'relay');
    const rpc = createMessageConnection(new StreamMessageReader(older.input), new StreamMessageWriter(older.output));
    rpc.listen();
    const relay = sealingNonce(randomBytes(32).toString('hex'));
    const params = { moduleVersion: '0.1.5', contract: CONTRACT_RANGE, processId: process.pid };
    const hello = await rpc.sendRequest<HelloResult>('hello', { ...params, nonce: relay });
    const nonces = { relay, engine: hello.nonce ?? '' };
    older.seal({ secret: site.site.secret, nonces, shared: Buffer.alloc(0) });
    await rpc.sendRequest('authenticate', { proof: relayProof(site.site.secret, nonces) });
    expect(await rpc.sendRequest('site/get', {})).to.have.property('SiteCode');
    rpc.end();
    const zeros = Buffer.alloc(32).toString('base64url');
    for (const nonce of ['s.x.0123456789abcdef', `s.x.${zeros}`]) {
      const peer = talkOver(connect(record().address));
      const caught = await peer.sendRequest('hello', { ...params, nonce }).catch((error: unknown) => error);
      expect(String(caught), nonce).to.contain('is not a key');
      peer.dispose();
    }
    expect((await site.client().request('site/get', {})).ServerName).to.equal(String(record().processId));
  });
});
