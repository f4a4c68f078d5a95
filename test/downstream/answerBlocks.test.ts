import { expect } from 'chai';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Writable } from 'node:stream';
import { BLOCK_BYTES, giveBlock, type MessagePieces, takeBlock } from '../../server/downstream/AnswerBlocks.js';
import { sendPieces } from '../../server/downstream/sendPieces.js';
import { SyncError } from '../../server/errors/SyncError.js';
import { rejectionOf } from '../fixtures/rejection.js';

/** Blocks of 128 KB are used again: none while anybody may still read it, or two clients would get the same bytes. */
describe('The blocks of an answer', () => {
  /** The blocks that the next answer takes, in this order. */
  const ready = (): readonly [Buffer, Buffer] => {
    const blocks = [takeBlock(), takeBlock()] as const;
    for (const block of blocks.toReversed()) giveBlock(block);
    return blocks;
  };

  async function* message(size: number): MessagePieces {
    for (let at = 0; at < size; at += 1000) yield await Promise.resolve([Buffer.alloc(Math.min(1000, size - at), at)]);
  }

  /** A client; `take` is told of each write, and how to say that it is done. */
  function client(take: (done: () => void, response: Writable) => void): ServerResponse {
    const write = (_chunk: unknown, _encoding: unknown, done: () => void): void => take(done, response);
    const response = Object.assign(new Writable({ write }), { writeHead: () => response });
    return response as unknown as ServerResponse;
  }

  const send = async (
    response: ServerResponse,
    size: number,
    hold = async (): Promise<void> => Promise.resolve(),
  ): Promise<void> => {
    const work = { hold, give: () => undefined };
    const request = { headers: {} } as IncomingMessage;
    const reply = { status: 200, contentType: 'text/xml', pieces: message(size), packable: true, work };
    await sendPieces(request, response, reply);
  };

  it('are one for a small answer, which is given back', async () => {
    const [first, second] = ready();
    await send(
      client((done) => done()),
      5000,
    );
    expect(takeBlock() === first, 'the first').to.equal(true);
    expect(takeBlock() === second, 'the second').to.equal(true);
  });

  it('are two for a large one, which are given back once it is out', async () => {
    const blocks = ready();
    const waiting: (() => void)[] = [];
    const sent = send(
      client((done) => waiting.push(done)),
      10 * BLOCK_BYTES,
    ).then(() => 'sent');
    let isOut: string | undefined;
    void sent.then((what) => (isOut = what));
    for (; isOut === undefined; waiting.shift()?.()) await new Promise((resolve) => void setImmediate(resolve));
    expect(new Set([takeBlock(), takeBlock()])).to.deep.equal(new Set(blocks));
  });

  it('are no second one before there is memory for it', async () => {
    const [, second] = ready();
    const busy = async (): Promise<void> => Promise.reject(new SyncError('PortBusy', { address: '192.0.2.1' }));
    const sent = send(
      client((done) => done()),
      10 * BLOCK_BYTES,
      busy,
    );
    expect(await rejectionOf(sent)).to.equal('PortBusy');
    expect(takeBlock() === second).to.equal(true);
  });

  it('are not used again where the client left while one was on its way', async () => {
    const blocks = ready();
    let writes = 0;
    const leaving = client((done, response) => ((writes += 1) === 3 ? response.destroy() : done()));
    await send(leaving, 10 * BLOCK_BYTES);
    for (let look = 0; look < 20; look += 1) expect(blocks.includes(takeBlock())).to.equal(false);
  });
});
