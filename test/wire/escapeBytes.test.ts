import { expect } from 'chai';
import fc from 'fast-check';
import { escapeBytes } from '../../server/xml/escaping.js';

describe('escapeBytes', () => {
  it('does what replacing in the text does', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('<', '>', '&', '\r', '\n', 'a', 'é', '😀', '"') }), (text) => {
        const expected = text
          .replace(/&/g, '&amp;')
          .replace(/</g, '&lt;')
          .replace(/>/g, '&gt;')
          .replace(/\r/g, '&#xD;');
        expect(Buffer.from(escapeBytes(Buffer.from(text, 'utf8'))).toString('utf8')).to.equal(expected);
      }),
    );
  });
});
