import { expect } from 'chai';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { listUpdateElements } from '../../server/metadata/listUpdateElements.js';
import { readUpdateDocument } from '../../server/metadata/readUpdateDocument.js';
import { readUpdateElements } from '../../server/metadata/readUpdateElements.js';
import { atOnce } from '../../server/platform/inTurns.js';
import { openWsusPackage } from '../../server/transfer/openPackage.js';
import { XmlScanner } from '../../server/xml/XmlScanner.js';
import { oracleView } from './oracle.js';
import { readerView } from './readerView.js';

const GIVEN = process.env['CONFIGMGRSYNC_REAL_CATALOGUE'];
const FILE = path.resolve(GIVEN ?? '../shared/wsus/WSUS.cab');
const DOCUMENTS = 4125;
const PIECE = 250;

describe(`readUpdateDocument on the real catalogue ${FILE}`, () => {
  const documents: Uint8Array[] = [];

  before(async function load() {
    if (!existsSync(FILE)) {
      if (process.env['CI'] === 'true')
        throw new Error(`the real catalogue ${FILE} is missing; set CONFIGMGRSYNC_REAL_CATALOGUE`);
      this.test?.parent?.tests.forEach((test) => {
        test.title += ` (skipped: ${FILE} does not exist)`;
      });
      this.skip();
    }
    for await (const document of (await openWsusPackage(FILE)).documents()) documents.push(Buffer.from(document.xml));
  });

  it('reads every document', () => {
    const types = new Map<string, number>();
    for (const xml of documents) {
      const { updateType } = readUpdateDocument(xml, 'a real document');
      types.set(updateType, (types.get(updateType) ?? 0) + 1);
    }
    expect([...types.values()].reduce((sum, count) => sum + count, 0)).to.equal(documents.length);
    if (GIVEN === undefined) expect(documents).to.have.length(DOCUMENTS);
    expect([...types.keys()]).to.include.members(['Category', 'Detectoid']);
  });

  it('is read in WebAssembly, nearly all of it, and reads the same', () => {
    let accepted = 0;
    for (const xml of documents) {
      const listed = listUpdateElements(xml);
      if (listed === undefined) continue;
      accepted += 1;
      const strict = atOnce(readUpdateElements(new XmlScanner(xml), {}));
      if (JSON.stringify(atOnce(readUpdateElements(listed, {}))) !== JSON.stringify(strict))
        expect(atOnce(readUpdateElements(listUpdateElements(xml)!, {}))).to.deep.equal(strict);
    }
    expect(accepted).to.be.greaterThan(documents.length * 0.99);
  });

  for (let from = 0; from < DOCUMENTS; from += PIECE) {
    it(`agrees with fast-xml-parser in documents ${from + 1} to ${Math.min(from + PIECE, DOCUMENTS)}`, () => {
      for (const xml of documents.slice(from, from + PIECE))
        expect(readerView(xml)).to.deep.equal(oracleView(Buffer.from(xml).toString('utf8')));
    });
  }
});
