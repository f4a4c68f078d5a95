import { expect } from 'chai';
import fc from 'fast-check';
import { escapeXml } from '../../server/sample/escapeXml.js';

describe('escapeXml', () => {
  it('does what replacing in the text does', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('<', '>', '&', 'a', 'é', '😀', '"') }), (text) => {
        const expected = text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
        expect(Buffer.from(escapeXml(Buffer.from(text, 'utf8'))).toString('utf8')).to.equal(expected);
      }),
    );
  });
});
