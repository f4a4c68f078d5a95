import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { healthOf } from '../../server/monitor/health.js';
import { reportedFindings } from '../../server/monitor/reportedFindings.js';
import { packageFolder } from '../../server/platform/packageFolder.js';
import { HOUR } from '../../server/schedule/zone.js';
import { BELOW_STATES } from './belowStates.js';
import { below, child, NOT_JOINED, NOW, row, FAILED, SILENT, a, b, facts } from './healthParts.js';
import { POINT_STATES } from './pointStates.js';
import { SITE_STATES } from './siteStates.js';

describe('The health of a hierarchy', () => {
  for (const [title, over, status, summary] of [...POINT_STATES, ...SITE_STATES, ...BELOW_STATES]) {
    it(`says of ${title} what is so`, () => {
      const health = healthOf(facts(over));
      expect([health.Status, health.Summary]).to.deep.equal([status, summary]);
      expect(health.ExitCode).to.equal(['Well', 'Degraded', 'Broken', 'Unknown'].indexOf(status));
      if (status === 'Well') expect(health.Actions).to.deep.equal([]);
    });
  }

  it('is in the documentation, state by state', () => {
    const document = readFileSync(join(packageFolder(), 'docs', 'health.md'), 'utf8').split(/\r?\n/);
    const from = document.indexOf('| what is so | status | sentence |') + 2;
    const states = [...POINT_STATES, ...SITE_STATES, ...BELOW_STATES];
    const rows = states.map(([title, , status, summary]) => `| ${title} | ${status} | ${summary} |`);
    expect(document.slice(from, from + states.length)).to.deep.equal(rows);
  });

  it('says what to do where there is no software update point', () => {
    expect(healthOf(facts({ rows: [] })).Actions).to.deep.equal([
      'Site CS1 has no software update point, so it cannot synchronize: add one with Add-CMSoftwareUpdatePoint ' +
        '(configmgrsync sup add).',
    ]);
  });

  it('does not speak of a schedule where only a failed synchronization is to be repeated', () => {
    const { rhythm } = facts({});
    const { Actions } = healthOf(facts({ keeper: 'None', rhythm: { ...rhythm, tokens: [] } }));
    expect(Actions).to.deep.equal([
      'No service repeats the failed synchronization of site CS1: install one with Install-CMSyncService ' +
        '(configmgrsync service install).',
    ]);
  });

  it('names the worst first, and who keeps what comes next', () => {
    const health = healthOf(
      facts({ rows: [row(a), row(b, FAILED)], damage: ['Segment 3 is missing.'], keeper: 'None' }),
    );
    expect(health.Actions).to.deep.equal([
      'Segment 3 is missing.',
      'b.test last succeeded 2 hours ago and failed at its last attempt: The server did not answer.',
      'No service keeps the schedule of site CS1: install one with Install-CMSyncService (configmgrsync ' +
        'service install).',
    ]);
    expect(health.SoftwareUpdatePoints.map(({ NextSyncTime, IsKept }) => [NextSyncTime, IsKept])).to.deep.equal([
      [new Date(NOW + HOUR).toISOString(), false],
      [null, null],
    ]);
  });

  it('says what those below have said, cleaned, and of when it is', () => {
    const said = [
      below('PS1', 'No product\u001b[2J is\nsubscribed.', { isHeard: false }),
      below('PS2', `${'long '.repeat(200)}.`, { isBroken: true }),
    ];
    const { Actions } = healthOf(facts({ rows: [row(a), row(b, SILENT)], below: said }));
    expect(Actions[0]).to.match(/^Site PS2: (long )+/);
    expect(Actions[0]?.length).to.be.lessThan(520);
    expect(Actions[2]).to.equal('Site PS1, when it was last heard of: No product?[2J is subscribed.');
  });

  it('takes a warning of its own for the same below, however long, but no service for another', () => {
    const long = `Cannot be subscribed:\n${'long '.repeat(200)}.`;
    const serviceOf = reportedFindings(facts({ ...child({ siteCode: 'CS1' }), keeper: 'Stopped' }), {
      serverName: b,
      below: [],
    });
    const { Actions } = healthOf(
      facts({
        rows: [row(a), row(b)],
        keeper: 'Stopped',
        lastRun: { Warnings: [long], ErrorMessage: '' },
        below: [
          ...reportedFindings(facts({ lastRun: { Warnings: [long], ErrorMessage: '' } }), { serverName: a, below: [] }),
          ...serviceOf,
        ],
      }),
    );
    expect(Actions).to.deep.equal([
      'The service of site CS1 does not run: start it with Start-CMSyncService (configmgrsync service start).',
      long,
      'b.test: The service of this software update point does not run: start it with Start-CMSyncService ' +
        '(configmgrsync service start).',
    ]);
  });

  it('names a software update point of another site that is not joined, and where to mend it', () => {
    const other = row(b, { SiteCode: 'PS1', ...NOT_JOINED });
    expect(healthOf(facts({ rows: [row(a), other] })).Actions[0]).to.match(
      /^b\.test is not joined to site PS1, or was revoked: join it there with New-CMSyncJoinToken/,
    );
  });

  it('tells upwards the worst first, bounded in number and length', () => {
    const Warnings = Array.from({ length: 30 }, (_, at) => `Warning ${at}: ${'\u0007'.repeat(900)}`);
    const found = reportedFindings(
      facts({ damage: ['Segment 3 is missing.'], lastRun: { Warnings, ErrorMessage: '' } }),
      {
        serverName: a,
        below: Array.from({ length: 600 }, (_, at) => below('PS1', `Of below ${at}`)),
      },
    );
    expect(found).to.have.length(500);
    expect(found[0]).to.include({ isBroken: true, text: 'Segment 3 is missing.' });
    expect(found[19]?.text).to.match(/^12 more problems: ask there/);
    expect(found[499]?.text).to.match(/^121 more problems/);
    for (const finding of found) expect(finding.text).to.match(/^[^\u0000-\u001f]{1,500}$/);
  });
});
