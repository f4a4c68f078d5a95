import { expect } from 'chai';
import { printable, printableJson } from '../../server/platform/printable.js';

/** ESC, CSI of C1, a line separator, a mark that turns the order round and one that isolates. */
const HOSTILE = 'a\u001b[31mb\u009b2Jc\u2028d\u202ee\u2066f\u200fg\u007f';

describe('platform: what a terminal must not obey', () => {
  it('is taken out of a line, which keeps its tabs, its ends and every letter', () => {
    expect(printable(HOSTILE)).to.equal('a?[31mb?2Jc?defg?');
    expect(printable('Mise à jour\t日本語 😀\nعربي')).to.equal('Mise à jour\t日本語 😀\nعربي');
  });

  it('is escaped in JSON, of which the value stays', () => {
    const json = printableJson({ title: HOSTILE, other: 'é 😀' });
    expect(json).to.match(/^[\n\x20-\x7eé😀]+$/u);
    expect(JSON.parse(json)).to.deep.equal({ title: HOSTILE, other: 'é 😀' });
  });
});
