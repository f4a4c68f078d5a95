import { expect } from 'chai';
import { once } from 'node:events';
import { request as requestSecurely } from 'node:https';
import { connect, type Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { SyncError } from '../../server/errors/SyncError.js';
import { PageTurns } from '../../server/page/PageTurns.js';
import { UnreadAnswers } from '../../server/page/UnreadAnswers.js';
import { Cleanup } from '../upstream/harness.js';
import { PageLab } from './PageLab.js';

const LOCAL = { host: 'localhost' };

describe('readers of the status page who mean ill, are many, or slow', () => {
  const cleanup = new Cleanup();
  let lab: PageLab;
  beforeEach(async () => {
    lab = await new PageLab().open(cleanup);
  });
  afterEach(async () => cleanup.run());

  /** Sends bytes as they are; gives the first line of what comes back. */
  const raw = async (text: string): Promise<string> => {
    const socket: Socket = connect(lab.port, '127.0.0.1');
    socket.on('error', () => undefined).write(text);
    const pieces: Buffer[] = [];
    socket.on('data', (piece: Buffer) => pieces.push(piece));
    await once(socket, 'close');
    return Buffer.concat(pieces).toString().split('\r\n')[0] ?? '';
  };

  it('get nothing for paths that are put together of others, and methods that there are not', async () => {
    for (const path of [
      '/x/../metrics',
      '/./',
      '//metrics',
      '/%2e%2e/',
      '/runs/../..',
      '/metrics/',
      '/RUNS',
      '/runs/1/',
    ])
      expect(await raw(`GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`), path).to.match(/ 404 /);
    for (const target of ['http://localhost/', '*', 'localhost:80', '\\'])
      expect(await raw(`GET ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`), target).to.match(
        / 40[04] /,
      );
    for (const method of ['PUT', 'DELETE', 'OPTIONS', 'PATCH', 'TRACE', 'PROPFIND'])
      expect(await raw(`${method} / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`), method).to.match(
        / 405 /,
      );
    for (const method of ['NOSUCH', 'get', 'G\u0000T'])
      expect(await raw(`${method} / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`), method).to.match(
        / 400 |^$/,
      );
  });

  it('are 200 at once and all get their page, few of them made at the same time', async () => {
    let [inWork, most] = [0, 0];
    lab.onAsk = (method) => {
      if (method !== 'health/get') return undefined;
      inWork += 1;
      most = Math.max(most, inWork);
      return new Promise((resolve) =>
        setImmediate(() => {
          inWork -= 1;
          resolve(lab.health);
        }),
      );
    };
    const all = await Promise.all(Array.from({ length: 200 }, async () => lab.askPlain('/', LOCAL)));
    expect(new Set(all.map(({ status }) => status))).to.deep.equal(new Set([200]));
    expect(most).to.be.lessThan(3);
  });

  it('hear what is wrong from a site that is damaged, or whose engine ends', async () => {
    for (const errorId of ['StoreCorrupt', 'Cancelled'] as const) {
      lab.onAsk = async () => Promise.reject(new SyncError(errorId, { path: 'x', reason: 'broken', what: 'the work' }));
      for (const path of ['/', '/runs'])
        expect((await lab.askPlain(path, LOCAL)).status, `${errorId} ${path}`).to.equal(500);
      for (const path of ['/metrics', '/readyz', '/badge.svg']) {
        const { status, headers, text } = await lab.askPlain(path, LOCAL);
        expect([status, headers['content-type']], path).to.deep.equal([503, 'text/plain; charset=utf-8']);
        expect(text, path).to.match(/^[^<]+\n$/);
      }
      expect((await lab.askPlain('/healthz', LOCAL)).text).to.equal('ok\n');
    }
  });

  it('leave before their page is made, and nothing is left of them', async () => {
    let begun: () => void = () => undefined;
    const asked = new Promise<void>((resolve) => (begun = resolve));
    let go: () => void = () => undefined;
    const held = new Promise<object>((resolve) => (go = () => resolve(lab.health)));
    lab.onAsk = (method) => {
      if (method !== 'health/get') return undefined;
      begun();
      return held;
    };
    const socket = connect(lab.port, '127.0.0.1');
    socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await asked;
    socket.destroy();
    await once(socket, 'close');
    go();
    lab.onAsk = undefined;
    expect((await lab.askPlain('/', LOCAL)).status).to.equal(200);
  });

  it('send their sign-in slowly, and nobody waits for them; who leaves in the middle is no failure', async () => {
    const slow = Array.from({ length: 12 }, () => {
      const options = { port: lab.port, host: '127.0.0.1', path: '/sign-in', method: 'POST', agent: false };
      const type = { 'content-type': 'application/x-www-form-urlencoded', 'content-length': 100 };
      const headers = { host: 'cm01.contoso.com', ...type };
      const request = requestSecurely({ ...options, headers, rejectUnauthorized: false });
      request.on('error', () => undefined).write('token=');
      return request;
    });
    await Promise.all(
      slow.map(async (request) =>
        once(request, 'socket').then(async ([socket]) => once(socket as TLSSocket, 'secureConnect')),
      ),
    );
    for (const path of ['/', '/healthz']) expect((await lab.askPlain(path, LOCAL)).status, path).to.equal(200);
    expect((await lab.ask('/')).status).to.equal(401);
    for (const request of slow) request.destroy();
    expect((await lab.ask('/healthz')).status).to.equal(200);
    expect(lab.lines).to.deep.equal([]);
  });

  it('left while they waited for their turn: nothing is made for them', async () => {
    let asked = 0;
    let go: () => void = () => undefined;
    const held = new Promise<object>((resolve) => (go = () => resolve(lab.health)));
    lab.onAsk = (method) => {
      if (method !== 'health/get') return undefined;
      asked += 1;
      return held;
    };
    const come = (): Socket => connect(lab.port, '127.0.0.1').on('error', () => undefined);
    const sockets = Array.from({ length: 10 }, come);
    for (const socket of sockets) socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
    // Those who come later are read later.
    await lab.until(() => asked === 2);
    const last = lab.askPlain('/badge.svg', LOCAL);
    await Promise.all(sockets.map(async (socket) => once(socket.destroy(), 'close')));
    await lab.until(() => lab.left === sockets.length);
    go();
    expect((await last).status).to.equal(200);
    expect(asked).to.equal(3);
  });

  it('wait in turns by address, as many as there is room for', async () => {
    const turns = new PageTurns();
    const done: string[] = [];
    let go: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (go = resolve));
    const take = async (address: string) =>
      turns.take(address, async () => {
        await held;
        done.push(address);
        return address;
      });
    const crowd = Array.from({ length: 300 }, async () => take('crowd'));
    const late = take('late');
    go();
    expect((await Promise.all(crowd)).filter((one) => one === undefined)).to.have.length(300 - 256 - 2);
    expect(await late).to.equal('late');
    expect(done.indexOf('late')).to.be.lessThan(5);
  });

  it('come from many addresses, and as few pages are made at the same time', async () => {
    const turns = new PageTurns();
    let [inWork, most] = [0, 0];
    const work = async (): Promise<void> => {
      most = Math.max(most, ++inWork);
      await new Promise((resolve) => setImmediate(resolve));
      inWork -= 1;
    };
    await Promise.all(Array.from({ length: 50 }, async (_unused, number) => turns.take(`address ${number}`, work)));
    expect(most).to.be.lessThan(3);
  });

  it('who read nothing hold no more memory than there is for pages', () => {
    const unread = new UnreadAnswers();
    const gone: number[] = [];
    const answer = (number: number, address: string, bytes: number): void =>
      unread.add({
        address,
        bytes,
        response: {
          once: () => undefined,
          destroy: () => void gone.push(number),
        } as unknown as Parameters<UnreadAnswers['add']>[0]['response'],
      });
    const MEBIBYTE = 1024 * 1024;
    for (let number = 0; number < 9; number += 1) answer(number, 'slow', MEBIBYTE);
    expect(gone).to.deep.equal([0]);
    for (let number = 10; number < 15; number += 1) answer(number, `other ${number}`, 6 * MEBIBYTE);
    expect(gone).to.deep.equal([0, 1, 2, 3, 4, 5, 6]);
  });
});
