import { expect } from 'chai';
import fc from 'fast-check';
import { changeSubscription, resolvePending } from '../../server/criteria/changeSubscription.js';
import type { SelectionChange } from '../../server/criteria/changeSubscription.js';
import { asId, matchName, wildcardPattern } from '../../server/criteria/names.js';
import { EMPTY_SUBSCRIPTION, expandSubscription } from '../../server/criteria/subscription.js';
import type { CategoryNode, Subscription } from '../../server/criteria/subscription.js';
import { SyncError } from '../../server/errors/SyncError.js';
import { atOnce } from '../../server/platform/inTurns.js';
import { guidOf } from '../fixtures/updateDocuments.js';

const node = (number: number, type: string, title: string, parent = 0, allowSubscription = true): CategoryNode => ({
  id: guidOf(number),
  type,
  title,
  parentId: parent === 0 ? '' : guidOf(parent),
  allowSubscription,
});
const TREE: readonly CategoryNode[] = [
  node(1, 'Company', 'Microsoft'),
  node(2, 'ProductFamily', 'Windows', 1),
  node(3, 'ProductFamily', 'Office', 1),
  node(4, 'Product', 'Windows 10', 2),
  node(5, 'Product', 'Windows  11 \n', 2),
  node(6, 'Product', 'Office 2019', 3),
  node(7, 'Product', 'Hidden', 2, false),
  node(8, 'UpdateClassification', 'Security Updates'),
  node(9, 'Product', 'Below hidden', 7),
  node(10, 'Product', 'C++ (x86) [1].0', 3),
];
const RULES = { wildcard: true, allowPending: false };
const change = (over: Partial<SelectionChange>): SelectionChange => ({ type: 'Product', add: [], remove: [], ...over });
const selecting = (...numbers: number[]): Subscription => ({
  ...EMPTY_SUBSCRIPTION,
  selected: { ...EMPTY_SUBSCRIPTION.selected, Product: numbers.map(guidOf) },
});
const changed = (subscription: Subscription, what: SelectionChange, rules = RULES): Subscription =>
  atOnce(changeSubscription(subscription, what, { categories: TREE, rules })).subscription;
const products = (subscription: Subscription, over: Partial<SelectionChange>, rules = RULES): readonly string[] =>
  changed(subscription, change(over), rules).selected.Product;

describe('expandSubscription', () => {
  const expand = (selected: Partial<Subscription['selected']>, tree = TREE): string[] =>
    [
      ...atOnce(expandSubscription(tree, { selected: { ...EMPTY_SUBSCRIPTION.selected, ...selected }, pending: [] })),
    ].sort();
  const TABLE: readonly [string, Partial<Subscription['selected']>, number[]][] = [
    ['nothing', {}, []],
    ['a product', { Product: [guidOf(4)] }, [4]],
    ['a family with its products', { ProductFamily: [guidOf(2)] }, [2, 4, 5]],
    ['a company with its families and products', { Company: [guidOf(1)] }, [1, 2, 3, 4, 5, 6, 10]],
    ['a classification', { UpdateClassification: [guidOf(8)] }, [8]],
    ['nothing below what cannot be subscribed', { Product: [guidOf(7)] }, []],
    ['nothing for an id that vanished', { Product: [guidOf(99)] }, []],
  ];
  for (const [what, selected, expected] of TABLE)
    it(`selects ${what}`, () => {
      expect(expand(selected)).to.deep.equal(expected.map(guidOf).sort());
    });

  it('selects products that appeared later below a selected family', () => {
    expect(expand({ ProductFamily: [guidOf(2)] }, [...TREE, node(20, 'Product', 'Windows 12', 2)])).to.include(
      guidOf(20),
    );
  });

  it('ends when parents form a cycle', () => {
    const cycle = [node(1, 'Company', 'a', 2), node(2, 'ProductFamily', 'b', 1), node(3, 'Product', 'c', 3)];
    expect(expand({ Company: [guidOf(1)], Product: [guidOf(3)] }, cycle)).to.deep.equal([1, 2, 3].map(guidOf));
  });

  it('selects on any graph what can be reached from the selection', () => {
    const graph = fc.array(fc.record({ parent: fc.nat(8), allow: fc.boolean() }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(graph, fc.nat(8), (nodes, start) => {
        const tree = nodes.map(({ parent, allow }, index) => node(index + 1, 'Product', 'x', parent, allow));
        const reached = (one: CategoryNode | undefined, seen: readonly string[]): boolean =>
          one?.allowSubscription === true &&
          (one.id === guidOf(start) ||
            (!seen.includes(one.id) &&
              reached(
                tree.find((other) => other.id === one.parentId),
                [...seen, one.id],
              )));
        expect(expand({ Product: [guidOf(start)] }, tree)).to.deep.equal(
          tree
            .filter((one) => reached(one, []))
            .map((one) => one.id)
            .sort(),
        );
      }),
    );
  });
});

describe('changeSubscription', () => {
  it('adds names, wildcards and ids without doubles and without regard to case and blanks', () => {
    expect(
      products(EMPTY_SUBSCRIPTION, {
        add: ['windows 11', 'WINDOWS*', guidOf(6).toUpperCase(), `Product:${guidOf(6)}`],
      }),
    ).to.deep.equal([5, 4, 6].map(guidOf));
  });
  it('has exactly what is given', () => {
    expect(products(selecting(4, 5), { exactly: ['Office 2019'] })).to.deep.equal([guidOf(6)]);
  });
  it('has nothing when exactly nothing is given', () => {
    expect(products(selecting(4), { exactly: [] })).to.deep.equal([]);
  });
  it('removes names, wildcards and ids that vanished', () => {
    expect(products(selecting(4, 5, 6, 99), { remove: ['Windows*', guidOf(99)] })).to.deep.equal([guidOf(6)]);
  });
  it('leaves the other types alone', () => {
    const before = {
      selected: { ...selecting(4).selected, Company: [guidOf(1)] },
      pending: [{ type: 'Company' as const, name: 'X' }],
    };
    const after = changed(before, change({ exactly: [] }));
    expect(after).to.deep.equal({ selected: { ...before.selected, Product: [] }, pending: before.pending });
  });
  it('takes wildcard signs as themselves when told so', () => {
    expect(() => products(EMPTY_SUBSCRIPTION, { add: ['Windows*'] }, { wildcard: false, allowPending: false }))
      .to.throw(SyncError)
      .with.property('errorId', 'UnknownCategory');
  });
  it('refuses an unknown name and names the closest ones', () => {
    expect(() => products(EMPTY_SUBSCRIPTION, { add: ['Windws 10'] })).to.throw(
      /Windws 10.*The closest names: Windows 10/,
    );
  });
  it('refuses a category of another type and one that cannot be subscribed', () => {
    for (const name of ['Microsoft', 'Hidden', guidOf(7)])
      expect(() => products(EMPTY_SUBSCRIPTION, { add: [name] }), name).to.throw(SyncError);
  });
  it('keeps unknown names once as pending when allowed, and removes them again', () => {
    const rules = { wildcard: true, allowPending: true };
    const kept = changed(EMPTY_SUBSCRIPTION, change({ add: ['Later', 'Later', 'Soon*'] }), rules);
    expect(kept.pending).to.deep.equal([
      { type: 'Product', name: 'Later' },
      { type: 'Product', name: 'Soon*' },
    ]);
    expect(changed(kept, change({ remove: ['LATER'] })).pending.map((entry) => entry.name)).to.deep.equal(['Soon*']);
    expect(changed(kept, change({ exactly: [] })).pending).to.deep.equal([]);
  });
});

describe('resolvePending', () => {
  it('moves what has appeared into the selection and keeps the rest', () => {
    const pending = [
      { type: 'Product' as const, name: 'windows*' },
      { type: 'Product' as const, name: 'Never' },
      { type: 'Company' as const, name: guidOf(1) },
    ];
    const { subscription, resolved } = atOnce(resolvePending({ ...selecting(4), pending }, TREE));
    expect(subscription.selected.Product).to.deep.equal([4, 5].map(guidOf));
    expect(subscription.selected.Company).to.deep.equal([guidOf(1)]);
    expect(subscription.pending).to.deep.equal([pending[1]]);
    expect(resolved).to.deep.equal([pending[0], pending[2]]);
  });
});

describe('matchName', () => {
  const titles = (name: string, wildcard = true): string[] =>
    matchName(TREE, { type: 'Product', name, wildcard }).map((found) => found.title.trim());
  it('passes over stray blanks and line breaks on both sides', () => {
    for (const name of ['Windows 11', ' windows   11 ', 'Windows\n11'])
      expect(titles(name), name).to.deep.equal(['Windows  11']);
  });
  it('takes signs of regular expressions as themselves', () => {
    expect(titles('C++ (x86) [1].*')).to.deep.equal(['C++ (x86) [1].0']);
    expect(titles('C+ (x86*')).to.deep.equal([]);
    expect(titles('C++ (x86) [1]?0')).to.deep.equal(['C++ (x86) [1].0']);
  });
  it('knows ids with and without their type', () => {
    expect(asId(` Product:${guidOf(4).toUpperCase()} `, 'Product')).to.equal(guidOf(4));
    expect(asId(`Company:${guidOf(4)}`, 'Product')).to.equal(undefined);
    expect(asId('Windows 10', 'Product')).to.equal(undefined);
  });
  it('takes no longer for many *', () => {
    expect(wildcardPattern(`${'*'.repeat(60)}z`).test('Windows Server, version 24H2')).to.equal(false);
    expect(wildcardPattern(`${'*a'.repeat(60)}z`).test('a'.repeat(400))).to.equal(false);
  });
  it('matches with * and ? as a naive matcher does', () => {
    const naive = (pattern: string, text: string): boolean =>
      pattern === ''
        ? text === ''
        : pattern[0] === '*'
          ? naive(pattern.slice(1), text) || (text !== '' && naive(pattern, text.slice(1)))
          : text !== '' && (pattern[0] === '?' || pattern[0] === text[0]) && naive(pattern.slice(1), text.slice(1));
    const letters = (signs: string): fc.Arbitrary<string> =>
      fc.array(fc.constantFrom(...Array.from(signs)), { maxLength: 8 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(
        letters('ab.*?$\n'),
        letters('ab.$\n'),
        (pattern, text) => wildcardPattern(pattern).test(text) === naive(pattern, text),
      ),
    );
  });
});
