import { expect } from 'chai';
import { once } from 'node:events';
import { connect } from 'node:net';
import { request } from 'undici';
import { listenUrl } from '../../server/downstream/port/listen.js';
import { Cleanup } from '../upstream/harness.js';
import { labPort } from './labPort.js';

describe('The listener', () => {
  const cleanup = new Cleanup();
  afterEach(async () => cleanup.run());
  const open = labPort(cleanup);

  it('lets go of a peer that takes nothing of its answer', async () => {
    let closed: Promise<unknown> = Promise.resolve();
    let asked: () => void = () => undefined;
    const begun = new Promise<void>((resolve) => (asked = resolve));
    const listener = await open(
      async (_request, response) => {
        closed = once(response, 'close');
        response.write(Buffer.alloc(50_000_000));
        asked();
        return Promise.resolve();
      },
      { silenceMs: 100 },
    );
    const socket = connect(listener.address.port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.pause();
    socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    await begun;
    await closed;
    socket.destroy();
  });

  it('finishes the answers in work when it is closed, and takes no new ones', async () => {
    let finish: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (finish = resolve));
    let asked: () => void = () => undefined;
    const begun = new Promise<void>((resolve) => (asked = resolve));
    const listener = await open(async (_request, response) => {
      asked();
      await held;
      response.end('done');
    });
    const url = listenUrl(listener.address);
    const answer = request(url);
    await begun;
    const closed = listener.close();
    expect(
      await request(url).then(
        () => 'answered',
        (caught: unknown) => (caught as { code?: string }).code,
      ),
    ).to.equal('ECONNREFUSED');
    finish();
    expect(await (await answer).body.text()).to.equal('done');
    await closed;
  });

  it('names a request that failed, and goes on', async () => {
    const lines: string[] = [];
    const listener = await open(async () => Promise.reject(new RangeError('out of range')), {
      log: (line) => lines.push(line),
    });
    expect(
      await request(listenUrl(listener.address)).then(
        () => 'answered',
        (caught: unknown) => (caught as { code?: string }).code,
      ),
    ).to.equal('UND_ERR_SOCKET');
    expect(lines).to.deep.equal(['a request failed: out of range']);
  });
});
