import { expect } from 'chai';
import fc from 'fast-check';
import { SyncError } from '../../server/errors/SyncError.js';
import { readUpdateDocument } from '../../server/metadata/readUpdateDocument.js';
import { guidOf, updateDocumentText } from '../fixtures/updateDocuments.js';
import { repetitions } from '../fixtures/repetitions.js';

const SMALL = updateDocumentText({ id: guidOf(1), title: 'caf\u00e9', kb: '1', categories: [guidOf(2)] });
const at = (place: string, replacement: string): string => {
  if (!SMALL.includes(place)) throw new Error(`the small document has no ${place}`);
  return SMALL.replace(place, () => replacement);
};

const MALFORMED: Readonly<Record<string, string | Uint8Array>> = {
  'nothing at all': '',
  'only white space': '  \n ',
  'an element that is not closed': at('</upd:Title>', ''),
  'a root that is not closed': at('</upd:Update>', ''),
  'a mismatched end tag': at('</upd:Title>', '</upd:Titel>'),
  'an end tag that only begins like its start tag': at('</upd:Title>', '</upd:Titles>'),
  'an end tag of another prefix': at('</upd:Title>', '</pub:Title>'),
  'an attribute that stands twice': at('RevisionNumber="1"', 'RevisionNumber="1" RevisionNumber="2"'),
  'an attribute that stands twice under two prefixes of one namespace': at(
    'RevisionNumber="1"',
    'xmlns:a="urn:a" xmlns:b="urn:a" a:x="1" b:x="2" RevisionNumber="1"',
  ),
  'a namespace that is declared twice in one tag': at('xmlns:pub', 'xmlns:pub="urn:x" xmlns:pub'),
  'an element of an undeclared prefix': at('<upd:Title>', '<no:Title>').replace('</upd:Title>', '</no:Title>'),
  'an attribute of an undeclared prefix': at('RevisionNumber="1"', 'RevisionNumber="1" no:x="1"'),
  'a prefix used outside the element that declares it': at('<upd:Title>', '<upd:Title xmlns:in="urn:in">').replace(
    '<upd:Description>',
    '<in:x/><upd:Description>',
  ),
  'a prefix that is bound to nothing': at(
    'xmlns:pub="http://schemas.microsoft.com/msus/2002/12/Publishing"',
    'xmlns:pub=""',
  ),
  'a DOCTYPE': `<!DOCTYPE x>${SMALL}`,
  'a DOCTYPE with entities': `<!DOCTYPE x [<!ENTITY a "b">]>${SMALL}`,
  'a DOCTYPE after the declaration': `<?xml version="1.0"?><!DOCTYPE x>${SMALL}`,
  'an entity named as a property every object has': at('caf\u00e9', '&toString;'),
  'an unknown entity': at('caf\u00e9', '&nbsp;'),
  'an entity without its semicolon': at('caf\u00e9', 'a &amp b'),
  'a bare ampersand': at('caf\u00e9', 'a & b'),
  'an empty numeric entity': at('caf\u00e9', '&#;'),
  'a numeric entity with signs': at('caf\u00e9', '&#-5;'),
  'a numeric entity of a control character': at('caf\u00e9', '&#1;'),
  'a numeric entity of a surrogate': at('caf\u00e9', '&#xD800;'),
  'a numeric entity beyond Unicode': at('caf\u00e9', '&#x110000;'),
  'an unknown entity in an attribute': at('RevisionNumber="1"', 'RevisionNumber="&one;"'),
  'a control character in text': at('caf\u00e9', 'a\u0001b'),
  'a null byte in text': at('caf\u00e9', 'a\u0000b'),
  'a control character in an attribute': at('RevisionNumber="1"', 'RevisionNumber="1" x="\u0002"'),
  'a control character in CDATA': at('caf\u00e9', '<![CDATA[\u0001]]>'),
  'a control character in a comment': at('caf\u00e9', '<!--\u0001-->'),
  'a noncharacter of XML': at('caf\u00e9', '\uffff'),
  'invalid UTF-8': Buffer.concat([
    Buffer.from(at('caf\u00e9</upd:Title>', '').slice(0, 600)),
    Buffer.from([0xff, 0xfe]),
    Buffer.from('</x>'),
  ]),
  'an overlong UTF-8 sequence': Buffer.from(SMALL, 'latin1').map((byte) => (byte === 0xe9 ? 0xc0 : byte)),
  'UTF-16': Buffer.from(SMALL, 'utf16le'),
  'two roots': SMALL + SMALL,
  'text before the root': `x${SMALL}`,
  'text after the root': `${SMALL}x`,
  'an entity after the root': `${SMALL}&amp;`,
  'CDATA after the root': `${SMALL}<![CDATA[x]]>`,
  'an XML declaration that is not at the beginning': ` <?xml version="1.0"?>${SMALL}`,
  'an XML declaration inside': at('<upd:Properties', '<?xml version="1.0"?><upd:Properties'),
  ']]> in text': at('caf\u00e9', 'a]]>b'),
  'a less-than sign in an attribute': at('RevisionNumber="1"', 'RevisionNumber="<1"'),
  'an attribute without quotes': at('RevisionNumber="1"', 'RevisionNumber=1'),
  'an attribute without a value': at('RevisionNumber="1"', 'RevisionNumber'),
  'attributes without a blank between': at(' RevisionNumber', 'RevisionNumber'),
  'a tag without a name': at('caf\u00e9', '< >'),
  'a name that begins with a digit': at('caf\u00e9', '<1x/>'),
  'a name with two colons': at('caf\u00e9', '<upd:a:b/>'),
  'a slash that does not end a tag': at('caf\u00e9', '<upd:x / >'),
  'a comment with two hyphens': at('caf\u00e9', '<!-- a -- b -->'),
  'a comment that does not end': at('caf\u00e9', '<!-- a '),
  'a CDATA section that does not end': at('caf\u00e9', '<![CDATA[ a '),
  'a processing instruction that does not end': at('caf\u00e9', '<?x '),
  'a processing instruction without a name': at('caf\u00e9', '<??>'),
  'elements nested too deeply': at('caf\u00e9', '<upd:x>'.repeat(300) + '</upd:x>'.repeat(300)),
  'thousands of attributes in one tag': at(
    'RevisionNumber="1"',
    `RevisionNumber="1" ${Array.from({ length: 5000 }, (_unused, index) => `a${index}=""`).join(' ')}`,
  ),
  'another root element': '<Fault/>',
  'a root of another namespace': at('http://schemas.microsoft.com/msus/2002/12/Update', 'urn:other'),
  'HTML instead of XML': '<!doctype html><html><body>Sign in</body></html>',
  'no identity': at('<upd:UpdateIdentity UpdateID', '<upd:Other UpdateID'),
  'an identity that is no GUID': at(guidOf(1), 'not-a-guid'),
  'a relation that is no GUID': at(guidOf(2), 'not-a-guid'),
  'a revision number that is no number': at('RevisionNumber="1"', 'RevisionNumber="one"'),
  'a revision number with a fraction': at('RevisionNumber="1"', 'RevisionNumber="1.5"'),
  'a negative revision number': at('RevisionNumber="1"', 'RevisionNumber="-1"'),
};

/** The error a document gives, or undefined when it is read. */
function refusal(document: string | Uint8Array): unknown {
  try {
    readUpdateDocument(typeof document === 'string' ? Buffer.from(document, 'utf8') : document, 'the document');
    return undefined;
  } catch (error) {
    return error;
  }
}

function isDocumentInvalid(error: unknown): boolean {
  return error instanceof SyncError && error.errorId === 'DocumentInvalid';
}

describe('readUpdateDocument refuses', () => {
  for (const [kind, document] of Object.entries(MALFORMED)) {
    it(kind, () => {
      const error = refusal(document);
      expect(isDocumentInvalid(error), error instanceof Error ? error.message : 'it was read').to.equal(true);
      expect((error as SyncError).message).to.include('the document');
    });
  }

  it('a small document cut at any byte', () => {
    const whole = Buffer.from(SMALL, 'utf8');
    const read = Array.from(whole.keys()).filter((length) => !isDocumentInvalid(refusal(whole.subarray(0, length))));
    expect(read).to.deep.equal([]);
    expect(refusal(whole)).to.equal(undefined);
  });

  it('mutated documents only with SyncError', () => {
    const whole = Buffer.from(SMALL, 'utf8');
    const edit = fc.record({
      at: fc.nat(whole.length),
      remove: fc.nat(6),
      insert: fc.oneof(
        fc.uint8Array({ maxLength: 4 }),
        fc
          .constantFrom('<', '>', '&', '<![CDATA[', ']]>', '<!--', '-->', '<?', '"', '/>', ' xmlns=""', '&#0;')
          .map((text) => Buffer.from(text)),
      ),
    });
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 4 }), (edits) => {
        let bytes = whole;
        for (const { at: place, remove, insert } of edits)
          bytes = Buffer.concat([bytes.subarray(0, place), insert, bytes.subarray(place + remove)]);
        const error = refusal(bytes);
        return error === undefined || isDocumentInvalid(error);
      }),
      { numRuns: repetitions(600, 60_000) },
    );
  });

  it('arbitrary bytes only with SyncError', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => isDocumentInvalid(refusal(bytes))),
      { numRuns: repetitions(100, 10_000) },
    );
  });
});
