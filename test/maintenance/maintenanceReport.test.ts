import { expect } from 'chai';
import { MaintenanceReport } from '../../server/maintenance/MaintenanceJob.js';

describe('The report of a maintenance', () => {
  it('asks for no more of what goes than it names', async () => {
    let asked = 0;
    function* things(): Generator<{ revisionId: number; revisionNumber: number; reason: string }, void> {
      for (;;) yield { revisionId: (asked += 1), revisionNumber: 1, reason: 'why' };
    }
    const report = new MaintenanceReport({ names: async () => Promise.resolve(new Map()) });
    await report.name('Remove', things());
    await report.name('Remove', things());
    expect(asked).to.equal(1000);
    const outcome = { WhatIf: false, Interrupted: false, StartTime: '', DurationSeconds: 0 };
    expect(report.result(outcome).Items).to.have.length(1000);
  });
});
