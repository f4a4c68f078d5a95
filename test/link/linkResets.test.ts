import { expect } from 'chai';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { WebSocket } from 'ws';
import { authorityOf, decodeJoinToken } from '../../server/link/JoinToken.js';
import { type LabSite, LinkLab } from './LinkLab.js';

describe('site link: a client that resets its connection', () => {
  let lab: LinkLab;
  let top: LabSite;
  before(async () => {
    lab = new LinkLab();
    top = await lab.site('CS1', { type: 'CAS' });
  });
  after(async () => lab.remove());

  it('is not refused, wherever it was: plain, in TLS, in the WebSocket', async () => {
    const authority = authorityOf({ ca: decodeJoinToken(await top.token()).ca });
    // The clients reach the site through it; what it resets towards the site is a reset of the connection there.
    let last: Socket | undefined;
    const relay = createServer((client) => {
      const inner = (last = connect(top.port, '127.0.0.1'));
      for (const socket of [client, inner]) socket.on('error', () => socket.destroy());
      inner.on('close', () => client.destroy());
      client.pipe(inner).pipe(client);
    }).listen(0, '127.0.0.1');
    await once(relay, 'listening');
    const { port } = relay.address() as AddressInfo;
    const reset = async (socket: Socket | WebSocket): Promise<void> => {
      socket.on('error', () => undefined);
      const gone = new Promise<void>((resolve) => void socket.once('close', () => resolve()));
      last?.resetAndDestroy();
      await gone;
    };
    const head = 'POST /ServerSyncWebService/ServerSyncWebService.asmx HTTP/1.1\r\nHost: a\r\n';
    for (const text of ['P', head, `${head}Content-Length: 900\r\n\r\n<`]) {
      const secure = connectTls({ port, host: '127.0.0.1', ca: [authority] });
      await once(secure, 'secureConnect');
      await new Promise((resolve) => secure.write(text, resolve));
      await reset(secure);
    }
    for (const text of ['P', head, '\u0016\u0003\u0001\u0002\u0000\u0001']) {
      const plain = connect(port, '127.0.0.1');
      await once(plain, 'connect');
      await new Promise((resolve) => plain.write(text, 'latin1', resolve));
      await reset(plain);
    }
    const link = new WebSocket(`wss://127.0.0.1:${port}/ConfigMgrSync/link`, { ca: [authority] });
    await once(link, 'open');
    await reset(link);
    relay.close();
    const refused = connect(top.port, '127.0.0.1', () => refused.write('no HTTP\r\n\r\n'));
    await once(refused.resume(), 'close');
    await lab.stop();
    const lines = top.lines().filter((line) => line.includes('refused a connection'));
    expect(lines.map((line) => line.replace(/.*127.0.0.1: /, '').slice(0, 15))).to.deep.equal(['no HTTP request']);
  });
});
