import { expect } from 'chai';
import { addMonths, DAY } from './addMonths.js';
import { countsOf } from './countsOf.js';
import { evaluate, type Facts, type Revision, type Row, type Site } from './model.js';

const NOW = Date.UTC(2024, 5, 1);
const DEFINITIONS = 'e0789628-ce08-4437-be74-2495b842f43b',
  UPGRADES = '3689bdc8-b205-4af4-8d4a-a63924c5e9d5';

/** A live update of product P and classification K, created on January 1, or what is said instead. */
const revision = (id: string, over: Partial<Revision> = {}): Revision => ({
  id,
  number: 1,
  title: id,
  created: Date.UTC(2024, 0, 1),
  isExpired: false,
  isDeployable: true,
  categories: ['P', 'K'],
  supersedes: [],
  bundles: [],
  ...over,
});
const child = (id: string, over: Partial<Revision> = {}): Revision =>
  revision(id, { isDeployable: false, categories: [], ...over });
const on = (month: number, day = 1): number => Date.UTC(2024, month - 1, day);
const after = (stored: readonly Revision[], over: Partial<Facts> = {}, before: Site = new Map()): Site =>
  evaluate(
    {
      stored,
      products: new Set(['P']),
      classifications: new Set(['K', DEFINITIONS, UPGRADES]),
      gone: new Set(),
      rule: { immediately: false, months: 3 },
      featureRule: { immediately: false, months: 12 },
      cleanupAgeDays: 7,
      now: NOW,
      ...over,
    },
    before,
  );
const reasons = (site: Site): Record<string, string> =>
  Object.fromEntries([...site.values()].map((row) => [row.id, row.isRemoved ? `${row.reason}, removed` : row.reason]));
const rowOf = (site: Site, id: string): Row => {
  const row = site.get(id);
  if (row === undefined) throw new Error(`there is no row of ${id}`);
  return row;
};

describe('The model of the site database', () => {
  it('holds what names a product and a classification and can be deployed', () => {
    const site = after([
      revision('a'),
      revision('b', { categories: ['P'] }),
      revision('c', { categories: ['K'] }),
      revision('d', { isDeployable: false }),
      revision('e', { categories: ['Q', 'P', 'K'] }),
    ]);
    expect([...site.keys()]).to.deep.equal(['a', 'e']);
  });

  it('shows the highest revision, in whatever order they came', () => {
    const site = after([revision('a', { number: 200 }), revision('a', { number: 100, isExpired: true })]);
    expect(rowOf(site, 'a')).to.include({ number: 200, reason: 'none' });
  });

  it('gives the first reason that holds', () => {
    const met = after(['a', 'b', 'c', 'd', 's'].map((id) => revision(id)));
    const stored = [
      revision('a', { isExpired: true, categories: [] }),
      revision('b', { categories: [] }),
      revision('c'),
      revision('d'),
      revision('s', { supersedes: ['c', 'd'], created: on(2) }),
    ];
    expect(reasons(after(stored, { gone: new Set(['a', 'b', 'c']) }, met))).to.deep.equal({
      a: 'publisher',
      b: 'subscription',
      c: 'upstream',
      d: 'supersedence',
      s: 'none',
    });
  });

  it('does not let in what is expired when it is first met', () => {
    const site = after([
      revision('a', { isExpired: true }),
      revision('b'),
      revision('c', { supersedes: ['b'], created: on(2) }),
    ]);
    expect(reasons(site)).to.deep.equal({ a: 'publisher, removed', b: 'supersedence, removed', c: 'none' });
    expect(countsOf(new Map(), site)).to.deep.equal({
      New: 1,
      Revised: 0,
      Expired: 0,
      Superseded: 0,
      Removed: 0,
      Skipped: 2,
    });
  });

  it('supersedes by live updates and by those that a rule alone expired', () => {
    const chain = [
      revision('a'),
      revision('b', { supersedes: ['a'], created: on(2) }),
      revision('c', { supersedes: ['b'], created: on(3) }),
    ];
    const met = after(chain.map((one) => ({ ...one, supersedes: [] })));
    expect(reasons(after(chain, {}, met))).to.deep.equal({ a: 'supersedence', b: 'supersedence', c: 'none' });
    for (const over of [{ isExpired: true }, { categories: [] }]) {
      const broken = after([...chain, revision('b', { number: 2, supersedes: ['a'], ...over })], {}, met);
      expect([rowOf(broken, 'a').isSuperseded, rowOf(broken, 'b').isSuperseded]).to.deep.equal([false, true]);
    }
    expect(rowOf(after(chain, { gone: new Set(['b']) }, met), 'a')).to.include({ isSuperseded: false, reason: 'none' });
  });

  it('counts the months from the oldest of the newer superseding updates', () => {
    const stored = [
      revision('a', { created: on(2, 1) }),
      revision('b', { supersedes: ['a'], created: on(4, 1) }),
      revision('c', { supersedes: ['a'], created: on(3, 5) }),
      revision('d', { supersedes: ['a'], created: on(1, 1) }),
    ];
    expect(rowOf(after(stored, { now: on(6, 4) }), 'a')).to.include({
      supersededSince: on(3, 5),
      reason: 'none',
      isSuperseded: true,
    });
    expect(rowOf(after(stored, { now: on(6, 5) }), 'a')).to.include({ reason: 'supersedence' });
    expect(
      rowOf(
        after(
          stored.filter((one) => one.id !== 'b' && one.id !== 'c'),
          { rule: { immediately: true, months: 0 } },
        ),
        'a',
      ),
    ).to.include({ supersededSince: 0, isSuperseded: true, reason: 'none' });
  });

  it('takes the date of the first revision of a superseding update', () => {
    const stored = [
      revision('a'),
      revision('b', { number: 1, supersedes: [], created: on(2) }),
      revision('b', { number: 2, supersedes: ['a'], created: on(5) }),
    ];
    expect(rowOf(after(stored), 'a')).to.include({ supersededSince: on(2), reason: 'supersedence' });
  });

  it('leaves one member of a cycle, and an update that names itself alone', () => {
    const at = { immediately: true, months: 0 };
    const site = after(
      [
        revision('a', { supersedes: ['b'], created: on(1) }),
        revision('b', { supersedes: ['c'], created: on(2) }),
        revision('c', { supersedes: ['a'], created: on(3) }),
        revision('d', { supersedes: ['d'] }),
      ],
      { rule: at },
    );
    expect(reasons(site)).to.deep.equal({ a: 'supersedence, removed', b: 'none', c: 'none', d: 'none' });
    expect([...site.values()].map((row) => row.isSuperseded)).to.deep.equal([true, true, true, false]);
  });

  it('has a rule of its own for feature updates and none for definitions', () => {
    const pair = (id: string, classification: string): Revision[] => [
      revision(id, { categories: ['P', classification] }),
      revision(`${id}2`, { categories: ['P', classification], supersedes: [id], created: on(2) }),
    ];
    const stored = [...pair('k', 'K'), ...pair('u', UPGRADES), ...pair('x', DEFINITIONS)];
    const expired = (over: Partial<Facts>): string[] =>
      [...after(stored, over).values()].filter((row) => row.reason !== 'none').map((row) => row.id);
    expect(expired({})).to.deep.equal(['k']);
    expect(
      expired({ featureRule: { immediately: true, months: 0 }, rule: { immediately: false, months: 5 } }),
    ).to.deep.equal(['u']);
    expect(
      expired({ featureRule: { immediately: true, months: 0 }, rule: { immediately: true, months: 0 } }),
    ).to.deep.equal(['k', 'u']);
  });

  it('hides the children of all levels behind a bundle, with the highest revision that bundles name', () => {
    const stored = [
      revision('b', { bundles: [{ id: 'm', revision: 1 }] }),
      child('m', { bundles: [{ id: 'l', revision: 1 }] }),
      child('m', { number: 2 }),
      child('l'),
      child('l', { number: 2 }),
      child('l', { number: 3 }),
      revision('b2', {
        bundles: [
          { id: 'l', revision: 2 },
          { id: 's', revision: 1 },
        ],
      }),
      revision('s'),
      revision('s', { number: 2 }),
    ];
    const site = after(stored);
    expect([...site.values()].map((row) => [row.id, row.number, row.isHidden, row.isBundle])).to.deep.equal([
      ['b', 1, false, true],
      ['m', 1, true, true],
      ['l', 2, true, false],
      ['b2', 1, false, true],
      ['s', 2, false, false],
    ]);
    expect(countsOf(new Map(), site)).to.include({ New: 3 });
  });

  it('expires a child with the last of its bundles, for the smallest of their reasons', () => {
    const stored = [
      revision('b', { bundles: [{ id: 'c', revision: 1 }] }),
      revision('b2', { bundles: [{ id: 'c', revision: 1 }] }),
      child('c', { isExpired: true }),
    ];
    const met = after(stored);
    expect(reasons(met)).to.deep.equal({ b: 'none', b2: 'none', c: 'none' });
    const one = after(stored, { gone: new Set(['b']) }, met);
    expect(reasons(one)).to.deep.equal({ b: 'upstream', b2: 'none', c: 'none' });
    const both = after(
      [...stored, revision('b2', { number: 2, categories: [], bundles: [{ id: 'c', revision: 1 }] })],
      { gone: new Set(['b']) },
      one,
    );
    expect(reasons(both)).to.deep.equal({ b: 'upstream', b2: 'subscription', c: 'subscription' });
  });

  it('removes what is expired for seven days unless a bundle that stays holds it, and takes it back', () => {
    const stored = [
      revision('a'),
      revision('b', {
        bundles: [
          { id: 'a', revision: 1 },
          { id: 'c', revision: 1 },
        ],
      }),
      child('c'),
    ];
    const met = after(stored);
    const expired = [...stored, revision('a', { number: 2, isExpired: true })];
    const first = after(expired, {}, met);
    expect(countsOf(met, first)).to.include({ Expired: 1, Revised: 0, Removed: 0 });
    const later = { now: NOW + 7 * DAY };
    expect(reasons(after(expired, later, first))).to.deep.equal({ a: 'publisher', b: 'none', c: 'none' });
    const none = after(expired, { products: new Set() }, first);
    const left = after(expired, { products: new Set(), ...later }, none);
    expect(reasons(left)).to.deep.equal({
      a: 'subscription, removed',
      b: 'subscription, removed',
      c: 'subscription, removed',
    });
    expect(countsOf(none, left)).to.include({ Removed: 1 });
    const back = after(expired, later, left);
    expect(reasons(back)).to.deep.equal({ a: 'publisher, removed', b: 'none', c: 'none' });
    expect(countsOf(left, back)).to.include({ New: 1, Revised: 0 });
  });

  it(
    'hides what is not selected any more when a bundle holds it, and leaves hidden what no bundle holds any ' + 'more',
    () => {
      const stored = [
        revision('a'),
        revision('b', {
          bundles: [
            { id: 'a', revision: 1 },
            { id: 'c', revision: 1 },
          ],
        }),
        child('c'),
      ];
      const hidden = after([...stored, revision('a', { number: 2, categories: [] })], {}, after(stored));
      expect(rowOf(hidden, 'a')).to.include({ isHidden: true, number: 1, reason: 'none' });
      const dropped = after(
        [...stored, revision('a', { number: 2, categories: [] }), revision('b', { number: 2 })],
        {},
        hidden,
      );
      expect(['a', 'c'].map((id) => [rowOf(dropped, id).isHidden, rowOf(dropped, id).reason])).to.deep.equal([
        [true, 'subscription'],
        [true, 'subscription'],
      ]);
    },
  );

  it('ends when bundles hold each other', () => {
    const site = after([
      revision('a', { bundles: [{ id: 'b', revision: 1 }] }),
      revision('b', { bundles: [{ id: 'a', revision: 1 }] }),
    ]);
    expect(reasons(site)).to.deep.equal({ a: 'none', b: 'none' });
  });

  it('adds calendar months, and to a shorter month its last day', () => {
    expect(new Date(addMonths(Date.UTC(2024, 0, 31, 8), 1)).toISOString()).to.equal('2024-02-29T08:00:00.000Z');
    expect(new Date(addMonths(Date.UTC(2023, 10, 30), 3)).toISOString()).to.equal('2024-02-29T00:00:00.000Z');
    expect(addMonths(on(3, 15), 0)).to.equal(on(3, 15));
  });
});
