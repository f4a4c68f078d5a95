import { expect } from 'chai';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { request } from 'undici';
import type { Listener } from '../../server/downstream/port/PortOptions.js';
import { listenUrl } from '../../server/downstream/port/listen.js';
import { siteCertificate } from '../link/siteCertificate.js';
import { Cleanup } from '../upstream/harness.js';
import { labPort } from './labPort.js';

const GET = 'GET / HTTP/1.1\r\nHost: x\r\n\r\n';

describe('The port', () => {
  const cleanup = new Cleanup();
  afterEach(async () => cleanup.run());

  const open = labPort(cleanup);

  const dial = async ({ address }: Listener): Promise<Socket> => {
    const socket = connect(address.port, '127.0.0.1');
    socket.on('error', () => undefined);
    cleanup.add(async () => Promise.resolve(void socket.destroy()));
    await once(socket, 'connect');
    return socket;
  };

  /** Everything that comes until the connection ends. */
  const all = async (socket: Socket): Promise<string> => {
    const pieces: Buffer[] = [];
    socket.on('data', (piece: Buffer) => pieces.push(piece));
    await once(socket, 'close');
    return Buffer.concat(pieces).toString();
  };

  it('answers what is sent in one go one after the other, and begins none before the last is out', async () => {
    let [inWork, most, answered] = [0, 0, 0];
    const listener = await open(async (_request, response) => {
      inWork += 1;
      most = Math.max(most, inWork);
      await new Promise((resolve) => void setImmediate(resolve));
      answered += 1;
      response.once('close', () => (inWork -= 1)).end(String(answered));
    });
    const socket = await dial(listener);
    socket.write(`${GET.repeat(599)}GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    const text = await all(socket);
    expect([most, answered, text.split('HTTP/1.1 200').length - 1]).to.deep.equal([1, 600, 600]);
  });

  it('makes nothing of what is sent behind a request that is in work', async () => {
    let asked = 0;
    let go: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (go = resolve));
    let begun: () => void = () => undefined;
    const first = new Promise<void>((resolve) => (begun = resolve));
    const listener = await open(async (_request, response) => {
      asked += 1;
      begun();
      await held;
      response.end();
    });
    const socket = await dial(listener);
    socket.write(GET.repeat(2000));
    await first;
    for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => void setImmediate(resolve));
    expect(asked).to.equal(1);
    socket.destroy();
    go();
  });

  it('reads bodies of a length and in chunks; what follows a chunked one at once ends the connection', async () => {
    const bodies: string[] = [];
    const listener = await open(async (incoming, response) => {
      let text = '';
      for await (const piece of incoming) text += String(piece);
      bodies.push(text);
      response.end();
    });
    const socket = await dial(listener);
    socket.write(
      `POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 7\r\n\r\na\r\n\r\nbc${GET}` +
        `POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n${GET.repeat(100)}`,
    );
    await all(socket);
    expect(bodies).to.deep.equal(['a\r\n\r\nbc', '', 'abc']);
  });

  it('slow heads of one address do not fill it: who waited longest goes', async () => {
    const listener = await open(
      async (_request, response) => {
        response.end('here');
        await Promise.resolve();
      },
      { portLimits: { connections: 20, keptConnections: 4, addressShare: 1 } },
    );
    const slow: Socket[] = [];
    for (let index = 0; index < 60; index += 1) {
      const socket = await dial(listener);
      socket.write('GET / HTTP/1.1\r\nX');
      slow.push(socket);
    }
    const answer = await request(listenUrl(listener.address));
    expect(await answer.body.text()).to.equal('here');
  });

  for (const [title, sent] of [
    ['another protocol', 'PRI * HTTP/2.0\r\n\r\n'],
    ['an expectation', 'POST / HTTP/1.1\r\nHost: x\r\nExpect: wonders\r\nContent-Length: 9\r\n\r\n'],
    ['a body that does not come', 'POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 9\r\n\r\n'],
    ['a connection that is kept open after its answer', GET],
    ['a TLS handshake that does not go on', '\x16\x03\x01\x02\x00\x01'],
  ] as const)
    it(`${title} does not keep its place`, async () => {
      const listener = await open(
        async (incoming, response) => {
          await incoming.resume().toArray();
          response.end('here');
        },
        {
          certificate: await siteCertificate(),
          portLimits: { connections: 8, keptConnections: 0, addressShare: 1, stalledMs: 0 },
        },
      );
      for (let index = 0; index < 16; index += 1) (await dial(listener)).write(sent);
      const answer = await request(listenUrl(listener.address));
      expect(await answer.body.text()).to.equal('here');
    });

  it('a TLS handshake has so long, and no longer', async () => {
    const refused: string[] = [];
    const listener = await open(async () => Promise.resolve(), {
      certificate: await siteCertificate(),
      onRefused: (_peer, reason) => refused.push(reason),
      portLimits: { greetingMs: 50 },
    });
    for (const sent of ['', '\x16', '\x16\x03\x01\x02\x00\x01']) {
      const socket = await dial(listener);
      socket.write(sent);
      expect(await all(socket)).to.equal('');
    }
    expect(refused.join()).to.contain('no TLS connection').and.to.contain('timeout');
  });

  it('a request without room (PortBusy) is answered with 503 and when to ask again, small ones go on', async () => {
    let go: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (go = resolve));
    const listener = await open(
      async (incoming, response, work) => {
        if (incoming.url === '/large') await work.hold(100_000);
        if (incoming.url === '/held') {
          await work.hold(100_000);
          await held;
        }
        response.end('done');
      },
      { portLimits: { bytes: 120_000, addressShare: 1, ownBytes: 1000, waitMs: 20 } },
    );
    const url = listenUrl(listener.address);
    const first = request(`${url}/held`);
    const busy = async (): Promise<[number, unknown]> =>
      request(`${url}/large`).then(async ({ statusCode, headers, body }) => {
        await body.dump();
        return [statusCode, headers['retry-after']];
      });
    let refused = await busy();
    // The one that holds it may come second.
    while (refused[0] === 200) refused = await busy();
    expect(refused).to.deep.equal([503, '10']);
    expect(await (await request(`${url}/small`)).body.text()).to.equal('done');
    go();
    await (await first).body.dump();
    expect((await busy())[0]).to.equal(200);
  });
});
