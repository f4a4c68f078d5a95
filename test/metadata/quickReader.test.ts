import { expect } from 'chai';
import { readUpdateElements } from '../../server/metadata/readUpdateElements.js';
import { listUpdateElements } from '../../server/metadata/listUpdateElements.js';
import type { UpdateMetadata } from '../../server/metadata/UpdateMetadata.js';
import { atOnce } from '../../server/platform/inTurns.js';
import type { ElementReader } from '../../server/xml/ElementReader.js';
import { XmlScanner, XmlSyntaxError } from '../../server/xml/XmlScanner.js';
import { repetitions } from '../fixtures/repetitions.js';
import { type DocumentParts, guidOf, updateDocument, updateDocumentText } from '../fixtures/updateDocuments.js';
import { mutantOf, seededChance } from './mutants.js';

const DOCUMENT = updateDocumentText({ id: guidOf(1), title: 'caf\u00e9 & <more>', kb: '12', categories: [guidOf(2)] });
const changed = (from: string, to: string): Buffer => {
  expect(DOCUMENT).to.include(from);
  return Buffer.from(DOCUMENT.replace(from, () => to));
};

/** What a reader says of a document; undefined where it refuses it. */
function said(open: () => ElementReader | undefined): UpdateMetadata | undefined {
  try {
    const reader = open();
    return reader && atOnce(readUpdateElements(reader, {}));
  } catch (error) {
    if (error instanceof XmlSyntaxError) return undefined;
    throw error;
  }
}
const quickly = (bytes: Uint8Array): UpdateMetadata | undefined => said(() => listUpdateElements(bytes));
const strictly = (bytes: Uint8Array): UpdateMetadata | undefined => said(() => new XmlScanner(bytes));

/** Documents that have something of everything. */
function partsOf(index: number): DocumentParts {
  const some = (from: number): string[] => Array.from({ length: index % 4 }, (_unused, at) => guidOf(from + at));
  return {
    id: guidOf(index),
    type: index % 5 === 0 ? 'Category' : 'Software',
    title: `Title ${index} & <more>`,
    kb: `${index}`,
    eulaFiles: [{ digest: 'abc=', language: 'en' }],
    categories: some(20),
    prerequisites: some(30),
    supersedes: some(40),
    bundles: some(50).map((id) => ({ id, revision: index })),
    files: [{ fileName: 'a.cab', digest: 'def=', size: index, sha256: 'ghi=' }],
    languages: ['en', 'fr'],
    ...(index % 5 === 0 ? { category: { type: 'Product', prohibitsUpdates: true } } : {}),
  };
}

describe('The reader in WebAssembly', () => {
  it('reads what it accepts as the other reader does', () => {
    for (const bytes of [
      Buffer.from(DOCUMENT),
      updateDocument({ id: guidOf(3), title: 'with a comment' }),
      changed('</upd:Title>', '<!-- a comment --> and more</upd:Title>'),
      changed('</upd:Title>', '<x>left out</x> kept &#65;&#x42;\r\n&quot;</upd:Title>'),
      changed('<upd:Title>', '<upd:Title xmlns:in="urn:in" in:a="1" xml:lang="en" a=\'"\'>'),
      Buffer.from(DOCUMENT.replaceAll('upd:', 'q:').replace('xmlns:upd', 'xmlns:q')),
    ]) {
      expect(quickly(bytes)).to.not.equal(undefined);
      expect(quickly(bytes)).to.deep.equal(strictly(bytes));
    }
  });

  it('leaves to the other reader what is odd', () => {
    for (const [from, to] of [
      ['</upd:Title>', '<![CDATA[x]]></upd:Title>'],
      ['</upd:Title>', '<?x y?></upd:Title>'],
      ['</upd:Title>', '<caf\u00e9/></upd:Title>'],
      ['</upd:Title>', `<${'a'.repeat(65)}/></upd:Title>`],
      ['</upd:Title>', `<a ${Array.from({ length: 65 }, (_unused, index) => `a${index}=""`).join(' ')}/></upd:Title>`],
    ] as const) {
      const bytes = changed(from, to);
      expect(quickly(bytes)).to.equal(undefined);
      expect(strictly(bytes)).to.not.equal(undefined);
    }
    expect(quickly(Buffer.alloc(0))).to.equal(undefined);
    expect(quickly(Buffer.alloc(2_000_000, DOCUMENT))).to.equal(undefined);
  });

  it('goes on with others after a document full of new names, or of names made to collide', () => {
    const names = (from: number): string =>
      Array.from({ length: 3900 }, (_unused, index) => `<n${from + index} xmlns="u${from + index}"/>`).join('');
    for (const from of [0, 4000, 8000]) {
      quickly(changed('<upd:Title>', `${names(from)}<upd:Title>`));
      expect(quickly(Buffer.from(DOCUMENT))).to.deep.equal(strictly(Buffer.from(DOCUMENT)));
    }
  });

  it('accepts nothing that the other reader refuses, and reads it the same, in mutants of documents', () => {
    const pool = Array.from({ length: 20 }, (_unused, index) => Buffer.from(updateDocument(partsOf(index))));
    const chance = seededChance(20_261_130);
    let accepted = 0;
    const count = repetitions(20_000, 10_000_000);
    for (let round = 0; round < count; round += 1) {
      const mutant = mutantOf(pool[chance(pool.length)] ?? Buffer.alloc(0), chance);
      const quick = quickly(mutant);
      if (quick === undefined) continue;
      accepted += 1;
      const strict = strictly(mutant);
      if (JSON.stringify(quick) !== JSON.stringify(strict))
        expect(quick, `round ${round}: ${mutant.toString('latin1')}`).to.deep.equal(strict);
    }
    expect(accepted).to.be.within(count / 20, count);
  }).timeout(3_600_000);
});
