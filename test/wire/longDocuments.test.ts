import { expect } from 'chai';
import { inTurns } from '../../server/platform/inTurns.js';
import { parseGetUpdateDataResponse, writeFileUrls, writeUpdate } from '../../server/wire/getUpdateData.js';
import { updateDataFrame } from '../../server/wire/getUpdateData.js';
import { escapeBytes } from '../../server/xml/escaping.js';

const ID = { updateId: '11111111-2222-4333-8444-555555555555', revisionNumber: 1 };
/** What is decoded at once (server/xml/escaping.ts). */
const PIECE = 512 * 1024;

describe('wire: a document of megabytes', () => {
  it('is the same wherever the borders between its pieces fall', () => {
    for (let shift = 0; shift < 16; shift += 1) {
      const text = `${'x'.repeat(PIECE - shift - 4)}<&>${'&lt;\r'.repeat(PIECE / 4)}é`;
      expect(documentsIn(messageOf(escaped(text)))[0] === text, String(shift)).to.equal(true);
    }
  });

  it('may have references to characters at such a border, and where nothing else is', () => {
    const references = '&#65;&#x1F600;&apos;'.repeat(PIECE / 8);
    expect(documentsIn(messageOf(references))).to.deep.equal([`A\u{1F600}'`.repeat(PIECE / 8)]);
  });

  it('is refused where a reference does not end, at whatever place of it', () => {
    for (const length of [PIECE - 13, PIECE - 5, PIECE - 1, PIECE, 3 * PIECE])
      for (const wrong of ['&', '&lt', '&wrong;', '&amp-amp-amp-amp'])
        expect(() => documentsIn(messageOf(`${'x'.repeat(length)}${wrong}`)), wrong).to.throw(/GetUpdateData|text/);
  });

  it('is taken apart in steps, and takes no room beside the answer', () => {
    const message = messageOf(escaped('<a>&</a>'.repeat(PIECE)));
    let steps = 0;
    const reading = parseGetUpdateDataResponse(message);
    let result = reading.next();
    for (; result.done !== true; result = reading.next()) steps += 1;
    expect(steps).to.be.greaterThan(10);
    expect(result.value.updates[0]?.xml?.buffer).to.equal(message.buffer);
  });

  it('leaves what follows it as it was', async () => {
    const message = messageOf(escaped('<a/>'.repeat(PIECE)), escaped('<b/>'));
    const { updates, fileUrls } = await inTurns(parseGetUpdateDataResponse(message));
    expect(updates.map(({ xml }) => xml?.length)).to.deep.equal([4 * PIECE, 4]);
    expect(fileUrls).to.deep.equal([{ digest: 'AAAA', muUrl: 'http://one', ussUrl: '' }]);
  });
});

function escaped(text: string): Uint8Array {
  return escapeBytes(Buffer.from(text));
}

function messageOf(...blobs: readonly (string | Uint8Array)[]): Buffer {
  const { head, tail } = updateDataFrame('1.1');
  const updates = blobs.flatMap((blob) => [
    ...writeUpdate({ identity: ID, escaped: Buffer.from(blob as Uint8Array), fileDigests: [] }),
  ]);
  const urls = writeFileUrls([{ digest: 'AAAA', muUrl: 'http://one', ussUrl: '' }]);
  return Buffer.concat([head, ...(updates as Uint8Array[]), urls, tail]);
}

function documentsIn(message: Buffer): (string | undefined)[] {
  const reading = parseGetUpdateDataResponse(message);
  let result = reading.next();
  while (result.done !== true) result = reading.next();
  return result.value.updates.map(({ xml }) => (xml === undefined ? undefined : Buffer.from(xml).toString()));
}
