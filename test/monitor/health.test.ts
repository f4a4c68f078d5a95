import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { healthOf } from '../../server/monitor/health.js';
import { packageFolder } from '../../server/platform/packageFolder.js';
import { HOUR } from '../../server/schedule/zone.js';
import { NOW, row, FAILED, a, b, facts } from './healthParts.js';
import { POINT_STATES } from './pointStates.js';
import { SITE_STATES } from './siteStates.js';

describe('The health of a hierarchy', () => {
  for (const [title, over, status, summary] of [...POINT_STATES, ...SITE_STATES]) {
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
    const states = [...POINT_STATES, ...SITE_STATES];
    const rows = states.map(([title, , status, summary]) => `| ${title} | ${status} | ${summary} |`);
    expect(document.slice(from, from + states.length)).to.deep.equal(rows);
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
});
