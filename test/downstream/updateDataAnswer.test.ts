import { expect } from 'chai';
import { createUpstreamHandler } from '../../server/downstream/createUpstreamHandler.js';
import { SyncError } from '../../server/errors/SyncError.js';
import { atOnce } from '../../server/platform/inTurns.js';
import { parseFault } from '../../server/wire/fault.js';
import { parseGetUpdateDataResponse } from '../../server/wire/getUpdateData.js';
import { rejectionOf } from '../fixtures/rejection.js';
import { Cleanup, makeSource, NEVER, startHttp, startUpstream, testRandom } from '../upstream/harness.js';
import { memoryCatalogue, type MemoryCatalogue } from '../upstream/memoryCatalogue.js';
import { ALONE } from './aloneWork.js';
import { rawUpdateData } from './askUpdateData.js';
import { turnCounter } from './turnCounter.js';

describe('an answer to GetUpdateData is made while it is sent', () => {
  const cleanup = new Cleanup();
  afterEach(async () => cleanup.run());

  /** A catalogue that gives two documents at a time, as a site gives what fits into a page. */
  const inPages = (catalogue: MemoryCatalogue, asked: number[]): MemoryCatalogue => ({
    ...catalogue,
    documents: async (identities, page, work) => {
      asked.push(identities.length);
      return (await catalogue.documents(identities, page, work)).slice(0, 2);
    },
  });

  it('page after page, with every document as it is', async () => {
    const catalogue = memoryCatalogue(7, (index) => '<a>&amp;\u00e4'.repeat(20_000 * index));
    const asked: number[] = [];
    const { url } = await startUpstream(cleanup, { catalogue: inPages(catalogue, asked) });
    const { updates, fileUrls } = atOnce(parseGetUpdateDataResponse(await rawUpdateData(url, catalogue.identities)));
    expect(asked).to.deep.equal([7, 5, 3, 1]);
    expect(updates.map(({ xml }) => Buffer.from(xml ?? []).toString())).to.deep.equal([...catalogue.texts.values()]);
    expect(fileUrls).to.have.length(7);
  });

  it('one page in a turn, however fast the client takes them', async () => {
    const catalogue = memoryCatalogue(40);
    const turn = turnCounter(cleanup);
    const turns: number[] = [];
    const pages = inPages(catalogue, []);
    const documents: MemoryCatalogue['documents'] = async (...asked) => {
      turns.push(turn());
      return pages.documents(...asked);
    };
    const { url } = await startUpstream(cleanup, { catalogue: { ...catalogue, documents } });
    await rawUpdateData(url, catalogue.identities);
    expect(new Set(turns)).to.have.property('size', 20);
  });

  it('with every carriage return, which a reader takes for a line feed where it is none of a reference', async () => {
    const catalogue = memoryCatalogue(2, (index) => 'a\r\nb\rc&#13;\td'.repeat(index * 8000));
    const { url } = await startUpstream(cleanup, { catalogue });
    const answer = await rawUpdateData(url, catalogue.identities);
    expect(answer.includes('\r')).to.equal(false);
    expect(answer.includes('a&#xD;\nb&#xD;c&amp;#13;\td')).to.equal(true);
    const { updates } = atOnce(parseGetUpdateDataResponse(answer));
    expect(updates.map(({ xml }) => Buffer.from(xml ?? []).toString())).to.deep.equal([...catalogue.texts.values()]);
  });

  it('is no failure of ours where nobody waits for it any more', async () => {
    const log: string[] = [];
    const catalogue = {
      ...memoryCatalogue(1),
      documents: async () => Promise.reject(new DOMException('', 'AbortError')),
    };
    const say = (line: string): unknown => log.push(line);
    const handle = createUpstreamHandler({ catalogue, blob: 'plain', clock: Date.now, random: testRandom, log: say });
    const failed: unknown[] = [];
    const url = await startHttp(cleanup, (request, response) => {
      const work = { ...ALONE, turn: async () => Promise.resolve(), closing: NEVER };
      void handle(request, response, work).catch((caught: unknown) => {
        failed.push(caught);
        response.destroy();
      });
    });
    expect(await rejectionOf(rawUpdateData(url, catalogue.identities))).to.contain('closed');
    expect(failed).to.have.length(1);
    expect(log).to.deep.equal([]);
  });

  it('is cut off before a document that cannot be read; a client of ours gets all others', async () => {
    const catalogue = memoryCatalogue(5);
    const damaged = catalogue.identities[2]?.updateId;
    const broken: MemoryCatalogue = {
      ...catalogue,
      documents: async (identities, page, work) => {
        const [first] = identities;
        if (first?.updateId === damaged)
          throw new SyncError('StoreCorrupt', { path: 'x.seg', position: 1, reason: 'y' });
        return catalogue.documents(identities, page, work);
      },
    };
    const { url, log } = await startUpstream(cleanup, { catalogue: inPages(broken, []) });
    expect(await rejectionOf(rawUpdateData(url, catalogue.identities))).to.match(/terminated|closed|reset/);
    expect(log.join()).to.contain('GetUpdateData was cut off: ').and.contain('x.seg');
    expect(parseFault(await rawUpdateData(url, catalogue.identities.slice(2)))?.errorCode).to.equal(
      'InternalServerError',
    );
    const batch = await makeSource(cleanup, { url }).source.fetchDocuments(catalogue.identities, NEVER);
    expect(batch.documents).to.have.length(4);
    expect(batch.failed.map(({ identity }) => identity.updateId)).to.deep.equal([damaged]);
  });
});
