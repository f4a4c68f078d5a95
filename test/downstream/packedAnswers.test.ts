import { expect } from 'chai';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import http from 'node:http';
import { gunzipSync } from 'node:zlib';
import { PackedAnswers } from '../../server/downstream/PackedAnswers.js';
import { sendPieces } from '../../server/downstream/sendPieces.js';
import { SyncError } from '../../server/errors/SyncError.js';
import { identityKey, type UpdateIdentity } from '../../server/metadata/UpdateIdentity.js';
import { writeGetUpdateDataRequest } from '../../server/wire/getUpdateData.js';
import { SERVER_SYNC_PATH } from '../../server/wire/operations.js';
import { rejectionOf } from '../fixtures/rejection.js';
import { Cleanup, startUpstream } from '../upstream/harness.js';
import { memoryCatalogue, type MemoryCatalogue } from '../upstream/memoryCatalogue.js';
import { rawUpdateData } from './askUpdateData.js';
import { cookieOf } from './cookieOf.js';

describe('A packed answer', () => {
  const cleanup = new Cleanup();
  afterEach(async () => cleanup.run());

  /** A catalogue that counts the documents it is asked for, and says what makes two answers the same. */
  function keyed(catalogue: MemoryCatalogue, asked: number[]): MemoryCatalogue {
    return {
      ...catalogue,
      documentsKey: async (identities) => Promise.resolve(identities.map(identityKey).join()),
      documents: async (identities, page, work) => {
        asked.push(identities.length);
        return catalogue.documents(identities, page, work);
      },
    };
  }

  async function ask(url: string, identities: readonly UpdateIdentity[]): Promise<http.IncomingMessage> {
    const body = writeGetUpdateDataRequest({ cookie: await cookieOf(url), identities }, '1.1');
    const headers = { 'content-type': 'text/xml', 'accept-encoding': 'gzip' };
    const request = http.request(`${url}/${SERVER_SYNC_PATH}`, { method: 'POST', headers }).end(body);
    const [answer] = (await once(request, 'response')) as [http.IncomingMessage];
    expect(answer.headers['content-encoding']).to.equal('gzip');
    return answer;
  }

  async function textOf(answer: http.IncomingMessage): Promise<string> {
    const parts: Buffer[] = [];
    for await (const part of answer) parts.push(part as Buffer);
    return gunzipSync(Buffer.concat(parts)).toString();
  }

  it('is made once, and is the same for the next one who asks for the same documents', async () => {
    const catalogue = memoryCatalogue(60, (index) => `<a n="${index}">&amp; ü</a>\r\n`.repeat(400));
    const asked: number[] = [];
    const { url } = await startUpstream(cleanup, { catalogue: keyed(catalogue, asked) });
    const plain = (await rawUpdateData(url, catalogue.identities)).toString();
    expect(asked).to.deep.equal([60]);
    expect(await textOf(await ask(url, catalogue.identities))).to.equal(plain);
    expect(await textOf(await ask(url, catalogue.identities))).to.equal(plain);
    expect(asked, 'the second packed one needed none').to.deep.equal([60, 60]);
    const others = catalogue.identities.slice(1);
    expect(await textOf(await ask(url, others))).to.equal((await rawUpdateData(url, others)).toString());
  });

  it('is unpacked for who asks for plain answers, once somebody has asked for the same', async () => {
    const catalogue = memoryCatalogue(60, (index) => `<a n="${index}">&amp; ü</a>\r\n`.repeat(400));
    const asked: number[] = [];
    const { url } = await startUpstream(cleanup, { catalogue: keyed(catalogue, asked) });
    const texts: string[] = [];
    for (let round = 1; round <= 4; round += 1) texts.push((await rawUpdateData(url, catalogue.identities)).toString());
    expect(new Set(texts)).to.have.property('size', 1);
    expect(asked, 'the first is sent as it is made, the second is packed').to.deep.equal([60, 60]);
    expect(await textOf(await ask(url, catalogue.identities))).to.equal(texts[0]);
    expect(asked).to.have.length(2);
  });

  it('is not packed again for who asks for plain answers where it is too large to be kept', async () => {
    const answers = new PackedAnswers();
    const place = answers.answerTo('a');
    expect([place.isWantedAgain(), place.isWantedAgain()]).to.deep.equal([false, true]);
    await place.make(async () => Promise.resolve(undefined));
    expect(place.isWantedAgain()).to.equal(false);
    const large = answers.answerTo('b');
    await large.make(async () => Promise.resolve(Buffer.alloc(600_000)));
    expect(large.isWantedAgain()).to.equal(false);
    expect(await large.bytes()).to.have.length(600_000);
  });

  it('is not kept where it was not sent whole', async () => {
    const catalogue = memoryCatalogue(40, () => `<a>${randomBytes(60_000).toString('hex')}</a>`);
    const asked: number[] = [];
    const { url } = await startUpstream(cleanup, { catalogue: keyed(catalogue, asked) });
    const left = await ask(url, catalogue.identities);
    left.destroy();
    await once(left, 'close');
    const before = asked.length;
    await textOf(await ask(url, catalogue.identities));
    expect(asked.length).to.be.greaterThan(before);
  });

  it('is packed once for all who ask for it at the same time, and for none of them when it fails', async () => {
    const catalogue = memoryCatalogue(60, (index) => `<a n="${index}"/>`.repeat(2000));
    const asked: number[] = [];
    const paged: MemoryCatalogue = {
      ...catalogue,
      documents: async (...about) => (await catalogue.documents(...about)).slice(0, 20),
    };
    const { url } = await startUpstream(cleanup, { catalogue: keyed(paged, asked) });
    const answers = await Promise.all(Array.from({ length: 5 }, async () => ask(url, catalogue.identities)));
    const texts = await Promise.all(answers.map(textOf));
    expect(
      asked.filter((count) => count < 60),
      'pages behind the first one',
    ).to.deep.equal([8, 8, 8, 8, 8]);
    expect(new Set(texts)).to.deep.equal(new Set([(await rawUpdateData(url, catalogue.identities)).toString()]));
  });

  it('is packed once for those who begin in the same moment, or when it has just been packed', async () => {
    const answers = new PackedAnswers();
    let packed = 0;
    const pack = async (): Promise<Buffer> => Promise.resolve(Buffer.alloc((packed += 1)));
    const make = async (): Promise<Buffer | undefined> => answers.answerTo('a').make(pack);
    expect(await Promise.all([make(), make()])).to.deep.equal([Buffer.alloc(1), Buffer.alloc(1)]);
    expect(await make()).to.have.length(1);
    expect(packed).to.equal(1);
  });

  it('is waited for, not for ever, and is made by who waits when another one fails', async () => {
    const answers = new PackedAnswers(1000, 50);
    const place = answers.answerTo('a');
    const failed = place.make(async () => Promise.reject(new RangeError('not now')));
    expect(await place.bytes(), 'left to who waits').to.equal(undefined);
    expect(await rejectionOf(failed)).to.contain('not now');
    let end = (_bytes: Buffer | undefined): void => undefined;
    const late = place.make(async () => new Promise((resolve) => (end = resolve)));
    expect(await place.bytes(), 'it takes too long').to.equal(undefined);
    const again = place.bytes().then(() => 'at once');
    const turn = new Promise((resolve) => void setImmediate(resolve));
    expect(await Promise.race([again, turn]), 'it is not waited for twice').to.equal('at once');
    end(Buffer.alloc(10));
    expect(await late).to.have.length(10);
    const patient = new PackedAnswers().answerTo('a');
    const made = patient.make(async () => new Promise((resolve) => (end = resolve)));
    const soon = patient.bytes();
    end(Buffer.alloc(20));
    expect(await soon, 'it came in time').to.have.length(20);
    expect(await made).to.have.length(20);
  });

  it('takes of the memory of the port while it is sent: a slow client keeps it', async () => {
    const taken: number[] = [];
    const done = new SyncError('PortBusy', { address: '192.0.2.1' });
    const sent = sendPieces(
      { headers: { 'accept-encoding': 'gzip' } } as unknown as http.IncomingMessage,
      {} as unknown as http.ServerResponse,
      {
        status: 200,
        contentType: 'text/xml',
        pieces: [],
        packable: true,
        packed: Buffer.alloc(300_000),
        work: {
          hold: async (bytes) => {
            taken.push(bytes);
            return Promise.reject(done);
          },
          give: () => undefined,
        },
      },
    );
    expect(await rejectionOf(sent)).to.equal('PortBusy');
    expect(taken).to.deep.equal([300_000]);
  });

  it('makes room for others when it was not asked for longest', async () => {
    const answers = new PackedAnswers(250);
    const kept = async (key: string): Promise<number | undefined> => (await answers.answerTo(key).bytes())?.length;
    const make = async (key: string): Promise<Buffer | undefined> =>
      answers.answerTo(key).make(async () => Promise.resolve(Buffer.alloc(100)));
    for (const key of ['a', 'b']) await make(key);
    expect(await kept('a')).to.equal(100);
    await make('c');
    expect(await kept('b')).to.equal(undefined);
    expect(await kept('a')).to.equal(100);
    expect(await kept('c')).to.equal(100);
  });

  it('is sent whole, and not kept, where it is large', async () => {
    const catalogue = memoryCatalogue(60, () => `<a>${randomBytes(60_000).toString('hex')}</a>`);
    const asked: number[] = [];
    const { url } = await startUpstream(cleanup, { catalogue: keyed(catalogue, asked) });
    const plain = (await rawUpdateData(url, catalogue.identities)).toString();
    for (let round = 1; round <= 2; round += 1) {
      const before = asked.length;
      expect((await textOf(await ask(url, catalogue.identities))) === plain).to.equal(true);
      expect(asked.length).to.be.greaterThan(before);
    }
  });
});
