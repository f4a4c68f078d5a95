import zlib from 'node:zlib';
import { expect } from 'chai';
import { openBlock, PART_HEADER, readPartHeader, sealBlock } from '../../server/store/segmentBlock.js';
import type { DocumentRecord } from '../../server/store/segmentRecord.js';

const GIGABYTES = 3 * 1024 * 1024 * 1024;
const NOTES = 8;
const BLOCK = 16;
const CHECK_SUM = 24;

/** A header with another value and a check sum that fits. */
function forged(block: Buffer, at: number, value: number): Buffer {
  const copy = Buffer.from(block);
  copy.writeUInt32LE(value, at);
  copy.writeUInt32LE(zlib.crc32(copy.subarray(0, CHECK_SUM)), CHECK_SUM);
  return copy;
}

function record(text: string): DocumentRecord {
  return { document: Buffer.from(text), notes: Buffer.alloc(0) };
}

/** The parts of a block one by one. */
async function partsOf(records: readonly DocumentRecord[]): Promise<readonly Buffer[]> {
  const { bytes, lengths } = await sealBlock(records);
  let end = 0;
  return lengths.map((length) => Buffer.from(bytes.subarray(end, (end += length))));
}

describe('Blocks that are packed aside', () => {
  it('are those that are packed here, although several are packed at once', async () => {
    const texts = Array.from({ length: 5 }, (_none, index) => `${index} of `.repeat(30_000 + 20_000 * index));
    const blocks = texts.map((text) => [record(text), record(`${text} end`)]);
    const aside = await Promise.all(blocks.map(async (block) => sealBlock(block, { aside: true })));
    for (const [index, block] of blocks.entries()) {
      const here = await sealBlock(block);
      expect(Buffer.from(here.bytes).equals(aside[index]?.bytes ?? Buffer.alloc(0)), String(index)).to.equal(true);
      expect(aside[index]?.lengths).to.deep.equal(here.lengths);
    }
  });
});

describe('A block that somebody has made', () => {
  it('is none where it says that it unpacks to gigabytes', async () => {
    const block = Buffer.concat(await partsOf([record('x'.repeat(10_000))]));
    expect((await openBlock(block))?.size).to.equal(10_000);
    expect(await openBlock(forged(block, NOTES, GIGABYTES))).to.equal(undefined);
    // The longest one takes seconds to make.
    expect((await openBlock(block, { longest: 10_000 }))?.size).to.equal(10_000);
    expect(await openBlock(block, { longest: 9999 })).to.equal(undefined);
  });

  it('is none where more comes out of it than it says', async () => {
    const whole = Buffer.concat(await partsOf([record('x'.repeat(1024 * 1024))]));
    expect(await openBlock(forged(whole, 4, 10))).to.equal(undefined);
    expect(await openBlock(forged(whole, 4, 2 * 1024 * 1024))).to.equal(undefined);
  });

  it('is none where it says that it is longer than a document can be', async () => {
    const [part] = await partsOf([record('a')]);
    expect(readPartHeader(part ?? Buffer.alloc(0))?.length).to.equal(part?.length);
    expect(readPartHeader(forged(part ?? Buffer.alloc(PART_HEADER), BLOCK, GIGABYTES))).to.equal(undefined);
    // Little of the longest document that is taken may pack: what was written must be read.
    const longest = 196 * 1024 * 1024;
    expect(readPartHeader(forged(part ?? Buffer.alloc(PART_HEADER), BLOCK, longest))?.block).to.equal(longest);
  });

  it('is none without a part, with parts of another block, or in another order', async () => {
    const [one, other] = await Promise.all(
      ['a', 'b'].map(async (text) => partsOf([record(text.repeat(500)), record(`${text}c`.repeat(200))])),
    );
    const [first = Buffer.alloc(0), second = Buffer.alloc(0)] = one ?? [];
    expect((await openBlock(Buffer.concat([first, second])))?.parts).to.have.lengthOf(2);
    for (const parts of [[first], [second, first], [first, other?.[1] ?? first], [first, second, second]])
      expect(await openBlock(Buffer.concat(parts))).to.equal(undefined);
  });
});
