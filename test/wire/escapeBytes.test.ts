import { expect } from 'chai';
import fc from 'fast-check';
import { escapeBytes, escapedLength } from '../../server/xml/escaping.js';

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

  it('does the same over the borders of what is escaped at once', () => {
    for (const length of [1, 15, 16, 17, 65_535, 65_536, 65_537, 200_000]) {
      const text = '<a>&\r\nb'.repeat(length).slice(0, length);
      const expected = text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/\r/g, '&#xD;');
      const escaped = Buffer.from(escapeBytes(Buffer.from(text)));
      expect(escaped.equals(Buffer.from(expected))).to.equal(true);
      expect(escapedLength(Buffer.from(text))).to.equal(expected.length);
    }
  });
});
