import { expect } from 'chai';
import { EXPIRY } from '../../server/criteria/SoftwareUpdateRow.js';
import type { CandidateRevision } from '../../server/criteria/CandidateRevision.js';
import type { EvaluatedUpdate } from '../../server/criteria/UpdateEvaluation.js';
import { evaluateUpdates } from '../../server/criteria/evaluateUpdates.js';
import { isMassExpiry } from '../../server/criteria/mistrust.js';
import { removableUpdates } from '../../server/criteria/removal.js';
import { addMonths, expiresBySupersedence, latestDue } from '../../server/criteria/supersedenceRules.js';
import type { SupersedenceRules } from '../../server/criteria/supersedenceRules.js';
import { atOnce } from '../../server/platform/inTurns.js';
import { sampleUpdate } from '../store/sampleRows.js';
import { factsOf, type PlainFacts } from './plainFacts.js';

const PRODUCT = 900,
  CLASSIFICATION = 901,
  UPGRADES = 902,
  DEFINITIONS = 903;
const MAY = Date.UTC(2024, 4, 15);

/** An update with the revision id key × 10 + number, selected unless said otherwise. */
function update(
  key: number,
  over: Partial<CandidateRevision> & { holds?: readonly [number, number][] } = {},
): CandidateRevision {
  const revisionNumber = over.revisionNumber ?? 1;
  return {
    updateKey: key,
    revisionId: key * 10 + revisionNumber,
    revisionNumber,
    isExpired: false,
    isDeployable: true,
    firstCreated: key,
    categoryKeys: [PRODUCT, CLASSIFICATION],
    supersedes: [],
    ...over,
    members: (over.holds ?? []).map(([updateKey, number]) => ({ updateKey, revisionId: updateKey * 10 + number })),
  };
}

const child = (key: number, over: Parameters<typeof update>[1] = {}): CandidateRevision =>
  update(key, { isDeployable: false, categoryKeys: [], ...over });

function evaluate(
  revisions: readonly CandidateRevision[],
  over: Partial<PlainFacts> & { expires?: readonly number[]; gone?: readonly number[] } = {},
): Record<number, EvaluatedUpdate> {
  const latest = new Map<number, CandidateRevision>();
  for (const revision of revisions)
    if (revision.revisionNumber >= (latest.get(revision.updateKey)?.revisionNumber ?? 0))
      latest.set(revision.updateKey, revision);
  const facts: PlainFacts = {
    latest,
    held: new Map(revisions.map((revision) => [revision.revisionId, revision])),
    stored: new Map(),
    supersedence: [],
    ...over,
  };
  return Object.fromEntries(
    atOnce(
      evaluateUpdates(factsOf(facts), {
        products: new Set([PRODUCT]),
        classifications: new Set([CLASSIFICATION, UPGRADES, DEFINITIONS]),
        isGone: (key) => over.gone?.includes(key) === true,
        expiresBySupersedence: (_categories, since) => over.expires?.includes(since) === true,
      }),
    ),
  );
}

const reasons = (result: Record<number, EvaluatedUpdate>): Record<string, number> =>
  Object.fromEntries(Object.entries(result).map(([key, found]) => [key, found.reason]));

describe('The evaluation of updates', () => {
  it('gives the first reason that holds', () => {
    const result = evaluate(
      [
        update(1),
        update(2, { isExpired: true, categoryKeys: [] }),
        update(3, { categoryKeys: [PRODUCT] }),
        update(4),
        update(5),
      ],
      {
        gone: [2, 4],
        stored: new Map([2, 3, 4].map((key) => [key, sampleUpdate(key, { updateKey: key, revisionId: key * 10 + 1 })])),
      },
    );
    expect(reasons(result)).to.deep.equal({
      1: EXPIRY.none,
      2: EXPIRY.publisher,
      3: EXPIRY.subscription,
      4: EXPIRY.upstream,
      5: EXPIRY.none,
    });
  });

  it('leaves out what is neither selected nor held nor known', () => {
    expect(Object.keys(evaluate([update(1), update(2, { categoryKeys: [] }), child(3)]))).to.deep.equal(['1']);
  });

  it('keeps the beginning of a chain superseded when the rules have expired its middle', () => {
    const result = evaluate([update(1), update(2, { supersedes: [1] }), update(3, { supersedes: [2] })], {
      expires: [3],
    });
    expect(reasons(result)).to.deep.equal({ 1: EXPIRY.none, 2: EXPIRY.supersedence, 3: EXPIRY.none });
    expect([1, 2, 3].map((key) => [result[key]?.isSuperseded, result[key]?.supersededSince])).to.deep.equal([
      [true, 2],
      [true, 3],
      [false, 0],
    ]);
  });

  it('does not count what the publisher expired as superseding', () => {
    expect(evaluate([update(1), update(2, { supersedes: [1], isExpired: true })])[1]).to.include({
      isSuperseded: false,
    });
  });

  it('lets the newest of a circle stay, whatever the rules', () => {
    const result = evaluate(
      [update(1, { supersedes: [3] }), update(2, { supersedes: [1] }), update(3, { supersedes: [2] })],
      { expires: [1, 2, 3] },
    );
    expect(Object.values(result).map((found) => found.isSuperseded)).to.deep.equal([true, true, true]);
    expect(reasons(result)).to.deep.equal({ 1: EXPIRY.supersedence, 2: EXPIRY.supersedence, 3: EXPIRY.none });
    expect(evaluate([update(1, { supersedes: [1] })])[1]).to.include({ isSuperseded: false });
  });

  it(
    'hides the children of all levels behind their bundles, each with the highest revision that a bundle ' + 'holds',
    () => {
      const result = evaluate([
        update(1, { holds: [[3, 1]] }),
        update(2, { holds: [[3, 2]] }),
        child(3, { holds: [[4, 1]] }),
        child(3, { revisionNumber: 2, holds: [[5, 1]] }),
        child(3, { revisionNumber: 9 }),
        child(4),
        child(5),
      ]);
      expect(result[3]).to.deep.include({ isHidden: true, isBundle: true, reason: EXPIRY.none });
      expect(result[3]?.revision.revisionNumber).to.equal(2);
      expect(
        [result[4], result[5]].map((found) => [found?.isHidden, found?.reason]),
        'each held by an exact revision',
      ).to.deep.equal([
        [true, EXPIRY.none],
        [true, EXPIRY.none],
      ]);
    },
  );

  it('lets a child live as long as one bundle lives, else takes the smallest reason of its bundles', () => {
    const bundles = (
      first: Parameters<typeof update>[1],
      second: Parameters<typeof update>[1],
    ): CandidateRevision[] => [
      update(1, { holds: [[3, 1]], ...first }),
      update(2, { holds: [[3, 1]], ...second }),
      child(3, { holds: [[4, 1]] }),
      child(4),
    ];
    expect(reasons(evaluate(bundles({ isExpired: true }, {})))).to.include({ 3: EXPIRY.none, 4: EXPIRY.none });
    expect(reasons(evaluate(bundles({ isExpired: true }, {}), { gone: [2] }))).to.include({
      3: EXPIRY.publisher,
      4: EXPIRY.publisher,
    });
    const superseded = evaluate([...bundles({}, { isExpired: true }), update(7, { supersedes: [1] })], {
      expires: [7],
    });
    expect(superseded[3]).to.include({ reason: EXPIRY.publisher });
    expect(
      evaluate([update(1, { holds: [[3, 1]] }), child(3, { isExpired: true })])[3],
      'whatever its own document says',
    ).to.include({ isHidden: true, reason: EXPIRY.none });
  });

  it('lets only what is selected supersede', () => {
    expect(evaluate([update(1), update(2, { holds: [[3, 1]] }), child(3, { supersedes: [1] })])[1]).to.include({
      isSuperseded: false,
    });
  });

  it('shows a child that is selected by itself, and ends when bundles hold each other', () => {
    const result = evaluate([
      update(1, { holds: [[2, 1]] }),
      update(2, { holds: [[1, 1]] }),
      update(5, { holds: [[6, 1]] }),
      child(6, { holds: [[7, 1]] }),
      child(7, { holds: [[6, 1]] }),
    ]);
    expect([1, 2, 6, 7].map((key) => [result[key]?.isHidden, result[key]?.reason])).to.deep.equal([
      [false, 0],
      [false, 0],
      [true, 0],
      [true, 0],
    ]);
  });

  it('knows dates before 1970, and numbers of revisions beyond 32 bits', () => {
    const before1970 = evaluate([
      update(1, { firstCreated: -3 }),
      update(2, { firstCreated: -1, supersedes: [1] }),
      update(3, { firstCreated: -2, supersedes: [1] }),
    ]);
    expect(before1970[1]).to.include({ isSuperseded: true, supersededSince: -2 });
    const [low, high] = [2 ** 31 - 1, 2 ** 31 + 5];
    const held = [low, high].map((revisionNumber) => child(1, { revisionNumber }));
    const found = evaluate([...held, update(2, { holds: [[1, low]] }), update(3, { holds: [[1, high]] })]);
    expect(found[1]?.revision).to.include({ revisionNumber: high });
  });

  it('takes what supersedes from around out of the rows that are stored', () => {
    const row = (key: number, over: object): [number, ReturnType<typeof sampleUpdate>] => [
      key,
      sampleUpdate(key, { updateKey: key, revisionId: key * 10 + 1, ...over }),
    ];
    const stored = new Map([
      row(7, { isHidden: true }),
      row(8, {}),
      row(9, { standing: EXPIRY.publisher, expiryReason: EXPIRY.publisher, isExpired: true }),
    ]);
    const result = evaluate([update(1), update(2), update(3)], {
      stored,
      supersedence: [
        { update: 1, by: 8, firstCreated: 80 },
        { update: 2, by: 9, firstCreated: 90 },
        { update: 3, by: 7, firstCreated: 70 },
      ],
    });
    expect([1, 2, 3].map((key) => [result[key]?.isSuperseded, result[key]?.supersededSince])).to.deep.equal([
      [true, 80],
      [false, 0],
      [false, 0],
    ]);
  });
});

describe('The rules of expiry', () => {
  const rules: SupersedenceRules = {
    feature: { immediately: false, waitMonths: 6 },
    nonFeature: { immediately: false, waitMonths: 3 },
    upgradesKey: UPGRADES,
    definitionUpdatesKey: DEFINITIONS,
  };
  const expires = (categoryKeys: readonly number[], since: number, over: Partial<SupersedenceRules> = {}): boolean =>
    expiresBySupersedence({ categoryKeys, since }, { ...rules, ...over }, MAY);

  it('count months from the superseding update, feature updates apart, definition updates never', () => {
    expect(expires([CLASSIFICATION], Date.UTC(2024, 1, 15))).to.equal(true);
    expect(expires([CLASSIFICATION], Date.UTC(2024, 1, 15) + 1)).to.equal(false);
    expect(expires([UPGRADES], Date.UTC(2024, 1, 15))).to.equal(false);
    expect(expires([UPGRADES], Date.UTC(2023, 10, 15))).to.equal(true);
    expect(expires([DEFINITIONS], Date.UTC(2010, 0, 1))).to.equal(false);
    expect(expires([CLASSIFICATION], MAY, { nonFeature: { immediately: true, waitMonths: 3 } })).to.equal(true);
    expect(expires([CLASSIFICATION], 0, { nonFeature: { immediately: true, waitMonths: 3 } })).to.equal(false);
  });

  it('end months at their last day', () => {
    expect(addMonths(Date.UTC(2024, 0, 31, 5), 1)).to.equal(Date.UTC(2024, 1, 29, 5));
    expect(addMonths(Date.UTC(2023, 10, 30), 3)).to.equal(Date.UTC(2024, 1, 29));
    expect(addMonths(Date.UTC(2024, 11, 31, 23, 59), 2)).to.equal(Date.UTC(2025, 1, 28, 23, 59));
  });

  it('let nothing expire that has been superseded later than the latest time that can be due', () => {
    const at = { immediately: true, waitMonths: 12 };
    expect(latestDue({ ...rules, feature: at }, MAY)).to.be.greaterThan(MAY);
    expect(latestDue({ ...rules, nonFeature: at }, MAY)).to.be.greaterThan(MAY);
    const day = 24 * 60 * 60 * 1000;
    const times = (from: number, days: number): number[] =>
      Array.from({ length: days }, (_none, at) => from + at * day);
    for (const waitMonths of [0, 1, 3, 12, 25]) {
      const asked = { ...rules, nonFeature: { immediately: false, waitMonths } };
      const due = times(MAY, 400).filter((now) =>
        times(latestDue(asked, now) + 1, 40).some((since) =>
          expiresBySupersedence({ categoryKeys: [CLASSIFICATION], since }, asked, now),
        ),
      );
      expect(due, `${waitMonths} months`).to.deep.equal([]);
    }
  });

  it('refuse that too many are missing', () => {
    expect(
      [
        [0, 100],
        [50, 100],
        [51, 100],
        [51, 1000],
        [3, 3],
      ].map(([missing = 0, live = 0]) => isMassExpiry({ missing, live, limitPercent: 20 })),
    ).to.deep.equal([false, false, true, false, true]);
  });

  it('keep what a bundle holds that stays, and let bundle and child go together', () => {
    const row = (key: number): ReturnType<typeof sampleUpdate> =>
      sampleUpdate(key, { updateKey: key, revisionId: key, isExpired: true });
    const holdings = [
      { child: 2, revisionId: 2, holder: 1 },
      { child: 4, revisionId: 4, holder: 3 },
      { child: 5, revisionId: 5, holder: 4 },
      { child: 6, revisionId: 6, holder: 7 },
    ];
    const holders = new Map([
      [1, row(1)],
      [3, row(3)],
      [4, row(4)],
      [7, { ...row(7), isRemoved: true }],
    ]);
    expect(
      atOnce(removableUpdates([1, 2, 4, 5, 6].map(row), { holdings, holders })).map((found) => found.updateKey),
    ).to.deep.equal([1, 2, 6]);
  });
});
