import { PassThrough } from 'node:stream';
import { expect } from 'chai';
import { askSecret } from '../../server/cli/askSecret.js';

/** A terminal whose raw mode is noted. */
function terminal(isTTY: boolean): PassThrough & { isTTY: boolean; raw: boolean[] } {
  const raw: boolean[] = [];
  const stream = Object.assign(new PassThrough(), { isTTY, raw, setRawMode: (on: boolean) => void raw.push(on) });
  return stream;
}

describe('cli: a secret that is typed', () => {
  const never = new AbortController().signal;
  let shown = '';
  const draw = (text: string): void => void (shown += text);
  beforeEach(() => (shown = ''));

  it('is taken at a terminal and not shown', async () => {
    const input = terminal(true);
    const asked = askSecret('Address: ', { input, draw, signal: never });
    input.write('secret\r');
    expect(await asked).to.equal('secret');
    expect([shown, input.raw]).to.deep.equal(['Address: \n', [true, false]]);
  });

  it('is not waited for without a terminal, after Ctrl+C or where the command is ended', async () => {
    expect(await askSecret('Address: ', { input: terminal(false), draw, signal: never })).to.equal(undefined);
    expect(shown).to.equal('');
    const input = terminal(true);
    const asked = askSecret('Address: ', { input, draw, signal: never });
    input.write('half\u0003');
    expect(await asked).to.equal(undefined);
    const interrupt = new AbortController();
    const ended = askSecret('Address: ', { input: terminal(true), draw, signal: interrupt.signal });
    interrupt.abort();
    expect(await ended).to.equal(undefined);
  });
});
