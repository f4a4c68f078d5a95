import { expect } from 'chai';
import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { request } from 'undici';
import { SyncError } from '../../server/errors/SyncError.js';
import { readResponseBody } from '../../server/upstream/readResponseBody.js';

describe('upstream: the body of an answer', () => {
  let server: Server;
  let packed: Buffer;
  let encoding: Record<string, string> = {};

  before((done) => {
    server = createServer((_request, response) => {
      response.writeHead(200, { ...encoding, 'content-type': 'text/xml' });
      response.end(packed);
    }).listen(0, '127.0.0.1', done);
  });
  beforeEach(() => {
    encoding = { 'content-encoding': 'gzip' };
  });
  after(() => {
    server.close();
  });

  const read = async (limit: number, room?: Buffer): Promise<Buffer> => {
    const response = await request(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    return readResponseBody(response, { operation: 'GetUpdateData', maximum: limit, room });
  };
  const failureOf = async (limit: number): Promise<unknown> =>
    read(limit).then(
      () => undefined,
      (caught: unknown) => caught,
    );

  it('is unpacked when it comes as gzip', async () => {
    packed = gzipSync('<a>update</a>'.repeat(10_000));
    expect((await read(1_000_000)).toString()).to.equal('<a>update</a>'.repeat(10_000));
  });

  it('is unpacked elsewhere when it is long, and refused in the same way when it is damaged', async () => {
    const long = randomBytes(50_000).toString('hex');
    packed = gzipSync(long);
    expect((await read(1_000_000)).toString()).to.equal(long);
    packed.fill(0, 1000, 2000);
    expect(await failureOf(1_000_000)).to.include({ errorId: 'UpstreamMalformed' });
  });

  it('is put where there is room for it, and elsewhere once there is none', async () => {
    encoding = {};
    packed = Buffer.from('<a>update</a>'.repeat(20_000));
    for (const length of [300_000, 260_000, 1000, 0]) {
      const room = Buffer.alloc(length);
      const body = await read(1_000_000, room);
      expect(body.equals(packed), String(length)).to.equal(true);
      expect(body.buffer === room.buffer, String(length)).to.equal(length >= packed.length);
    }
    expect(await failureOf(100_000)).to.be.instanceOf(SyncError);
  });

  it('is refused when it unpacks to more than the limit', async () => {
    packed = gzipSync(Buffer.alloc(50_000_000));
    expect(await failureOf(1_000_000)).to.be.instanceOf(SyncError);
  });

  it('is refused when it is no gzip although it says so', async () => {
    packed = Buffer.from('plain text');
    expect(await failureOf(1_000_000)).to.be.instanceOf(Error);
  });
});
