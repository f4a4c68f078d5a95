import { expect } from 'chai';
import { readContentFiles } from '../../server/metadata/readContentFiles.js';
import { UPDATE_NAMESPACE } from '../../server/metadata/UpdateMetadata.js';
import { readUpdateOutline } from '../../server/metadata/readUpdateOutline.js';
import { atOnce, type Steps } from '../../server/platform/inTurns.js';
import { readUpdateInSteps } from '../../server/metadata/readUpdateDocument.js';
import { XmlScanner, XmlSyntaxError } from '../../server/xml/XmlScanner.js';
import { guidOf, updateDocumentText } from '../fixtures/updateDocuments.js';

/** What is passed over at once (server/xml/XmlScanner.ts). */
const PIECE = 128 * 1024;
const TEXT = 'Ü &amp; &#x41; ]] > ';

describe('xml: an element of megabytes that nobody asks for', () => {
  const long = TEXT.repeat(PIECE);
  for (const [what, content] of [
    ['one text', long],
    ['many elements', '<b c="d">e</b><f/>'.repeat(PIECE)],
    ['texts between elements, sections and comments', `${long}<b/>${long}<![CDATA[<&]]><!-- x -->${long}`],
  ] as const)
    it(`is passed over in steps: ${what}`, () => {
      const scanner = inElement(`<a><x>${content}</x><y>last</y></a>`);
      expect([...scanner.passOver()].length).to.be.at.least(4);
      scanner.next();
      expect([scanner.localName, scanner.text(), scanner.next(), scanner.next()]).to.deep.equal(['y', 'last', 2, 0]);
    });

  it('is refused for what stands at a border as anywhere else, with the same words', () => {
    for (let at = PIECE - 14; at < PIECE + 2; at += 1)
      for (const wrong of ['&', '&no;', ']]>', '\u0001', '</b>', '&amp;']) {
        const document = `<a><x>${'z'.repeat(at)}${wrong}${'z'.repeat(PIECE)}</x></a>`;
        const [whole, pieces] = [inElement(document), inElement(document)];
        expect(
          thrown(() => atOnce(pieces.passOver())),
          wrong,
        ).to.equal(thrown(() => whole.skip()));
      }
  });

  it('may have characters of any length where what is looked at ends, and none that XML does not allow', () => {
    const room = 4 * 1024 * 1024;
    const wrongs: readonly (readonly [number[], RegExp])[] = [
      [[0xef, 0xbf, 0xbe], /does not allow/],
      [[0xe2, 0x82], /not UTF-8/],
      [[0x80], /not UTF-8/],
    ];
    for (const character of ['é', '€', '\u{1F600}'])
      for (let before = room - 4; before <= room; before += 1) {
        const [begin, end] = [`<a>${'x'.repeat(before - 3)}`, `${character}\uFFFD${'y'.repeat(100)}</a>`];
        expect(atOnce(XmlScanner.open(Buffer.from(begin + end))).next()).to.equal(1);
        for (const [wrong, reason] of wrongs) {
          const bytes = Buffer.concat([Buffer.from(begin), Buffer.from(wrong), Buffer.from(end)]);
          expect(() => atOnce(XmlScanner.open(bytes))).to.throw(XmlSyntaxError, reason);
        }
      }
  });

  const text = updateDocumentText({ id: guidOf(1), title: 'Giant' });
  const giant = Buffer.from(text.replace(/(?=<\/[\w:]+>\s*$)/, `<Rules>${long}</Rules>`));
  for (const [what, read] of [
    ['an update document', readUpdateInSteps],
    ['its outline', readUpdateOutline],
    ['its content files', readContentFiles],
  ] as const) {
    it(`does not hold up who reads ${what}`, () => {
      const steps: Steps<unknown> = read(giant, 'giant');
      let taken = 0;
      let step = steps.next();
      for (; step.done !== true; step = steps.next()) taken += 1;
      expect(taken).to.be.at.least(8);
      expect(step.value).to.deep.equal(atOnce<unknown>(read(giant, 'giant')));
      expect(giant.length).to.be.greaterThan(2 * PIECE);
    });

    for (const [parent, element] of [
      ['Files', '<File Digest="a"/>'],
      ['LocalizedPropertiesCollection', '<LocalizedProperties><Language>de</Language></LocalizedProperties>'],
      ['HandlerSpecificData', '<Line/>'],
    ] as const)
      it(`does not hold up who reads ${what} with very many short elements in ${parent}`, () => {
        const elements = element.repeat((24 * PIECE) / element.length);
        const many = `<${parent} xmlns="${UPDATE_NAMESPACE}">${elements}</${parent}>`;
        const document = Buffer.from(text.replace(/(?=<\/[\w:]+>\s*$)/, many));
        expect([...read(document, 'many')].length).to.be.at.least(8);
      });
  }
});

/** A scanner in the first child of the root. */
function inElement(document: string): XmlScanner {
  const scanner = new XmlScanner(Buffer.from(document));
  scanner.next();
  scanner.next();
  return scanner;
}

function thrown(work: () => unknown): string {
  try {
    work();
    return 'nothing';
  } catch (error) {
    return String(error);
  }
}
