import { expect } from 'chai';
import type { LinkReport } from '../../server/contract/generated/types.js';
import { pauseAfter, ReportSender } from '../../server/link/ReportSender.js';
import { LINK_LIMITS } from '../../server/link/linkContract.js';
import { nextTurn } from '../../server/platform/inTurns.js';
import { TestClock } from '../fixtures/TestClock.js';
import { reportedStatus } from './reportingChild.js';

function reportOf(sites: number, version: number): LinkReport {
  const statuses = Array.from({ length: sites }, () => reportedStatus('PS1', { SyncCatalogVersion: version }));
  const handled = { settingsVersion: 0, requestId: 0 };
  return { moduleVersion: '0.2.0', siteCode: 'PS1', statuses, handled, sites: [], alerts: [] };
}

describe('reports of a site with many below it', () => {
  it('are no more than a quarter of the bytes that its parent takes, and those of few come soon', () => {
    expect(pauseAfter(1000)).to.equal(LINK_LIMITS.reportMs);
    for (const characters of [200_000, 1_000_000, 10_000_000])
      expect(characters / (pauseAfter(characters) / 1000)).to.be.at.most(LINK_LIMITS.bytes.perSecond / 4);
  });

  it('wait the longer the larger the one before was; only then is another asked for', async () => {
    const clock = new TestClock();
    const sent: number[] = [];
    const sender = new ReportSender(clock);
    sender.begin(
      {
        notify: async (_method, report) => {
          sent.push((report as LinkReport).statuses[0]?.SyncCatalogVersion ?? 0);
          return Promise.resolve();
        },
      },
      3,
    );
    let ready = 0;
    const report = (sites: number, version: number): void =>
      void sender.report(reportOf(sites, version)).then(() => (ready = version));
    report(1000, 1);
    await clock.timers(1);
    for (const version of [2, 3]) report(1, version);
    clock.pass(1);
    expect([sent, ready]).to.deep.equal([[1], 0]);
    clock.pass(5);
    await clock.timers(1);
    expect(sent).to.deep.equal([1, 3]);
    expect(ready).to.equal(3);
    report(1, 4);
    sender.end();
    await nextTurn();
    expect(ready, 'nobody waits for a connection that is over').to.equal(4);
    expect(sent).to.deep.equal([1, 3]);
  });
});
