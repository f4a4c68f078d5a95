import { expect } from 'chai';
import type { LinkReport } from '../../server/contract/generated/types.js';
import { SyncError } from '../../server/errors/SyncError.js';
import { CodeClaims, decideJoin } from '../../server/link/admitNode.js';
import type { JoinFacts, KnownSite } from '../../server/link/admitNode.js';
import { reconnectDelay } from '../../server/link/dialParent.js';
import { neverSynchronized } from '../../server/link/fanOut/treeStatuses.js';
import { checkVersion, clockWarning, compareClocks } from '../../server/link/linkContract.js';
import { TokenBucket } from '../../server/link/meter.js';
import { reportFor } from '../../server/link/reportForm.js';
import type { SiteType } from '../../server/site/SiteFolder.js';
import { reportOf } from './LinkLab.js';

describe('site link: decisions', () => {
  it('who may join where', () => {
    const known: KnownSite[] = [
      { siteCode: 'PS2', serverName: 'ps2', type: 'Primary', isSeen: true },
      { siteCode: 'PS3', serverName: 'ps3', type: 'Primary', isSeen: false },
    ];
    const facts = (type: SiteType, role: JoinFacts['role'] = 'Site', above: string[] = []): JoinFacts => ({
      parent: { siteCode: 'TOP', serverName: 'top', type },
      above,
      known,
      role,
    });
    const outcome = (siteCode: string, parts: JoinFacts, type?: SiteType, serverName = 'new'): string => {
      try {
        return decideJoin({ siteCode, serverName, type }, parts);
      } catch (error) {
        return (error as SyncError).errorId;
      }
    };
    expect([
      outcome('PS1', facts('CAS')),
      outcome('PS1', facts('CAS'), 'Primary'),
      outcome('S01', facts('Primary', 'Site', ['CS1'])),
    ]).to.deep.equal(['Primary', 'Primary', 'Secondary']);
    expect([
      outcome('S01', facts('CAS'), 'Secondary'),
      outcome('CS9', facts('CAS'), 'CAS'),
      outcome('S02', facts('Secondary')),
      outcome('S02', facts('SoftwareUpdatePoint')),
      outcome('PS1', facts('Primary'), 'Primary'),
    ]).to.deep.equal(Array(5).fill('SiteLevelInvalid'));
    expect([
      outcome('CS1', facts('Primary', 'Site', ['CS1'])),
      outcome('TOP', facts('CAS')),
      outcome('PS2', facts('CAS')),
      outcome('PS3', facts('CAS')),
    ]).to.deep.equal(['SiteLoop', 'SiteCodeTaken', 'SiteCodeTaken', 'Primary']);
    const point = (type: SiteType): JoinFacts => facts(type, 'SoftwareUpdatePoint');
    expect([
      outcome('TOP', point('CAS')),
      outcome('TOP', point('Primary')),
      outcome('TOP', point('Secondary')),
      outcome('PS1', point('CAS')),
      outcome('TOP', point('CAS'), 'Primary'),
      outcome('TOP', point('CAS'), undefined, 'TOP'),
    ]).to.deep.equal([
      'SoftwareUpdatePoint',
      'SoftwareUpdatePoint',
      'SiteLevelInvalid',
      'SiteLevelInvalid',
      'SiteLevelInvalid',
      'SiteCodeTaken',
    ]);
  });

  it('when a node dials again: doubled up to five minutes, a minute at least after a refusal, spread by half', () => {
    expect([1, 2, 3, 9, 10, 1000].map((failures) => reconnectDelay({ failures, isRefusal: false }, 0.5))).to.deep.equal(
      [1000, 2000, 4000, 256_000, 300_000, 300_000],
    );
    expect([1, 10].map((failures) => reconnectDelay({ failures, isRefusal: true }, 0.5))).to.deep.equal([
      60_000, 300_000,
    ]);
    expect([0, 0.999].map((random) => reconnectDelay({ failures: 1, isRefusal: false }, random))).to.deep.equal([
      500, 1499,
    ]);
  });

  it('what keeps to a rate', () => {
    const bucket = new TokenBucket({ most: 3, perSecond: 1 }, 0);
    expect([
      bucket.take(1, 0),
      bucket.take(2, 0),
      bucket.take(1, 0),
      bucket.take(1, 999),
      bucket.take(1, 1000),
      bucket.take(1, 500),
      bucket.take(3, 60_000),
      bucket.take(1, 60_000),
    ]).to.deep.equal([true, true, false, false, true, false, true, false]);
  });

  it('what the clocks say', () => {
    const at = (ms: number): Date => new Date(1_000_000_000 + ms);
    expect(
      [0, 60_000, 60_001, -60_001, 3_600_000, 3_600_001, -9_000_000].map((ms) => compareClocks(at(ms), at(0)).verdict),
    ).to.deep.equal(['Same', 'Same', 'Differs', 'Differs', 'Differs', 'Ahead', 'Differs']);
    expect(clockWarning(-90_000, { node: 'PS1 (x)', parent: 'CS1' })).to.equal(
      'warning: the clock of PS1 (x) is 90 seconds behind that of its parent CS1.',
    );
  });

  it('a code is kept for who asked first, for ten minutes', () => {
    const claims = new CodeClaims();
    expect([
      claims.claim('S01', 'PS1', 0),
      claims.claim('S01', 'PS2', 599_999),
      claims.claim('S01', 'PS1', 5),
      claims.claim('S01', 'PS2', 600_006),
    ]).to.deep.equal([undefined, 'PS1', undefined, undefined]);
  });

  it('who speaks a version of the link in common, and what a parent of an earlier one is told', () => {
    const peer = (minimum: number, maximum: number) => ({
      moduleVersion: '0.9.0',
      contract: { minimum, maximum },
      siteCode: 'PS1',
      time: '2024-06-01T00:00:00Z',
    });
    for (const [minimum, maximum] of [
      [1, 1],
      [1, 2],
      [2, 9],
    ] as const)
      expect(() => checkVersion(peer(minimum, maximum), '0.2.0')).not.to.throw();
    expect(() => checkVersion(peer(4, 5), '0.2.0')).to.throw(SyncError, /PS1/);
    const row = { ...neverSynchronized('PS1', 'ps1.test', 'cs1.test'), HeartbeatTime: null, HeartbeatAgeSeconds: null };
    const timed = { MeanDurationSeconds: 61, DurationDeviationSeconds: 2.5 };
    const statuses = [{ ...row, ...timed, ReplicationLinkStatusName: 'Healthy' }];
    const report: LinkReport = { ...reportOf('PS1'), statuses, findings: [] };
    expect(reportFor(1, report)).to.deep.equal({ ...reportOf('PS1'), statuses: [row] });
    expect(reportFor(2, report)).to.deep.equal(report);
  });
});
