import { expect } from 'chai';
import { once } from 'node:events';
import { connect } from 'node:net';
import type { Listener, RequestHandler } from '../../server/downstream/port/PortOptions.js';
import { siteCertificate } from '../link/siteCertificate.js';
import { Cleanup } from '../upstream/harness.js';
import { LateGreeter } from './LateGreeter.js';
import { labPort } from './labPort.js';
import { turnCounter } from './turnCounter.js';

const COUNT = 60;
const GET = 'GET / HTTP/1.1\r\nHost: x\r\n\r\n';
const PIECE = 64 * 1024;
const POST = `POST / HTTP/1.1\r\nHost: x\r\nContent-Length: ${4 * PIECE}\r\n\r\n`;
const UPGRADE = 'GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n';

describe('What many bring to the port at once is done few by few', () => {
  const cleanup = new Cleanup();
  afterEach(async () => cleanup.run());

  const open = labPort(cleanup);
  const answers: RequestHandler = async (_request, response) => Promise.resolve(void response.end());

  const send = async ({ address }: Listener, text: string): Promise<void> => {
    const sockets = Array.from({ length: COUNT }, () => connect(address.port, '127.0.0.1'));
    for (const socket of sockets) socket.on('error', () => undefined);
    cleanup.add(() => {
      for (const socket of sockets) socket.destroy();
      return Promise.resolve();
    });
    // The port takes them in one a turn: what they bring at once comes when all of them are served.
    for (const socket of sockets) socket.write(GET);
    await Promise.all(sockets.map(async (socket) => once(socket, 'data')));
    for (const socket of sockets) socket.write(text);
  };

  /** Counts what happens in each turn; `most` is fulfilled with the most of a turn when it has happened so often. */
  const counter = (often = COUNT): { readonly happened: () => void; readonly most: Promise<number> } => {
    const turn = turnCounter(cleanup);
    const turns = new Map<number, number>();
    const all = new EventTarget();
    let left = often;
    const happened = (): void => {
      turns.set(turn(), (turns.get(turn()) ?? 0) + 1);
      if ((left -= 1) === 0) all.dispatchEvent(new Event('there'));
    };
    return { happened, most: once(all, 'there').then(() => Math.max(...turns.values())) };
  };

  it('upgrades', async () => {
    const { happened, most } = counter();
    await send(await open(answers, { onUpgrade: happened }), UPGRADE);
    expect(await most).to.be.at.most(2);
  });

  it('requests', async () => {
    // One of each connection before those that come at once.
    const { happened, most } = counter(2 * COUNT);
    await send(await open((...asked) => (happened(), answers(...asked))), GET);
    expect(await most).to.be.at.most(8);
  });

  it('bodies', async () => {
    const { happened, most } = counter(COUNT * 4);
    const takesBody: RequestHandler = async (request, response) => {
      let size = 0;
      for await (const piece of request as AsyncIterable<Buffer>) {
        size += piece.length;
        // A piece is what is read at once, which is at most so much.
        while (size >= PIECE) {
          size -= PIECE;
          happened();
        }
      }
      response.end();
    };
    await send(await open(takesBody), `${POST}${'x'.repeat(4 * PIECE)}`);
    expect(await most).to.be.at.most(2 * 8);
  });

  it('what ends a TLS handshake, with the request behind it', async () => {
    const { happened, most } = counter();
    const { address } = await open((...asked) => (happened(), answers(...asked)), {
      certificate: await siteCertificate(),
    });
    const clients = Array.from({ length: COUNT }, () => new LateGreeter(address.port));
    cleanup.add(() => {
      for (const client of clients) client.close();
      return Promise.resolve();
    });
    await Promise.all(clients.map(async (client) => client.ask(GET)));
    for (const client of clients) client.release();
    expect(await most).to.be.at.most(8);
  });

  it('heads that come too late', async () => {
    const { happened, most } = counter();
    await send(await open(answers, { onRefused: happened, headersTimeoutMs: 50 }), 'POST / HTTP/1.1\r\nX-Slow: ');
    expect(await most).to.be.at.most(8);
  });
});
