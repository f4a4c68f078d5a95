import { Readable } from 'node:stream';
import { expect } from 'chai';
import { readSecret } from '../../server/cli/readSecret.js';
import { caughtFrom } from '../rpc/caught.js';

describe('cli: a secret on standard input', () => {
  const read = async (bytes: Buffer | string): Promise<string> => readSecret(Readable.from([Buffer.from(bytes)]));

  it('has no mark before it and no end of line behind it', async () => {
    expect(await read('\ufeffp\u00e4ss \r\n')).to.equal('p\u00e4ss ');
    expect(await read(Buffer.from([0xef, 0xbb, 0xbf, 0x61, 0x0a]))).to.equal('a');
    expect(await read('a\n\n')).to.equal('a\n');
  });

  it('is refused where letters were lost, before it is stored as something else', async () => {
    const error = await caughtFrom(read(Buffer.from('p\u00e4ss', 'latin1')));
    expect(error.errorId).to.equal('InvalidRequest');
    expect(error.message).to.contain('$OutputEncoding');
  });
});
