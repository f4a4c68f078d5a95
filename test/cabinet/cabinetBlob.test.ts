import { expect } from 'chai';
import fc from 'fast-check';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createBlobCabinetReader } from '../../server/cabinet/readBlobCabinet.js';
import { type BlobCompression, writeBlobCabinet } from '../../server/cabinet/writeBlobCabinet.js';
import { SyncError } from '../../server/errors/SyncError.js';
import { repetitions } from '../fixtures/repetitions.js';
import { skipBecause } from '../fixtures/skipBecause.js';
import { cabinetOf } from '../transfer/packageFile.js';

const hasCabextract = spawnSync('cabextract', ['--version']).status === 0;

describe('blob cabinets', () => {
  let reader: Awaited<ReturnType<typeof createBlobCabinetReader>>;
  before(async () => {
    reader = await createBlobCabinetReader();
  });

  for (const compression of ['mszip', 'lzx'] as const) {
    describe(`packed with ${compression}`, () => {
      it('give back what was packed', () => {
        fc.assert(
          fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 3000 }), (text) => {
            expect(unpacked(packed(text, compression))).to.equal(text);
          }),
          { numRuns: repetitions(60, 6000) },
        );
      });

      it('give back texts over many blocks and pieces, pairs across their borders included', () => {
        for (const lead of ['', 'a']) {
          const text = lead + '😀é€x'.repeat(60_000);
          expect(unpacked(packed(text, compression)) === text).to.equal(true);
        }
      });

      it('hold what does not compress', () => {
        const random = Buffer.alloc(100_000);
        let state = 1;
        for (let at = 0; at < random.length; at++) random[at] = (state = (state * 48_271) % 2_147_483_647) & 0xff;
        const text = random.toString('utf16le').replace(/[\uD800-\uDFFF]/g, 'x');
        expect(unpacked(packed(text, compression)) === text).to.equal(true);
      });

      it('are the same for the same document', () => {
        expect(packed('<a/>', compression)).to.deep.equal(packed('<a/>', compression));
      });

      it('can be read by cabextract', function () {
        if (!hasCabextract) skipBecause(this, 'no cabextract on PATH');
        const folder = mkdtempSync(path.join(tmpdir(), 'cms-cabinet-'));
        const text = '<upd:Update>ä😀</upd:Update>'.repeat(9000);
        writeFileSync(path.join(folder, 'a.cab'), packed(text, compression));
        const { status, stdout } = spawnSync('cabextract', ['-p', path.join(folder, 'a.cab')], {
          maxBuffer: 1 << 26,
        });
        rmSync(folder, { recursive: true });
        expect(status).to.equal(0);
        expect(stdout.toString('utf16le') === text).to.equal(true);
      });
    });
  }

  it('find with LZX what occurred far before', () => {
    let state = 1;
    const next = (): string => String.fromCharCode(0x4e00 + ((state = (state * 48_271) % 2_147_483_647) % 20_000));
    const once = Array.from({ length: 60_000 }, next).join('');
    const [single, twice] = [once, once + 'x'.repeat(150_000) + once].map((text) => packed(text, 'lzx'));
    expect(unpacked(twice!) === once + 'x'.repeat(150_000) + once).to.equal(true);
    expect(twice!.length).to.be.lessThan(single!.length * 1.1);
  });

  it('are always refused when they are cut', () => {
    const cabinet = packed('<a>text</a>'.repeat(5000));
    for (let length = 0; length < cabinet.length; length += 7)
      expectCorrupt(() => reader.read(cabinet.subarray(0, length), 'x'));
  });

  it('give bytes or CabinetCorrupt when they are damaged, and the reader goes on', () => {
    const text = '<a>text</a>'.repeat(6000);
    const cabinet = packed(text);
    fc.assert(
      fc.property(fc.nat(cabinet.length - 1), fc.uint8Array({ minLength: 1, maxLength: 60 }), (at, noise) => {
        const damaged = Buffer.from(cabinet);
        damaged.set(noise.subarray(0, damaged.length - at), at);
        try {
          reader.read(damaged, 'x');
        } catch (error) {
          expect(error).to.be.instanceOf(SyncError).with.property('errorId', 'CabinetCorrupt');
        }
      }),
      { numRuns: repetitions(300, 30_000) },
    );
    expect(unpacked(cabinet)).to.equal(text);
  });

  it('are refused with a reason', () => {
    const huge = Buffer.from(packed('<a/>'));
    huge.writeUInt32LE(0x7fffffff, 44);
    const odd = cabinetOf({ blob: 'abc' });
    const cases: [Uint8Array, RegExp][] = [
      [Buffer.alloc(0), /of KB1 cannot be read: it is not a cabinet/],
      [Buffer.from('<html>'.repeat(20)), /not a cabinet/],
      [cabinetOf({ blob: 'ab', more: 'cd' }), /2 members instead of one/],
      [cabinetOf({}), /no member/],
      [huge, /larger than/],
      [odd, /ends inside a character/],
    ];
    for (const [cabinet, reason] of cases)
      expect(expectCorrupt(() => reader.read(cabinet, 'KB1')).message).to.match(reason);
  });

  it('leave no memory behind in 10,000 reads, damaged ones included', () => {
    const cabinet = packed('<a>text</a>'.repeat(1200));
    const damaged = Buffer.from(cabinet);
    damaged.fill(0xff, 90, 140);
    const before = reader.heapBytes;
    for (let count = 0; count < 10_000; count++) {
      if (count % 10 === 0) expectCorrupt(() => reader.read(damaged, 'x'));
      else reader.read(cabinet);
    }
    expect(reader.heapBytes).to.equal(before);
  });

  function packed(text: string, compression: BlobCompression = 'mszip'): Uint8Array {
    return writeBlobCabinet(Buffer.from(text, 'utf8'), compression);
  }

  function unpacked(cabinet: Uint8Array): string {
    return Buffer.from(reader.read(cabinet)).toString('utf8');
  }
});

function expectCorrupt(work: () => unknown): SyncError {
  try {
    work();
  } catch (error) {
    expect(error).to.be.instanceOf(SyncError).with.property('errorId', 'CabinetCorrupt');
    return error as SyncError;
  }
  return expect.fail('it was accepted');
}
