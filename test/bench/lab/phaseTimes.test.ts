import { expect } from 'chai';
import { phaseTimes } from './phaseTimes.js';

const line = (text: string, clock: string): string =>
  `${text}~  $$<SMS_WSUS_SYNC_MANAGER><11-30-2026 ${clock}+000><thread=10019 (0x2723)>`;
const EARLIER = [line('Starting Sync', '09:00:00.000'), line('Sync time: 0d00h00m01s', '09:00:01.000')];
const RUN = [
  line('Starting Sync', '23:59:58.665'),
  line('sync: WSUS synchronizing categories, processed 626 out of 626 items (100%)', '23:59:58.700'),
  line('Requested categories: 356 products, 9 classifications', '23:59:58.965'),
  line('sync: WSUS synchronizing updates, processed 2400 out of 9839 items (24%), ETA in 00:00:16', '23:59:58.980'),
  line('sync: WSUS synchronizing updates, processed 9839 out of 9839 items (100%)', '23:59:59.500'),
  line('Sync time: 0d00h00m17s', '23:59:59.999'),
];

describe('phaseTimes', () => {
  it('reads what the last synchronization took outside of its fetch', () => {
    expect(phaseTimes([...EARLIER, ...RUN].join('\n'))).to.deep.equal({ beforeFirst: 300, afterLast: 499 });
  });

  it('says nothing where the log does not say all of it', () => {
    for (let without = 0; without < RUN.length; without += 1) {
      const lines = RUN.filter((_line, number) => number !== without);
      const isNeeded = ![1, 3].includes(without);
      expect(phaseTimes(lines.join('\n')) === undefined, RUN[without]).to.equal(isNeeded);
    }
    expect(phaseTimes('')).to.equal(undefined);
  });
});
