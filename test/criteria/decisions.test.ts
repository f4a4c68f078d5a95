import { expect } from 'chai';
import { planUpdateFilter } from '../../server/criteria/anchors.js';
import { CLASSIFICATION, maxRunTimeOf, SUPPORTED_CLASSIFICATIONS } from '../../server/criteria/classifications.js';
import { decideSyncKind } from '../../server/criteria/decideRun.js';
import type { SyncKindFacts } from '../../server/criteria/decideRun.js';
import { findLanguage, LANGUAGES } from '../../server/criteria/languages.js';
import { closestNames } from '../../server/criteria/names.js';
import { matchesSubscription } from '../../server/criteria/subscription.js';

const DAY = 86_400_000;
const FACTS: SyncKindFacts = {
  now: 100 * DAY,
  requestedFull: undefined,
  lastFull: 99 * DAY,
  fullSyncIntervalDays: 7,
  sourceChanged: false,
  subscriptionChanged: false,
  rulesChanged: false,
};

describe('decideSyncKind', () => {
  const TABLE: readonly [string, Partial<SyncKindFacts>, 'Full' | 'Delta', RegExp][] = [
    ['nothing asks for more', {}, 'Delta', /^only changes were needed$/],
    ['the rules changed', { rulesChanged: true }, 'Full', /supersedence rules changed/],
    ['a delta was asked for', { requestedFull: false }, 'Delta', /requested/],
    ['it is the first', { lastFull: undefined, requestedFull: false }, 'Full', /first/],
    ['a full one was asked for', { requestedFull: true, sourceChanged: true }, 'Full', /requested/],
    ['the source changed', { sourceChanged: true, requestedFull: false }, 'Full', /source/],
    ['the subscription changed', { subscriptionChanged: true }, 'Full', /subscription/],
    [
      'the last full one is seven days old to the millisecond',
      { lastFull: 93 * DAY },
      'Delta',
      /^only changes were needed$/,
    ],
    ['it is older than seven days', { lastFull: 93 * DAY - 1 }, 'Full', /more than 7 days/],
    [
      'an earlier one had to become full',
      { due: 'the upstream server was replaced', requestedFull: false },
      'Full',
      /replaced/,
    ],
    ['the clock went back', { lastFull: 120 * DAY }, 'Delta', /^only changes were needed$/],
  ];
  for (const [when, facts, kind, reason] of TABLE) {
    it(`decides for ${kind} when ${when}`, () => {
      const decided = decideSyncKind({ ...FACTS, ...facts });
      expect(decided.kind).to.equal(kind);
      expect(decided.reason).to.match(reason);
    });
  }
});

describe('planUpdateFilter', () => {
  const wanted = { categories: ['a', 'b'], classifications: ['x'], languages: [1033, 1031] };
  const stored = { anchor: 'A', filter: { categories: ['a', 'gone'], classifications: ['x'], languages: [1033] } };
  it('asks for everything the first time', () => {
    const plan = planUpdateFilter(wanted, undefined, false);
    expect(plan).to.deep.equal({
      config: false,
      anchor: '',
      categories: [
        { id: 'a', delta: false },
        { id: 'b', delta: false },
      ],
      classifications: [{ id: 'x', delta: false }],
      languages: [
        { id: 1033, delta: false },
        { id: 1031, delta: false },
      ],
    });
  });
  it('asks for changes of what was asked for before, and for all of what is new', () => {
    const plan = planUpdateFilter(wanted, stored, false);
    expect(plan.anchor).to.equal('A');
    expect([...plan.categories, ...plan.classifications, ...plan.languages].map((entry) => entry.delta)).to.deep.equal([
      true,
      false,
      true,
      true,
      false,
    ]);
  });
  it('asks for everything in a full synchronization', () => {
    const plan = planUpdateFilter(wanted, stored, true);
    expect([...plan.categories, ...plan.classifications, ...plan.languages].some((entry) => entry.delta)).to.equal(
      false,
    );
  });
});

describe('matchesSubscription', () => {
  const subscribed = { products: new Set([1, 2]), classifications: new Set([9]) };
  const TABLE: readonly [number[], boolean][] = [
    [[1, 9], true],
    [[9, 5, 2], true],
    [[1], false],
    [[9], false],
    [[], false],
    [[3, 9], false],
    [[1, 8], false],
  ];
  for (const [keys, expected] of TABLE)
    it(`${expected ? 'takes' : 'leaves'} an update of ${keys.join(' and ') || 'nothing'}`, () => {
      expect(matchesSubscription(keys, subscribed)).to.equal(expected);
    });
});

describe('languages', () => {
  it('are the 37 of the product, each with its own name, code and LCID', () => {
    expect(LANGUAGES).to.have.length(37);
    for (const part of ['name', 'code', 'lcid'] as const)
      expect(new Set(LANGUAGES.map((language) => language[part])).size, part).to.equal(37);
    expect(
      LANGUAGES.every((language) => language.lcid > 1000 && /^[a-z]{2}(-[a-z]{2})?$/.test(language.code)),
    ).to.equal(true);
  });
  it('are found by name and by code without regard to case and blanks', () => {
    for (const language of LANGUAGES)
      expect(
        [findLanguage(` ${language.name.toUpperCase()} `), findLanguage(language.code.toUpperCase())],
        language.name,
      ).to.deep.equal([language, language]);
    expect(findLanguage('Klingon')).to.equal(undefined);
    expect(findLanguage('')).to.equal(undefined);
  });
});

describe('classifications', () => {
  it('that are supported are nine', () => {
    expect(SUPPORTED_CLASSIFICATIONS.size).to.equal(9);
  });
  const defaults = { feature: 120, nonFeature: 60, nonWindows: 10 };
  const TABLE: readonly [string, string[], number][] = [
    ['an upgrade', [CLASSIFICATION.upgrades], 120],
    ['a service pack of Windows', [CLASSIFICATION.servicePacks, '6964aab4-c5b5-43bd-a17d-ffb4346a8e1d'], 120],
    ['a security update of Windows', [CLASSIFICATION.securityUpdates, '6964aab4-c5b5-43bd-a17d-ffb4346a8e1d'], 60],
    [
      'an update of Office 365',
      [CLASSIFICATION.updates, '30eb551c-6288-4716-9a78-f300ec36d72b', '477b856e-65c4-4473-b621-a8b230bb70d9'],
      60,
    ],
    [
      'an update of an older Office',
      [CLASSIFICATION.securityUpdates, '25aed893-7c2d-4a31-ae22-28ff8ac150ed', '477b856e-65c4-4473-b621-a8b230bb70d9'],
      10,
    ],
    ['an update rollup of anything', [CLASSIFICATION.updateRollups, 'a38c835c-2950-4e87-86cc-6911a52c34a3'], 120],
    ['anything else', [CLASSIFICATION.tools], 10],
    ['nothing', [], 10],
  ];
  for (const [what, ids, minutes] of TABLE)
    it(`give ${what} ${minutes} minutes`, () => {
      expect(maxRunTimeOf(ids, defaults)).to.equal(minutes);
    });
});

describe('closestNames', () => {
  const KNOWN = ['Windows 10', 'Windows 11', 'Office 2019', 'Windows Server 2022', 'Windows 10'];
  it('gives the most similar names first and each once', () => {
    expect(closestNames('Windws 10', KNOWN)).to.deep.equal(['Windows 10', 'Windows 11', 'Office 2019']);
  });
  it('counts a name that contains the text as near', () => {
    expect(closestNames('server', KNOWN, 1)).to.deep.equal(['Windows Server 2022']);
  });
  it('gives nothing when nothing is known', () => {
    expect(closestNames('x', [])).to.deep.equal([]);
  });
});
