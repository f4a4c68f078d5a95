import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

const inThread = promisify(gzip);

/** Less is not worth it: a packet takes as much. */
const SMALLEST = 1400;

/** A body as gzip, which a thread of its own makes; undefined where the reader takes none, or it is small. */
export async function compressed(body: Buffer, accepted: string | undefined): Promise<Buffer | undefined> {
  if (body.length < SMALLEST || !takesGzip(accepted ?? '')) return undefined;
  return inThread(body, { level: 6 });
}

function takesGzip(accepted: string): boolean {
  return accepted.split(',').some((one) => {
    const [coding = '', ...parameters] = one.split(';').map((part) => part.trim().toLowerCase());
    return coding === 'gzip' && !parameters.some((parameter) => /^q=0(?:\.0*)?$/.test(parameter));
  });
}
