import { expect } from 'chai';
import type { SoftwareUpdateRow } from '../../server/criteria/SoftwareUpdateRow.js';
import { changesOf } from '../../server/criteria/changeKinds.js';
import { Random } from '../../server/sample/Random.js';
import { ChangeTally } from '../../server/sync/ChangeTally.js';
import { sampleUpdate } from '../store/sampleRows.js';

const KINDS = ['New', 'Revised', 'Expired', 'Superseded', 'Removed', 'Skipped'] as const;
const none = () => ({ New: 0, Revised: 0, Expired: 0, Superseded: 0, Removed: 0, Skipped: 0 });

describe('ChangeTally', () => {
  it('counts each update once, from what it was before the run to what it is in the end', () => {
    const random = new Random(11);
    const maybe = (): boolean => random.below(2) === 0;
    for (let round = 0; round < 200; round += 1) {
      const counts = { ...none(), Categories: 3, Failed: 2, DocumentsFetched: 9 };
      const tally = new ChangeTally(counts);
      const expected = { ...counts };
      for (let key = 1; key <= 20; key += 1) {
        const row = (): SoftwareUpdateRow =>
          sampleUpdate(key, {
            updateKey: key,
            revisionId: random.below(3),
            isExpired: maybe(),
            isHidden: maybe(),
            isRemoved: maybe(),
            isSuperseded: maybe(),
          });
        const first = maybe() ? row() : undefined;
        const rows = Array.from({ length: random.below(4) }, row);
        expect(tally.hasNoted(key)).to.equal(false);
        let before = first;
        for (const after of rows) {
          expect(tally.foresee(before, after)).to.deep.equal(tally.note(before, after));
          before = after;
        }
        const last = rows.at(-1);
        expect(tally.hasNoted(key)).to.equal(last !== undefined);
        if (last !== undefined) for (const kind of KINDS) expected[kind] += Number(changesOf(first, last)[kind]);
      }
      expect(counts).to.deep.equal(expected);
    }
  });
});
