import { expect } from 'chai';
import { request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Source } from '../../server/upstream/Source.js';
import { TimeLimit } from '../fixtures/TimeLimit.js';
import { Cleanup, failure, makeSource, NEVER, startHttp, startUpstream } from './harness.js';
import { guid, memoryCatalogue } from './memoryCatalogue.js';

const COUNT = 40;
const BAD = guid(21);
const limit = new TimeLimit();

/** Ways in which a server fails to answer one call. */
const KINDS = {
  'HTTP 403, as of a filter on the way': (response) => response.writeHead(403).end('<html>Blocked</html>'),
  'HTTP 503': (response) => response.writeHead(503).end('<html>Service Unavailable</html>'),
  'HTTP 500 with a page': (response) => response.writeHead(500).end('<html>Runtime Error</html>'),
  'a cut connection': (response) => response.destroy(),
  'no answer': () => limit.pass(),
} satisfies Record<string, (response: ServerResponse) => unknown>;

/** A server in front of ours; `refuse` answers calls itself. Gives how many updates each GetUpdateData asked for. */
async function startFront(
  cleanup: Cleanup,
  refuse: (asked: readonly string[], response: ServerResponse) => boolean,
): Promise<{ url: string; sizes: number[]; operations: string[] }> {
  const { url } = await startUpstream(cleanup, { catalogue: memoryCatalogue(COUNT) });
  const sizes: number[] = [];
  const operations: string[] = [];
  const front = await startHttp(cleanup, (incoming, response) => {
    void bodyOf(incoming).then((body) => {
      const operation = /(\w+)"?$/.exec(String(incoming.headers['soapaction']))?.[1] ?? '';
      const asked = [...body.toString().matchAll(/<UpdateID>([^<]+)</g)].map((match) => (match[1] ?? '').toLowerCase());
      operations.push(operation);
      if (operation === 'GetUpdateData') sizes.push(asked.length);
      if (refuse(operation === 'GetUpdateData' ? asked : [], response)) return;
      const inner = request(url + (incoming.url ?? ''), { method: 'POST', headers: incoming.headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(response);
      });
      inner.end(body);
    });
  });
  return { url: front, sizes, operations };
}

async function bodyOf(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

const { identities } = memoryCatalogue(COUNT);

describe('A revision that the upstream cannot deliver', () => {
  const cleanup = new Cleanup();
  afterEach(async () => cleanup.run());
  const open = async (url: string): Promise<Source> => {
    const { source } = makeSource(cleanup, { url }, { timeLimit: limit.signal });
    await source.open('', NEVER);
    return source;
  };

  for (const [name, answer] of Object.entries(KINDS)) {
    it(`fails alone: ${name}`, async () => {
      const { url } = await startFront(cleanup, (asked, response) => {
        if (!asked.includes(BAD)) return false;
        answer(response);
        return true;
      });
      const source = await open(url);
      const batch = await source.fetchDocuments(identities, NEVER);
      expect(batch.documents).to.have.length(COUNT - 1);
      expect(batch.failed.map(({ identity }) => identity.updateId)).to.deep.equal([BAD]);
      expect(batch.failed[0]?.reason).to.not.equal('');
    });
  }

  it('does not take those behind it along, even where ten stand in front', async () => {
    const bad = identities.slice(0, 10).map(({ updateId }) => updateId);
    const { url } = await startFront(cleanup, (asked, response) => {
      const isBad = asked.some((id) => bad.includes(id));
      if (isBad) KINDS['HTTP 500 with a page'](response);
      return isBad;
    });
    const batch = await (await open(url)).fetchDocuments(identities, NEVER);
    expect(batch.documents).to.have.length(COUNT - bad.length);
    expect(batch.failed.map(({ identity }) => identity.updateId)).to.have.members(bad);
  });

  it('ends the batch after the usual retries when the server is down altogether', async () => {
    let isDown = false;
    const { url, sizes } = await startFront(cleanup, (_asked, response) => {
      if (isDown) response.writeHead(503).end();
      return isDown;
    });
    const source = await open(url);
    isDown = true;
    expect(await failure(source.fetchDocuments(identities, NEVER))).to.include({ errorId: 'UpstreamBusy' });
    expect(sizes).to.deep.equal([COUNT, COUNT, COUNT, COUNT, COUNT]);
  });

  it('is not what large requests are: their size is remembered, and told to whoever asks the server next', async () => {
    const { url, sizes } = await startFront(cleanup, (asked, response) => {
      if (asked.length <= 10) return false;
      response.writeHead(503).end();
      return true;
    });
    const source = await open(url);
    for (let time = 0; time < 3; time += 1)
      expect((await source.fetchDocuments(identities, NEVER)).documents).to.have.length(COUNT);
    expect(sizes.slice(-4)).to.deep.equal([10, 10, 10, 10]);
    expect(source.batchLimit).to.equal(10);
    const next = await open(url);
    next.batchLimit = source.batchLimit;
    sizes.length = 0;
    await next.fetchDocuments(identities, NEVER);
    expect(sizes).to.deep.equal([10, 10, 10, 10]);
  });

  it('does not make batches small that only met a moment of trouble', async () => {
    let isFirst = true;
    const { url, sizes } = await startFront(cleanup, (asked, response) => {
      if (asked.length === 0 || !isFirst) return false;
      isFirst = false;
      response.writeHead(503).end();
      return true;
    });
    const source = await open(url);
    await source.fetchDocuments(identities, NEVER);
    await source.fetchDocuments(identities, NEVER);
    expect(sizes).to.deep.equal([COUNT, COUNT / 2, COUNT / 2, COUNT]);
    expect(source.batchLimit).to.equal(undefined);
  });
});
