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
      documents: async (identities, maxBytes, work) => {
        asked.push(identities.length);
        return catalogue.documents(identities, maxBytes, work);
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

  it('takes of the memory of the port while it is sent: a slow client keeps it', async () => {
    const answers = new PackedAnswers();
    collected(answers, 'a', 300_000);
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
        kept: answers.answerTo('a'),
        hold: async (bytes) => {
          taken.push(bytes);
          return Promise.reject(done);
        },
      },
    );
    expect(await rejectionOf(sent)).to.equal('PortBusy');
    expect(taken).to.deep.equal([300_000]);
  });

  const collected = (answers: PackedAnswers, key: string, bytes: number): void => {
    const collector = answers.answerTo(key).collect();
    collector.add(Buffer.alloc(bytes));
    collector.end(true);
  };

  it('makes room for others when it was not asked for longest', () => {
    const answers = new PackedAnswers(250);
    for (const key of ['a', 'b']) collected(answers, key, 100);
    expect(answers.answerTo('a').bytes).to.have.length(100);
    collected(answers, 'c', 100);
    expect(answers.answerTo('b').bytes).to.equal(undefined);
    expect(answers.answerTo('a').bytes).to.have.length(100);
    expect(answers.answerTo('c').bytes).to.have.length(100);
  });

  it('is not collected while very much is, and is again afterwards', () => {
    const answers = new PackedAnswers();
    const begun = Array.from({ length: 20 }, (_unused, index) => answers.answerTo(`begun ${index}`).collect());
    for (const collector of begun) collector.add(Buffer.alloc(1024 * 1024));
    collected(answers, 'one too many', 2 * 1024 * 1024);
    expect(answers.answerTo('one too many').bytes).to.equal(undefined);
    for (const collector of begun) collector.end(false);
    expect(answers.answerTo('begun 0').bytes).to.equal(undefined);
    collected(answers, 'another', 1024 * 1024);
    expect(answers.answerTo('another').bytes).to.have.length(1024 * 1024);
    collected(answers, 'too large', 3 * 1024 * 1024);
    expect(answers.answerTo('too large').bytes).to.equal(undefined);
  });
});
