import { expect } from 'chai';
import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { type Dispatcher, request } from 'undici';
import { SyncError } from '../../server/errors/SyncError.js';
import { transferable } from '../../server/sync/reading/jobs.js';
import { readResponseBody } from '../../server/upstream/readResponseBody.js';

const NEVER = new AbortController().signal;

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

  const asked = async (): Promise<Dispatcher.ResponseData> =>
    request(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  const read = async (limit: number, room?: () => Buffer): Promise<Buffer> =>
    readResponseBody(await asked(), { operation: 'GetUpdateData', maximum: limit, room, signal: NEVER });
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

  it('takes no place that what it unpacks to would not lie in', async () => {
    packed = gzipSync('<a/>');
    let taken = 0;
    await read(1000, () => Buffer.alloc((taken += 1)));
    expect(taken).to.equal(0);
  });

  it('is unpacked one after the other, and not any more once nobody wants it', async () => {
    packed = gzipSync(randomBytes(500_000).toString('hex'));
    const answers = await Promise.all(Array.from({ length: 5 }, asked));
    const giveUp = new AbortController();
    const unpacks = answers.map(async (answer) => {
      const limits = { operation: 'GetUpdateData', maximum: 2_000_000, signal: giveUp.signal };
      const { length } = await readResponseBody(answer, limits);
      // The next one may have begun.
      giveUp.abort();
      return length;
    });
    const ends = await Promise.allSettled(unpacks);
    expect(ends.filter(({ status }) => status === 'fulfilled')).to.have.length.within(1, 2);
  });

  it('is put where there is room for it, and elsewhere once there is none', async () => {
    encoding = {};
    packed = Buffer.from('<a>update</a>'.repeat(20_000));
    for (const length of [300_000, 260_000, 1000, 0]) {
      const room = Buffer.alloc(length);
      const body = await read(1_000_000, () => room);
      expect(body.equals(packed), String(length)).to.equal(true);
      expect(body.buffer === room.buffer, String(length)).to.equal(length >= packed.length);
    }
    expect(await failureOf(100_000)).to.be.instanceOf(SyncError);
  });

  it('is the same when it is long, whether the upstream says its length or not', async () => {
    packed = Buffer.alloc(20_000_000, '<a>update</a>');
    const lengths = [['transfer-encoding', 'chunked'] as const, ['content-length', String(packed.length)] as const];
    for (const length of lengths) {
      encoding = Object.fromEntries([length]);
      for (const room of [undefined, () => Buffer.alloc(1000)]) {
        const body = await read(30_000_000, room);
        expect(body.equals(packed)).to.equal(true);
      }
      expect(await failureOf(19_000_000)).to.include({ errorId: 'UpstreamMalformed' });
    }
  });

  it('lies where it can change hands without a copy, whatever an answer may be', async () => {
    encoding = { 'transfer-encoding': 'chunked' };
    for (const megabytes of [5, 9, 20]) {
      packed = Buffer.alloc(megabytes * 1024 * 1024, '<a>update</a>');
      const body = await read(128 * 1024 * 1024, () => Buffer.alloc(4 * 1024 * 1024));
      expect(body.equals(packed)).to.equal(true);
      expect(transferable(body), `${megabytes} MB`).to.deep.equal([body.buffer]);
    }
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
