import { expect } from 'chai';
import { readContentFiles } from '../../server/metadata/readContentFiles.js';
import { readUpdateDocument } from '../../server/metadata/readUpdateDocument.js';
import { generateCatalogue } from '../../server/sample/catalogueFromGenerator.js';

describe('readContentFiles', () => {
  const documents = [...generateCatalogue({ updates: 300, seed: 5, size: 4000 })].map(({ xml }) => Buffer.from(xml));
  const whole = (xml: Buffer) => {
    const { updateType, files, eulaFiles } = readUpdateDocument(xml, 'it');
    return {
      updateType,
      files: [...files, ...eulaFiles].map(({ fileName, digest, size }) => ({ fileName, digest, size })),
    };
  };

  it('finds the files that the whole document has, licence terms last', () => {
    const found = documents.map((xml) => readContentFiles(xml, 'it'));
    expect(found).to.deep.equal(documents.map(whole));
    expect(new Set(found.map(({ updateType }) => updateType)).size).to.be.greaterThan(2);
    expect(found.some(({ files }) => files.length > 1 && files.at(-1)?.fileName.startsWith('eula_'))).to.equal(true);
  });

  it('finds them where only the strict reader can tell', () => {
    const odd = documents.map((xml) => Buffer.from(xml.toString().replace('>', '><!-- odd -->')));
    expect(odd.map((xml) => readContentFiles(xml, 'it'))).to.deep.equal(documents.map(whole));
  });

  it('refuses what is no update document, by its name', () => {
    for (const text of ['<Update/>', '<a', documents[0]?.subarray(0, 500).toString() ?? ''])
      expect(() => readContentFiles(Buffer.from(text), 'document 7')).to.throw(/document 7/);
  });
});
