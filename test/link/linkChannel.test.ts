import { expect } from 'chai';
import { once } from 'node:events';
import { TLSSocket } from 'node:tls';
import { WebSocket, WebSocketServer } from 'ws';
import { openPort, type OpenPort } from '../../server/downstream/port/Port.js';
import { LinkChannel } from '../../server/link/LinkChannel.js';
import { LINK_LIMITS } from '../../server/link/linkContract.js';
import { TestClock } from '../fixtures/TestClock.js';
import { testCertificates } from './siteCertificate.js';

describe('site link: a connection that is only half there', () => {
  let port: OpenPort;
  let channels: ((channel: { channel: LinkChannel; socket: WebSocket }) => void)[] = [];
  const clock = new TestClock();
  const seconds = LINK_LIMITS.pingMs / 1000;

  before(async () => {
    const { leaf } = await testCertificates();
    const sockets = new WebSocketServer({ noServer: true });
    port = await openPort({
      address: { host: '127.0.0.1', port: 0 },
      certificate: leaf,
      allowsHttp: false,
      headersTimeoutMs: 60_000,
      requestTimeoutMs: 60_000,
      silenceMs: 60_000,
      onRefused: () => undefined,
      handler: async (_request, response) => {
        response.end();
        await Promise.resolve();
      },
      onUpgrade: (request, socket, head) =>
        sockets.handleUpgrade(request, socket, head, (webSocket) => {
          if (!(socket.transport instanceof TLSSocket)) return;
          const channel = new LinkChannel({ socket: webSocket, tls: socket.transport, clock, peer: 'the node' });
          channel.listen();
          for (const take of channels.splice(0)) take({ channel, socket: webSocket });
        }),
    });
  });
  after(async () => port.close());

  const dial = async (autoPong: boolean): Promise<{ channel: LinkChannel; server: WebSocket; client: WebSocket }> => {
    const made = new Promise<{ channel: LinkChannel; socket: WebSocket }>((resolve) => {
      channels = [resolve];
    });
    const client = new WebSocket(`wss://127.0.0.1:${port.address.port}/x`, {
      ca: [(await testCertificates()).authority.certificate],
      autoPong,
    });
    await once(client, 'open');
    const { channel, socket } = await made;
    return { channel, server: socket, client };
  };

  it('is noticed by a ping without an answer', async () => {
    const { channel, client } = await dial(false);
    // The connection itself counts as a sign of life.
    const pinged = once(client, 'ping');
    clock.pass(seconds);
    await pinged;
    clock.pass(seconds);
    expect((await channel.ended).message).to.equal('The link with the node failed: no answer to pings.');
    client.terminate();
  });

  it('stays as long as pings are answered', async () => {
    const { channel, server, client } = await dial(true);
    for (let round = 0; round < 3; round += 1) {
      const answered = once(server, 'pong');
      clock.pass(seconds);
      await answered;
      expect(channel.lastSign).to.deep.equal(clock.now());
    }
    expect(server.readyState).to.equal(WebSocket.OPEN);
    client.close();
    expect((await channel.ended).message).to.equal('The link with the node failed: it was closed.');
  });
});
