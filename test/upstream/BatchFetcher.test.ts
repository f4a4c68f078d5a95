import { expect } from 'chai';
import fc from 'fast-check';
import { SyncError } from '../../server/errors/SyncError.js';
import { identityKey, type UpdateIdentity } from '../../server/metadata/UpdateIdentity.js';
import { BatchFetcher, type BatchServer } from '../../server/upstream/BatchFetcher.js';
import { failure } from './harness.js';
import { guid } from './memoryCatalogue.js';
import { repetitions } from '../fixtures/repetitions.js';

function ids(count: number): UpdateIdentity[] {
  return Array.from({ length: count }, (_, index) => ({ updateId: guid(index), revisionNumber: 1 }));
}

function fault(faultMessage: string): SyncError {
  return new SyncError('UpstreamFault', {
    url: 'u',
    operation: 'GetUpdateData',
    errorCode: 'InternalServerError',
    faultMessage,
  });
}

/** A server that answers nothing else, and whose calls are made once. */
function fetcherOf(ask: BatchServer['ask']): BatchFetcher {
  return new BatchFetcher({
    ask,
    isAnswering: async () => Promise.resolve(false),
    retry: async (attempt) => attempt(),
  });
}

describe('BatchFetcher', () => {
  it('accounts for every identity exactly once, whatever the server refuses or leaves out', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 60 }),
        fc.uniqueArray(fc.nat(59), { maxLength: 40 }),
        fc.uniqueArray(fc.nat(59), { maxLength: 20 }),
        fc.integer({ min: 1, max: 60 }),
        async (count, bad, absent, most) => {
          const refused = new Set(bad.map(guid));
          const unknown = new Set(absent.map(guid));
          const fetcher = fetcherOf((batch) => {
            if (batch.some((identity) => refused.has(identity.updateId))) return Promise.reject(fault(''));
            return Promise.resolve({
              updates: batch
                .filter((identity) => !unknown.has(identity.updateId))
                .slice(0, most)
                .map((identity) => ({ identity })),
              fileUrls: [],
            });
          });
          await fetcher.fetch(ids(count));
          const all = [...fetcher.updates, ...fetcher.failed].map((entry) => identityKey(entry.identity));
          expect(all).to.have.members(ids(count).map(identityKey));
          for (const update of fetcher.updates) expect(refused.has(update.identity.updateId)).to.equal(false);
        },
      ),
      { numRuns: repetitions(60, 6000) },
    );
  });

  it('takes the missing revisions from the message of Microsoft Update at once', async () => {
    let calls = 0;
    const fetcher = fetcherOf((batch) => {
      calls++;
      if (batch.length === 100)
        return Promise.reject(
          fault(
            `Requested 100 returned 98 (test content removed: 0). Missing ` +
              `Revisions: ${guid(3).toUpperCase()}.1, ${guid(77)}.1`,
          ),
        );
      return Promise.resolve({ updates: batch.map((identity) => ({ identity })), fileUrls: [] });
    });
    await fetcher.fetch(ids(100));
    expect(calls).to.equal(2);
    expect(fetcher.failed.map((entry) => entry.errorId)).to.deep.equal(['DocumentMissing', 'DocumentMissing']);
  });

  it('gives up on a server that refuses everything, and says of each what was seen', async () => {
    let calls = 0;
    const fetcher = fetcherOf(() => {
      calls++;
      return Promise.reject(fault('broken'));
    });
    await fetcher.fetch(ids(100));
    expect(fetcher.failed).to.have.length(100);
    expect(calls).to.be.at.most(31);
    for (const { errorId, reason } of fetcher.failed)
      expect(`${errorId}: ${reason}`).to.match(
        /^UpstreamFault: The upstream u refused GetUpdateData: InternalServerError broken( \(asked for together with \d+ others\))?$/,
      );
  });

  const about = { url: 'u', operation: 'GetUpdateData' };
  for (const [kind, refusal] of [
    ['a fault', fault('broken')],
    ['HTTP 503', new SyncError('UpstreamBusy', { ...about, reason: 'HTTP 503' })],
    ['HTTP 403', new SyncError('UpstreamDenied', { ...about, status: 403 })],
    ['HTTP 500 with a page', new SyncError('UpstreamNotSoap', { ...about, status: 500, what: 'an HTML page' })],
    ['no answer', new SyncError('UpstreamTimeout', { ...about, seconds: 180 })],
    ['a cut connection', new SyncError('UpstreamConnectionCut', { ...about, reason: 'reset' })],
    ['an answer that cannot be read', new SyncError('UpstreamMalformed', { ...about, reason: 'no end' })],
  ] as const) {
    /** Fetches so many when the server never delivers some of them. */
    const fetched = async (count: number, isBad: (index: number) => boolean): Promise<BatchFetcher> => {
      const all = ids(count);
      const bad = new Set(all.filter((_identity, index) => isBad(index)));
      const fetcher = new BatchFetcher({
        ask: async (batch) =>
          batch.some((identity) => bad.has(identity))
            ? Promise.reject(refusal)
            : Promise.resolve({ updates: batch.map((identity) => ({ identity })), fileUrls: [] }),
        isAnswering: async () => Promise.resolve(true),
        retry: async (attempt) => attempt(),
      });
      await fetcher.fetch(all);
      return fetcher;
    };

    for (const many of [8, 10, 20])
      it(`brings the good ones behind ${many} bad ones: ${kind}`, async () => {
        const { updates, failed } = await fetched(40, (index) => index < many);
        expect([updates.length, failed.length]).to.deep.equal([40 - many, many]);
        for (const { errorId, reason } of failed)
          expect([errorId, reason]).to.deep.equal([refusal.errorId, refusal.message.replace(/\.$/, '')]);
      });

    it(`brings the good ones behind bad ones and between others: ${kind}`, async () => {
      const { updates, failed } = await fetched(40, (index) => index < 8 || index % 5 === 0);
      expect([updates.length, failed.length]).to.deep.equal([26, 14]);
    });
  }

  it('throws when nothing from the server can be read at all', async () => {
    const fetcher = fetcherOf(() => Promise.reject(new SyncError('UpstreamMalformed', { reason: 'x' })));
    expect(await failure(fetcher.fetch(ids(100)))).to.have.property('errorId', 'UpstreamMalformed');
  });

  it('does not divide what is not answered when nothing else is', async () => {
    const fetcher = fetcherOf(() => Promise.reject(new SyncError('UpstreamTimeout')));
    expect(await failure(fetcher.fetch(ids(4)))).to.have.property('errorId', 'UpstreamTimeout');
  });

  it('ends a batch of 40 with one update that is never answered within three time-outs', async () => {
    const error = new SyncError('UpstreamTimeout', { url: 'u', operation: 'GetUpdateData', seconds: 180 });
    for (let bad = 0; bad < 40; bad += 1) {
      let waited = 0;
      const fetcher = new BatchFetcher({
        ask: async (batch, timeShare) => {
          if (batch.every((identity) => identity.updateId !== guid(bad)))
            return Promise.resolve({ updates: batch.map((identity) => ({ identity })), fileUrls: [] });
          waited += timeShare;
          return Promise.reject(error);
        },
        isAnswering: async () => Promise.resolve(true),
        retry: async (attempt) => attempt(),
      });
      await fetcher.fetch(ids(40));
      expect(fetcher.updates).to.have.length(39);
      expect(fetcher.failed.map(({ identity }) => identity.updateId)).to.deep.equal([guid(bad)]);
      expect(waited, `update ${bad}`).to.be.at.most(3);
    }
  });

  it('waits once when the server says how long, and divides the batch then', async () => {
    const sizes: number[] = [];
    let waits = 0;
    const fetcher = new BatchFetcher({
      ask: async (batch) => {
        sizes.push(batch.length);
        return batch.some((identity) => identity.updateId === guid(1))
          ? Promise.reject(new SyncError('UpstreamBusy', { url: 'u', reason: 'HTTP 503', retryAfterSeconds: 3 }))
          : Promise.resolve({ updates: batch.map((identity) => ({ identity })), fileUrls: [] });
      },
      isAnswering: async () => Promise.resolve(true),
      retry: async (attempt) =>
        attempt().catch(async (error: unknown) => {
          expect(error).to.include({ errorId: 'UpstreamBusy' });
          waits += 1;
          return attempt();
        }),
    });
    await fetcher.fetch(ids(4));
    expect(waits).to.equal(1);
    expect(sizes).to.deep.equal([4, 4, 2, 1, 1, 1, 2]);
    expect(fetcher.failed).to.have.length(1);
  });
});
