import { expect } from 'chai';
import { SyncError } from '../../server/errors/SyncError.js';
import { readContentFiles } from '../../server/metadata/readContentFiles.js';
import { readUpdateDocument } from '../../server/metadata/readUpdateDocument.js';
import { readUpdateOutline } from '../../server/metadata/readUpdateOutline.js';
import { atOnce } from '../../server/platform/inTurns.js';
import { generateCatalogue } from '../../server/sample/catalogueFromGenerator.js';
import { repetitions } from '../fixtures/repetitions.js';
import { mutantOf, seededChance } from './mutants.js';

/** What both readers find, out of the whole document; the message where it is refused. */
function whole(xml: Uint8Array) {
  return orRefusal(() => {
    const { identity, updateType, bundledUpdates, files, eulaFiles } = readUpdateDocument(xml, 'it');
    const named = [...files, ...eulaFiles].map(({ fileName, digest, size }) => ({ fileName, digest, size }));
    return { identity, updateType, bundledUpdates, digests: files.map(({ digest }) => digest), files: named };
  });
}

function inParts(xml: Uint8Array) {
  return orRefusal(() => ({ ...atOnce(readUpdateOutline(xml, 'it')), ...atOnce(readContentFiles(xml, 'it')) }));
}

function orRefusal<Result>(read: () => Result): Result | string {
  try {
    return read();
  } catch (error) {
    if (error instanceof SyncError) return error.message;
    throw error;
  }
}

describe('The readers of parts of a document', () => {
  const documents = [...generateCatalogue({ updates: 300, seed: 5, size: 4000 })].map(({ xml }) => Buffer.from(xml));

  it('find what the reader of the whole document finds', () => {
    const found = documents.map(inParts);
    expect(found).to.deep.equal(documents.map(whole));
    const read = found.filter((one) => typeof one !== 'string');
    expect(new Set(read.map(({ updateType }) => updateType)).size).to.be.greaterThan(2);
    expect(read.some(({ files }) => files.length > 1 && files.at(-1)?.fileName.startsWith('eula_'))).to.equal(true);
    expect(read.some(({ bundledUpdates }) => bundledUpdates.length > 1)).to.equal(true);
  });

  it('find it where only the strict reader can tell', () => {
    const odd = documents.map((xml) => Buffer.from(xml.toString().replace('>', '><!-- odd -->')));
    expect(odd.map(inParts)).to.deep.equal(documents.map(whole));
  });

  it('refuse what the reader of the whole document refuses, with its words', () => {
    const chance = seededChance(3);
    let refused = 0;
    for (let run = 0; run < repetitions(2000, 100_000); run += 1) {
      const mutant = mutantOf(documents[chance(documents.length)] ?? Buffer.alloc(0), chance);
      const expected = whole(mutant);
      if (typeof expected === 'string') refused += 1;
      expect(inParts(mutant)).to.deep.equal(expected);
    }
    expect(refused).to.be.greaterThan(100);
  });
});
