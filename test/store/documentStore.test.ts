import { expect } from 'chai';
import fs from 'node:fs';
import path from 'node:path';
import type { DocumentLocation } from '../../server/store/DocumentStore.js';
import { SegmentedDocumentStore } from '../../server/store/SegmentedDocumentStore.js';
import { realFiles } from '../../server/store/StorePlace.js';
import { rejectionOf } from '../fixtures/rejection.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { guidOf, updateDocument } from '../fixtures/updateDocuments.js';
import { documentStoreAcceptance } from './documentStoreAcceptance.js';
import { FailingFiles } from './FailingFiles.js';

describe('The document store', () => {
  const folder = temporaryFolder();
  const open = (generation: number, files = realFiles): SegmentedDocumentStore =>
    new SegmentedDocumentStore({ folder: folder(), files, generation, site: guidOf(1) });
  const isSame = async (
    store: SegmentedDocumentStore,
    location: DocumentLocation | undefined,
    document: Uint8Array,
  ): Promise<boolean> =>
    Buffer.from(await store.read(location ?? { segment: 0, position: 0, length: 0 })).equals(document);
  const samples = Array.from({ length: 20 }, (_unused, index) =>
    updateDocument({ id: guidOf(index), title: `Title ${index}` }),
  );

  documentStoreAcceptance('Segments in files', async () => Promise.resolve(open(1)));

  it('writes nothing for no documents', async () => {
    expect(await open(1).append('updates', [])).to.deep.equal([]);
    expect(fs.readdirSync(folder())).to.deep.equal([]);
  });

  it('reads what several generations and streams wrote', async () => {
    const known: { location: DocumentLocation | undefined; document: Uint8Array }[] = [];
    for (let generation = 1; generation <= 40; generation += 1) {
      const store = open(generation);
      for (const stream of ['configuration', 'updates'] as const) {
        const [location] = await store.append(stream, [samples[generation % 20] ?? Buffer.alloc(0)]);
        known.push({ location, document: samples[generation % 20] ?? Buffer.alloc(0) });
      }
    }
    expect(new Set(known.map((entry) => entry.location?.segment)).size).to.equal(80);
    const store = open(41);
    const [own] = await store.append('updates', samples);
    for (const { location, document } of [...known, ...known])
      expect(await isSame(store, location, document)).to.equal(true);
    expect(await isSame(store, own, samples[0] ?? Buffer.alloc(0))).to.equal(true);
    await store.append('updates', samples);
    await store.close();
  });

  it('takes less room than the documents', async () => {
    await open(1).append('updates', samples);
    const [file = ''] = fs.readdirSync(folder());
    expect(fs.statSync(path.join(folder(), file)).size).to.be.lessThan(
      samples.reduce((sum, document) => sum + document.length, 0),
    );
  });

  it('notices damage of a record at every byte', async () => {
    const store = open(1);
    const [, location] = await store.append('updates', samples.slice(0, 3), [
      Buffer.from('a'),
      Buffer.from('[["digest","url"]]'),
    ]);
    const file = path.join(folder(), fs.readdirSync(folder())[0] ?? '');
    const whole = fs.readFileSync(file);
    const { position = 0, length = 0 } = location ?? {};
    const answers = new Set<string>();
    for (let at = position; at < position + length; at += 1) {
      for (const bit of [1, 0x80]) {
        const bytes = Buffer.from(whole);
        bytes[at] = (bytes[at] ?? 0) ^ bit;
        fs.writeFileSync(file, bytes);
        answers.add(await rejectionOf(open(2).read({ segment: 4096, position, length })));
      }
    }
    expect([...answers]).to.deep.equal(['StoreCorrupt']);
  });

  it('refuses a segment whose header is damaged, that is cut, or that is missing', async () => {
    const [location] = await open(1).append('updates', samples);
    const file = path.join(folder(), fs.readdirSync(folder())[0] ?? '');
    const whole = fs.readFileSync(file);
    const read = async (): Promise<string> =>
      rejectionOf(open(2).read(location ?? { segment: 0, position: 0, length: 0 }));
    for (const at of [0, 8, 12, 20, 400]) {
      const bytes = Buffer.from(whole);
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      fs.writeFileSync(file, bytes);
      expect(await read(), `byte ${at}`).to.equal('StoreCorrupt');
    }
    for (const length of [0, 10, 100, (location?.position ?? 0) + 5]) {
      fs.writeFileSync(file, whole.subarray(0, length));
      expect(await read(), `cut to ${length}`).to.equal('StoreCorrupt');
    }
    fs.rmSync(file);
    expect(await read()).to.equal('StoreCorrupt');
  });

  it('can go on after a write that failed', async () => {
    const failing = new FailingFiles();
    const store = open(1, failing.files);
    const [first] = await store.append('updates', samples.slice(0, 2));
    for (const n of [1, 2]) {
      failing.failAt(n, 'once');
      expect(await rejectionOf(store.append('updates', samples.slice(2, 4)))).to.equal('StoreWriteFailed');
      const [later] = await store.append('updates', samples.slice(5, 8));
      expect(await isSame(store, later, samples[5] ?? Buffer.alloc(0))).to.equal(true);
    }
    expect(await isSame(store, first, samples[0] ?? Buffer.alloc(0))).to.equal(true);
  });
});
