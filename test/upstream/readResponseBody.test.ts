import { expect } from 'chai';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { request } from 'undici';
import { SyncError } from '../../server/errors/SyncError.js';
import { readResponseBody } from '../../server/upstream/readResponseBody.js';

describe('upstream: the body of an answer', () => {
  let server: Server;
  let packed: Buffer;

  before((done) => {
    server = createServer((_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip', 'content-type': 'text/xml' });
      response.end(packed);
    }).listen(0, '127.0.0.1', done);
  });
  after(() => {
    server.close();
  });

  const read = async (limit: number): Promise<Buffer> => {
    const response = await request(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    return readResponseBody(response, 'GetUpdateData', limit);
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

  it('is refused when it unpacks to more than the limit', async () => {
    packed = gzipSync(Buffer.alloc(50_000_000));
    expect(await failureOf(1_000_000)).to.be.instanceOf(SyncError);
  });

  it('is refused when it is no gzip although it says so', async () => {
    packed = Buffer.from('plain text');
    expect(await failureOf(1_000_000)).to.be.instanceOf(Error);
  });
});
