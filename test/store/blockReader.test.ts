import { expect } from 'chai';
import type { DocumentLocation } from '../../server/store/DocumentStore.js';
import { SegmentedDocumentStore } from '../../server/store/SegmentedDocumentStore.js';
import { realFiles, type StoreFiles } from '../../server/store/StorePlace.js';
import { rejectionOf } from '../fixtures/rejection.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { guidOf } from '../fixtures/updateDocuments.js';

/** Longer than what is read of a header. */
const BLOCK = 1000;

describe('Documents in blocks', () => {
  const folder = temporaryFolder();
  const documents = Array.from({ length: 150 }, (_unused, index) =>
    Buffer.from(`<a n="${index}">${'é&<'.repeat(900)}`),
  );

  async function written(): Promise<readonly DocumentLocation[]> {
    const store = new SegmentedDocumentStore({ folder: folder(), files: realFiles, generation: 1, site: guidOf(1) });
    const locations = await store.append(
      'updates',
      documents.map((document, index) => Buffer.concat([document, randomLike(index)])),
    );
    await store.close();
    return locations;
  }

  /** A store that counts which blocks are read. */
  function counting(reads: number[], spoil?: (bytes: Uint8Array) => void): SegmentedDocumentStore {
    const files: StoreFiles = {
      ...realFiles,
      readSync: ((descriptor: number, buffer: Uint8Array, offset: number, length: number, position: number) => {
        if (length > BLOCK && position > 0) reads.push(position);
        const read = realFiles.readSync(descriptor, buffer, offset, length, position);
        if (length > BLOCK) spoil?.(buffer);
        return read;
      }) as StoreFiles['readSync'],
    };
    return new SegmentedDocumentStore({ folder: folder(), files, generation: 2, site: guidOf(1) });
  }

  it('are unpacked once for all who read at the same time, one block ahead of who reads in order', async () => {
    const locations = await written();
    const reads: number[] = [];
    const store = counting(reads);
    const readers = Array.from({ length: 20 }, async () => store.read(locations[0] as DocumentLocation));
    for (const read of await Promise.all(readers)) expect(startOf(read)).to.equal('<a n="0">');
    expect(reads).to.have.length(1);
    await store.read(locations[50] as DocumentLocation);
    expect(reads).to.have.length(3);
    for (const [index, location] of locations.entries())
      expect(startOf(await store.read(location))).to.equal(`<a n="${index}">`);
    expect(new Set(reads)).to.have.property('size', reads.length);
    await store.close();
  });

  it('of a damaged block are refused to all who read at the same time, and again to the next', async () => {
    const [location] = (await written()) as [DocumentLocation];
    const store = counting([], (bytes) => bytes.fill(0, 200, 210));
    const readers = [1, 2, 3].map(async () => rejectionOf(store.read(location)));
    expect(await Promise.all(readers)).to.deep.equal(['StoreCorrupt', 'StoreCorrupt', 'StoreCorrupt']);
    expect(await rejectionOf(store.read(location))).to.equal('StoreCorrupt');
    await store.close();
  });
});

function startOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1', 0, bytes.indexOf('>'.charCodeAt(0)) + 1);
}

/** Bytes that do not pack well, so that a block is longer than a header. */
function randomLike(seed: number): Buffer {
  const bytes = Buffer.alloc(300);
  for (let index = 0, state = seed + 1; index < bytes.length; index++)
    bytes[index] = (state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0) >>> 16;
  return bytes;
}
