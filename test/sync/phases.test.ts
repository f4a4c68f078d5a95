import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageFolder } from '../../server/platform/packageFolder.js';
import { type Phase, phaseAfter, type PhaseEvent, PHASES } from '../../server/sync/phases.js';

describe('The phases of a run', () => {
  const phases = Object.keys(PHASES) as Phase[];

  it('stand in docs/synchronization.md as they are', () => {
    const page = readFileSync(join(packageFolder(), 'docs', 'synchronization.md'), 'utf8');
    const [, table = ''] = /\n(\| phase \|[\s\S]*?)\n\n/.exec(page) ?? [];
    const [head, , ...rows] = table.split('\n').map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.replace(/\(.*\)/, '').trim()),
    );
    const [, , ...events] = head ?? [];
    expect(events).to.have.members([...new Set(phases.flatMap((phase) => Object.keys(PHASES[phase].next)))]);
    const expected = phases.map((phase) => [
      phase,
      String(PHASES[phase].status),
      ...events.map((event) => phaseAfter(phase, event as PhaseEvent) ?? '–'),
    ]);
    expect(rows).to.deep.equal(expected);
  });

  it('can all be reached, and all but the ends can fail', () => {
    const reached = new Set<Phase>(['Starting']);
    for (const phase of reached) for (const next of Object.values<Phase>(PHASES[phase].next)) reached.add(next);
    expect([...reached]).to.have.members(phases);
    const ends = phases.filter((phase) => phaseAfter(phase, 'fail') === undefined);
    expect(ends).to.deep.equal(['Done', 'DoneWithPendingLicenseTerms', 'Failed']);
    for (const end of ends) expect(PHASES[end].next).to.deep.equal({});
  });
});
