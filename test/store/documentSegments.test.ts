import { expect } from 'chai';
import fs from 'node:fs';
import path from 'node:path';
import { segmentsToCompact } from '../../server/criteria/segmentsToCompact.js';
import type { SegmentUse } from '../../server/criteria/segmentsToCompact.js';
import type { DocumentLocation } from '../../server/store/DocumentStore.js';
import { SegmentedDocumentStore } from '../../server/store/SegmentedDocumentStore.js';
import { realFiles } from '../../server/store/StorePlace.js';
import type { StoreFiles } from '../../server/store/StorePlace.js';
import { rejectionOf } from '../fixtures/rejection.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { guidOf, updateDocument } from '../fixtures/updateDocuments.js';

const NOWHERE: DocumentLocation = { segment: 0, position: 0, length: 0 };

describe('The files of the document store', () => {
  const folder = temporaryFolder();
  const open = (generation: number, files: StoreFiles = realFiles): SegmentedDocumentStore =>
    new SegmentedDocumentStore({ folder: folder(), files, generation, site: guidOf(1) });
  const samples = Array.from({ length: 5 }, (_unused, index) =>
    updateDocument({ id: guidOf(index), title: `Title ${index}` }),
  );

  it('are told with their sizes, those of later engines and other files apart', async () => {
    const store = open(1);
    const locations = await store.append('updates', samples);
    await open(3).append('updates', samples);
    fs.writeFileSync(path.join(folder(), 'notes.txt'), 'x');
    fs.writeFileSync(path.join(folder(), '0-9.seg'), 'never finished');
    const records = locations.reduce((sum, location) => sum + location.length, 0);
    const size = fs.statSync(path.join(folder(), '1-0.seg')).size;
    expect(await store.segments()).to.deep.equal([
      { segment: 9, size: 0, records: 0, isWritten: false },
      { segment: 4096, size, records, isWritten: true },
    ]);
    expect((await open(2).segments()).map((segment) => segment.isWritten)).to.deep.equal([false, false]);
  });

  it('are removed when nothing needs them, though they were read, and never while they are written to', async () => {
    const [location] = await open(1).append('updates', samples);
    const store = open(2);
    const [own] = await store.append('updates', samples);
    await store.read(location ?? NOWHERE);
    await store.drop(4096);
    await store.drop(2 * 4096);
    expect(fs.readdirSync(folder())).to.deep.equal(['2-0.seg']);
    expect(await rejectionOf(store.read(location ?? NOWHERE))).to.equal('StoreCorrupt');
    expect(Buffer.from(await store.read(own ?? NOWHERE)).equals(samples[0] ?? Buffer.alloc(0))).to.equal(true);
    await store.drop(4096);
    await store.close();
  });

  it(
    'stay with an error while somebody else holds them, as on Windows, and can be read and removed ' + 'later',
    async () => {
      let isHeld = true;
      const files: StoreFiles = {
        ...realFiles,
        rmSync: (file, options) => {
          if (isHeld) throw new Error('EBUSY: resource busy or locked');
          realFiles.rmSync(file, options);
        },
      };
      const [location] = await open(1).append('updates', samples);
      const store = open(2, files);
      await store.read(location ?? NOWHERE);
      expect(await rejectionOf(store.drop(4096))).to.equal('StoreWriteFailed');
      expect(Buffer.from(await store.read(location ?? NOWHERE)).equals(samples[0] ?? Buffer.alloc(0))).to.equal(true);
      isHeld = false;
      await store.drop(4096);
      expect(fs.readdirSync(folder())).to.deep.equal([]);
    },
  );

  it('are closed before they are removed', async () => {
    const calls: string[] = [];
    const files: StoreFiles = {
      ...realFiles,
      closeSync: (descriptor) => {
        calls.push('close');
        realFiles.closeSync(descriptor);
      },
      rmSync: (file, options) => {
        calls.push('remove');
        realFiles.rmSync(file, options);
      },
    };
    const [location] = await open(1).append('updates', samples);
    const store = open(2, files);
    await store.read(location ?? NOWHERE);
    await store.drop(4096);
    expect(calls).to.deep.equal(['close', 'remove']);
  });
});

describe('Which files are compacted', () => {
  const segment = (number: number, over: Partial<SegmentUse> = {}): SegmentUse => ({
    segment: number,
    size: 5_000_000,
    records: 4_000_000,
    live: 4_000_000,
    isWritten: false,
    ...over,
  });

  it('those of which less than half is needed, never those that are written to', () => {
    const segments = [
      segment(1),
      segment(2, { live: 2_000_000 }),
      segment(3, { live: 1_999_999 }),
      segment(4, { live: 1, isWritten: true }),
      segment(5, { live: 0 }),
      segment(6, { live: 0, isWritten: true }),
    ];
    expect(segmentsToCompact(segments)).to.deep.equal({ rewrite: [3], drop: [5] });
  });

  it('small ones when there are many, not one that consists of its dictionary', () => {
    const small = (count: number): SegmentUse[] =>
      Array.from({ length: count }, (_unused, index) => segment(index, { size: 20_000, records: 2_000, live: 2_000 }));
    expect(segmentsToCompact(small(7))).to.deep.equal({ rewrite: [], drop: [] });
    expect(segmentsToCompact([...small(8), segment(99)]).rewrite).to.deep.equal([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it('those that were never finished being made only go', () => {
    expect(
      segmentsToCompact([segment(1, { size: 14, records: 0, live: 0 }), segment(2, { records: 0, live: 500 })]),
    ).to.deep.equal({ rewrite: [], drop: [1] });
  });
});
