import { expect } from 'chai';
import { ServedCabinets } from '../../server/downstream/ServedCabinets.js';
import { createBlobCabinetReader } from '../../server/cabinet/readBlobCabinet.js';
import { Cleanup, makeSource, NEVER, startUpstream } from '../upstream/harness.js';
import { guid, memoryCatalogue } from '../upstream/memoryCatalogue.js';
import { ALONE } from './aloneWork.js';
import { askUpdateData } from './askUpdateData.js';

/** Every blank and control character that XML allows, and what is easily lost at an end or a border. */
const CHARACTERS = [
  ...['\t', '\n', '\r', ' ', '\u007f', '\u2028', '\u2029', '\ufeff', '\ufffd', '😀', '&'],
  // C1 and the no-break space, then the blanks of Unicode.
  ...Array.from({ length: 0x21 }, (_, index) => String.fromCharCode(0x80 + index)),
  ...['\u1680', '\u180e', ...Array.from({ length: 12 }, (_, index) => String.fromCharCode(0x2000 + index))],
  ...['\u202f', '\u205f', '\u2060', '\u3000'],
];
const all = CHARACTERS.join('');
const sized = (bytes: number): string => 'x'.repeat(bytes);

describe('An answer to GetUpdateData has every document that was asked for', function () {
  const cleanup = new Cleanup();
  afterEach(async () => cleanup.run());

  const texts = [
    'a',
    ...CHARACTERS,
    ...CHARACTERS.filter((_, index) => index % 3 === 0).map((first, index) => {
      const ends = [first, ...CHARACTERS.slice(3 * index + 1, 3 * index + 3)];
      return ends.join('') + `<a>&amp;${all}</a>`.repeat(200) + ends.reverse().join('');
    }),
    ...[2560, 2561, 16_383, 16_384, 65_536, 65_537, 1_999_000].map(sized),
    `x${'é€😀\r\n\t<a b="c">'.repeat(80_000)}`,
    sized(40_000_000),
  ];

  it('of a byte to 40 MB, with every character that XML allows', async () => {
    const catalogue = memoryCatalogue(texts.length, (index) => texts[index] ?? '');
    const { url } = await startUpstream(cleanup, { catalogue, cabinets: new ServedCabinets() });
    const reader = await createBlobCabinetReader();
    const { updates } = await askUpdateData(url, catalogue.identities);
    expect(updates.map(({ identity }) => identity)).to.deep.equal(catalogue.identities);
    for (const [index, { xml, cabinet }] of updates.entries()) {
      const text = Buffer.from(cabinet === undefined ? (xml ?? []) : reader.read(cabinet)).toString();
      expect(text === texts[index], `document ${index} of ${texts[index]?.length}`).to.equal(true);
    }
  });

  it('plain while it is small; as cabinets the large ones, and the others once the answer is large', async () => {
    const catalogue = memoryCatalogue(100, (index) => sized(index === 0 ? 70_000 : index === 99 ? 2560 : 30_000));
    const { url } = await startUpstream(cleanup, { catalogue, cabinets: new ServedCabinets() });
    const { updates } = await askUpdateData(url, catalogue.identities);
    const packed = updates.flatMap(({ cabinet }, index) => (cabinet === undefined ? [] : [index]));
    expect(packed).to.deep.equal([0, ...Array.from({ length: 32 }, (_, index) => 67 + index)]);
  });

  it('and a client of ours still asks again where a server gives short answers', async () => {
    const catalogue = memoryCatalogue(60);
    let asked = 0;
    const { url } = await startUpstream(cleanup, {
      catalogue,
      limits: { maxAnswerBytes: 20_000 },
      onOperation: (name) => (asked += name === 'GetUpdateData' ? 1 : 0),
    });
    const { documents, failed } = await makeSource(cleanup, { url }).source.fetchDocuments(catalogue.identities, NEVER);
    expect([documents.length, failed.length]).to.deep.equal([60, 0]);
    expect(asked).to.be.greaterThan(10);
  });
});

describe('Cabinets that are served', () => {
  const document = (
    number: number,
    text: string,
  ): { identity: { updateId: string; revisionNumber: 1 }; xml: Buffer } => ({
    identity: { updateId: guid(number), revisionNumber: 1 },
    xml: Buffer.from(text),
  });

  it('are made once, and again for another text under the same id', async () => {
    const cabinets = new ServedCabinets();
    const first = await cabinets.of(document(1, sized(5000)), ALONE);
    expect(await cabinets.of(document(1, sized(5000)), ALONE)).to.equal(first);
    expect(await cabinets.of(document(1, sized(4999) + 'y'), ALONE)).to.not.deep.equal(first);
  });

  it('are kept as far as there is room, those asked for last', async () => {
    const one = await new ServedCabinets().of(document(1, sized(5000)), ALONE);
    const cabinets = new ServedCabinets(2 * one.length);
    const [first, second] = [document(1, sized(5000)), document(2, sized(5000))];
    const made = [await cabinets.of(first, ALONE), await cabinets.of(second, ALONE)];
    expect(await cabinets.of(first, ALONE)).to.equal(made[0]);
    await cabinets.of(document(3, sized(5000)), ALONE);
    expect(await cabinets.of(first, ALONE)).to.equal(made[0]);
    expect(await cabinets.of(second, ALONE)).to.not.equal(made[1]);
  });

  it('hold what they take and no more, and let others work in between', async () => {
    let [held, most, paces] = [0, 0, 0];
    const work = {
      hold: async (bytes: number): Promise<void> => {
        held += bytes;
        most = Math.max(most, held);
        return Promise.resolve();
      },
      give: (bytes: number): number => (held -= bytes),
      pace: async (): Promise<void> => Promise.resolve(void (paces += 1)),
    };
    const cabinets = new ServedCabinets();
    const cabinet = await cabinets.of(document(1, all.repeat(20_000)), work);
    expect(held).to.equal(cabinet.length);
    expect(most).to.be.within(1.9 * cabinet.length, 2 * cabinet.length);
    expect(paces).to.be.greaterThan(3);
    await cabinets.of(document(1, all.repeat(20_000)), work);
    expect(held).to.equal(2 * cabinet.length);
  });

  it('are none of what is not UTF-8, or larger than a site reads', () => {
    const cabinets = new ServedCabinets();
    expect(cabinets.takes(Buffer.from([0x61, 0xff]))).to.equal(false);
    expect(cabinets.takes(Buffer.alloc(64 * 1024 * 1024 + 1))).to.equal(false);
    expect(cabinets.takes(Buffer.from('ä'))).to.equal(true);
  });
});
