import { expect } from 'chai';
import { once } from 'node:events';
import { connect } from 'node:net';
import { SERVER_SYNC_PATH } from '../../server/wire/operations.js';
import { Cleanup, startUpstream } from '../upstream/harness.js';

const POST = `POST /${SERVER_SYNC_PATH} HTTP/1.1\r\nHost: x\r\n`;
const GET = 'GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n';

/** What is sent, and the statuses of all answers until the connection ends. */
const REQUESTS: Readonly<Record<string, readonly [sent: string, statuses: readonly number[]]>> = {
  'a length and chunks at once': [
    `${POST}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${GET}`,
    [400],
  ],
  'two lengths': [`${POST}Content-Length: 0\r\nContent-Length: ${GET.length}\r\n\r\n${GET}`, [400]],
  'a length with a sign': [`${POST}Content-Length: +3\r\n\r\nabc`, [400]],
  'chunks by another name': [`${POST}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n${GET}`, [400]],
  'a name with a blank before its colon': [`${POST}Content-Length : 3\r\n\r\nabc`, [400]],
  'a line that goes on': [`${POST}X: a\r\n b\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, [400]],
  'a chunk whose size is none': [`${POST}Transfer-Encoding: chunked\r\n\r\nzz\r\n${GET}`, [400]],
  'an expectation that nobody knows': [`${POST}Expect: wonders\r\nContent-Length: 3\r\n\r\n`, [417]],
  'many headers': [`${POST}Connection: close\r\n${'X: y\r\n'.repeat(50_000)}\r\n`, [400]],
  'one large header': [`${POST}X: ${'y'.repeat(100_000)}\r\n\r\n`, [400]],
  'many cookies': [`${POST}Cookie: ${'a=b; '.repeat(20_000)}\r\n\r\n`, [400]],
  'a long address': [`GET /${'a'.repeat(100_000)} HTTP/1.1\r\nHost: x\r\n\r\n`, [400]],
  'no host': [`GET / HTTP/1.1\r\n\r\n`, [400]],
  HEAD: [`HEAD /${SERVER_SYNC_PATH} HTTP/1.1\r\nHost: x\r\n\r\n`, [405]],
  OPTIONS: [`OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n`, [404]],
  CONNECT: [`CONNECT elsewhere:443 HTTP/1.1\r\nHost: x\r\n\r\n`, []],
};

describe('requests that are none, and those behind them', () => {
  const cleanup = new Cleanup();
  let url: string;
  beforeEach(async () => {
    ({ url } = await startUpstream(cleanup));
  });
  afterEach(async () => cleanup.run());

  const answersTo = async (sent: string): Promise<number[]> => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.on('error', () => undefined);
    const pieces: Buffer[] = [];
    socket.on('data', (piece: Buffer) => pieces.push(piece));
    socket.write(sent);
    await once(socket, 'close');
    return [
      ...Buffer.concat(pieces)
        .toString()
        .matchAll(/HTTP\/1\.1 (\d{3})/g),
    ].map(([, status]) => Number(status));
  };

  for (const [title, [sent, statuses]] of Object.entries(REQUESTS))
    it(`${title}: the connection ends, and nothing behind it is answered`, async () => {
      expect(await answersTo(sent)).to.deep.equal(statuses);
    });

  it('trailers without end are cut off', async () => {
    expect(
      await answersTo(`${POST}Transfer-Encoding: chunked\r\n\r\n0\r\n${'X: y\r\n'.repeat(20_000)}`),
    ).to.have.length(1);
  });
});
