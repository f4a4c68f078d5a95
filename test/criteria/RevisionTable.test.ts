import { expect } from 'chai';
import { RevisionTable } from '../../server/criteria/RevisionTable.js';
import type { CandidateRevision } from '../../server/criteria/CandidateRevision.js';
import { Random } from '../../server/sample/Random.js';

const UPDATES = 3000;

describe('RevisionTable', () => {
  it('gives back what was added to it, the latest revisions by their updates', () => {
    const random = new Random(3);
    const table = new RevisionTable();
    const latest = Array.from({ length: UPDATES }, (_unused, index) =>
      revisionOf(random, 7 * index + 1, 2 * index + 2),
    );
    const held = latest.slice(0, 500).map(({ updateKey, revisionId }) => revisionOf(random, updateKey, revisionId - 1));
    for (const revision of latest) table.addLatest(revision);
    for (const revision of held) table.addHeld(revision);
    const all = [...latest, ...held];
    expect([table.size, table.updates]).to.deep.equal([all.length, UPDATES]);
    expect(table.updateKeys()).to.deep.equal(latest.map(({ updateKey }) => updateKey));
    const rowOf = new Map(all.map(({ revisionId }, row) => [revisionId, row]));
    for (const [row, revision] of all.entries()) {
      const { updateKey, revisionId, revisionNumber, categoryKeys } = revision;
      expect(table.revisionAt(row)).to.deep.equal({ updateKey, revisionId, revisionNumber, categoryKeys });
      expect(table.supersededAt(row)).to.deep.equal(revision.supersedes);
      expect(table.membersAt(row)).to.deep.equal(
        revision.members.flatMap((member) => rowOf.get(member.revisionId ?? -1) ?? []),
      );
      expect([table.isExpiredAt(row), table.isDeployableAt(row), table.isBundleAt(row)]).to.deep.equal([
        revision.isExpired,
        revision.isDeployable,
        revision.members.length > 0,
      ]);
      expect(table.firstCreatedAt(row)).to.equal(revision.firstCreated);
      expect(table.hasRevision(revisionId)).to.equal(true);
      expect(table.rowOf(updateKey)).to.equal(Math.floor(updateKey / 7));
    }
  });

  it('says -1 of an update that is not looked at', () => {
    const table = new RevisionTable();
    table.addHeld(revisionOf(new Random(1), 5, 6));
    expect([table.rowOf(5), table.rowOf(6), table.updates, table.hasRevision(5)]).to.deep.equal([-1, -1, 0, false]);
  });
});

function revisionOf(random: Random, updateKey: number, revisionId: number): CandidateRevision {
  const below = (limit: number): number => random.below(limit);
  const some = <Item>(make: () => Item): Item[] => Array.from({ length: below(4) }, make);
  return {
    updateKey,
    revisionId,
    // On the wire it has up to ten digits.
    revisionNumber: below(200) * 50_000_000,
    isExpired: below(2) === 0,
    isDeployable: below(2) === 0,
    firstCreated: 1_700_000_000_000 + below(1_000_000),
    categoryKeys: some(() => below(100_000)),
    supersedes: some(() => 7 * below(UPDATES) + 1),
    // Some exact revisions are not stored, and of some it is known.
    members: some(() => ({ updateKey: 1, revisionId: below(5) === 0 ? undefined : below(3 * UPDATES) })),
  };
}
