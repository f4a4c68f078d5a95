import { expect } from 'chai';
import { SyncError } from '../../server/errors/SyncError.js';
import { abortableSleep, Retrier, retryAfterSeconds } from '../../server/upstream/Retrier.js';
import { failure, NEVER } from './harness.js';

describe('Retrier', () => {
  it('pauses exponentially with full jitter up to the cap', async () => {
    const slept: number[] = [];
    const draws = [0, 0.5, 0.999, 0.1];
    const retrier = new Retrier(
      {
        random: () => draws[slept.length] ?? 0,
        sleep: (milliseconds) => {
          slept.push(milliseconds);
          return Promise.resolve();
        },
      },
      { attempts: 5, baseMs: 1000, capMs: 3000, retryAfterCapMs: 10_000 },
    );
    await failure(retrier.run(() => Promise.reject(new SyncError('UpstreamTimeout')), NEVER));
    expect(slept).to.deep.equal([0, 1000, 2997, 300]);
  });

  it('gives the result of a later attempt', async () => {
    let attempts = 0;
    const retrier = new Retrier({ random: () => 0, sleep: () => Promise.resolve() });
    expect(
      await retrier.run(
        () => (++attempts < 3 ? Promise.reject(new SyncError('UpstreamConnectionCut')) : Promise.resolve(attempts)),
        NEVER,
      ),
    ).to.equal(3);
  });

  it('a sleep ends at once when cancelled', async () => {
    const controller = new AbortController();
    const sleep = failure(abortableSleep(3_600_000, controller.signal));
    controller.abort();
    expect(await sleep).to.have.property('errorId', 'Cancelled');
  });

  it('reads Retry-After as seconds and as a date', () => {
    expect(retryAfterSeconds('12', 0)).to.equal(12);
    expect(retryAfterSeconds('Thu, 01 Jan 1970 00:01:00 GMT', 0)).to.equal(60);
    expect(retryAfterSeconds('Thu, 01 Jan 1970 00:01:00 GMT', 600_000)).to.equal(0);
    expect(retryAfterSeconds('soon', 0)).to.equal(undefined);
    expect(retryAfterSeconds(undefined, 0)).to.equal(undefined);
  });
});
