import { expect } from 'chai';
import { REPEATABLE } from '../../server/cli/parser/options.js';
import { nothingSelected, nothingSubscribed, pendingWarnings } from '../../server/criteria/selectionWarnings.js';
import { EMPTY_SUBSCRIPTION, expandSubscription } from '../../server/criteria/subscription.js';
import type { CategoryNode, Subscription } from '../../server/criteria/subscription.js';
import { atOnce } from '../../server/platform/inTurns.js';
import { caughtFrom } from '../rpc/caught.js';
import { change, type Change, node, TREE } from './selectionTree.js';

/** An id, but not of a classification. */
const WINDOWS_ID = '6964aab4-c5b5-43bd-a17d-ffb4346a8e1d';

/** What is selected before, the call, the subscribed products or classifications after it, and what is told. */
type Cell = readonly [title: string, before: Change, call: Change, after: readonly string[], told: RegExp | undefined];

const CELLS: readonly Cell[] = [
  ['add a product', {}, { addProduct: ['W10'] }, ['W10'], undefined],
  ['add a product twice', { addProduct: ['W10'] }, { addProduct: ['w10', 'W10'] }, ['W10'], undefined],
  [
    'add a product of a subscribed family',
    { addProductFamily: ['Office'] },
    { addProduct: ['W10'] },
    ['Tools2', 'W10'],
    undefined,
  ],
  ['add a name that stands twice', {}, { addProduct: ['Tools'] }, ['Tools1', 'Tools2'], undefined],
  ['add the product of the name of its family', {}, { addProduct: ['Windows'] }, ['Win'], undefined],
  ['add a family', {}, { addProductFamily: ['Office'] }, ['Tools2'], undefined],
  ['add a company', {}, { addCompany: ['Microsoft'] }, ['Tools1', 'Tools2', 'W10', 'W11', 'Win'], undefined],
  ['add a classification', {}, { addUpdateClassification: ['Security'] }, ['Security'], undefined],
  ['remove a product', { addProduct: ['W10', 'W11'] }, { removeProduct: ['W10'] }, ['W11'], undefined],
  [
    'remove a product that was not subscribed',
    { addProduct: ['W10'] },
    { removeProduct: ['W11'] },
    ['W10'],
    /^The product "W11" was not subscribed/,
  ],
  [
    'remove an unknown product beside a known one',
    { addProduct: ['W10', 'W11'] },
    { removeProduct: ['W1O', 'W11'] },
    ['W10'],
    /^No product is named "W1O".* Closest: W10/,
  ],
  [
    'remove by a wildcard',
    { addProduct: ['W10', 'W11', 'Tools'] },
    { removeProduct: ['W1*'] },
    ['Tools1', 'Tools2'],
    undefined,
  ],
  [
    'remove by a wildcard that fits nothing',
    { addProduct: ['W10'] },
    { removeProduct: ['X*'] },
    ['W10'],
    /^No product is named "X\*"/,
  ],
  [
    'remove a product below a subscribed family',
    { addProductFamily: ['Windows'] },
    { removeProduct: ['Windows'] },
    ['Tools1', 'W10', 'W11', 'Win'],
    /^The product "Windows" stays subscribed through the product family "Windows"\. .*-RemoveProductFamily \(--remove-family\)/,
  ],
  [
    'remove a product that is chosen itself and below a family',
    { addProductFamily: ['Office'], addProduct: ['Tools'] },
    { removeProduct: ['Tools'] },
    ['Tools2'],
    /^The product "Tools" stays subscribed through the product family "Office"/,
  ],
  [
    'remove all products of a subscribed family',
    { addProductFamily: ['Windows'] },
    { removeProduct: ['W*'] },
    ['Tools1', 'W10', 'W11', 'Win'],
    /^The products "W10", "W11", "Windows" stay subscribed through the product family "Windows"/,
  ],
  [
    'remove products that were not subscribed',
    {},
    { removeProduct: ['W1*'] },
    [],
    /^The products "W10", "W11" were not subscribed, so nothing was removed for them\.$/,
  ],
  [
    'remove a product below a subscribed company',
    { addCompany: ['Microsoft'] },
    { removeProduct: ['W10'] },
    ['Tools1', 'Tools2', 'W10', 'W11', 'Win'],
    /through the company "Microsoft".*--remove-company/,
  ],
  [
    'remove a product together with the family that holds it',
    { addProductFamily: ['Windows'], addProduct: ['W10'] },
    { removeProduct: ['W10'], removeProductFamily: ['Windows'] },
    [],
    undefined,
  ],
  [
    'remove a family below a subscribed company',
    { addCompany: ['Microsoft'] },
    { removeProductFamily: ['Office'] },
    ['Tools1', 'Tools2', 'W10', 'W11', 'Win'],
    /^The product family "Office" stays subscribed through the company "Microsoft"/,
  ],
  [
    'remove a family of which a product is chosen itself',
    { addProductFamily: ['Windows'], addProduct: ['W11'] },
    { removeProductFamily: ['Windows'] },
    ['W11'],
    /^The product "W11" stays subscribed, because it is chosen itself\. Remove it with -RemoveProduct \(--remove-product\)\.$/,
  ],
  [
    'remove a family of which a product is chosen in the same call',
    { addProductFamily: ['Windows'] },
    { removeProductFamily: ['Windows'], addProduct: ['W11'] },
    ['W11'],
    undefined,
  ],
  [
    'remove a company of which products are chosen themselves',
    { addCompany: ['Microsoft'], addProduct: ['W10', 'W11'] },
    { removeCompany: ['Microsoft'] },
    ['W10', 'W11'],
    /^The products "W10", "W11" stay subscribed, because they are chosen themselves\. Remove them with/,
  ],
  [
    'remove a company of which a family is chosen itself',
    { addCompany: ['Microsoft'], addProductFamily: ['Office'] },
    { removeCompany: ['Microsoft'] },
    ['Tools2'],
    /^The product family "Office" stays subscribed, .* -RemoveProductFamily \(--remove-family\)\.$/,
  ],
  [
    'set families and leave out one of which a product is chosen itself',
    { addProductFamily: ['Windows'], addProduct: ['W11'] },
    { setProductFamily: ['Office'] },
    ['Tools2', 'W11'],
    /^The product "W11" stays subscribed, because it is chosen itself/,
  ],
  ['remove a company', { addCompany: ['Microsoft'] }, { removeCompany: ['Microsoft'] }, [], undefined],
  [
    'remove a classification',
    { addUpdateClassification: ['Security', 'Critical'] },
    { removeUpdateClassification: ['Critical'] },
    ['Security'],
    undefined,
  ],
  [
    'remove a classification that was not subscribed',
    {},
    { removeUpdateClassification: ['Critical'] },
    [],
    /^The update classification "Critical" was not subscribed/,
  ],
  ['set products', { addProduct: ['W10'] }, { setProduct: ['W11'] }, ['W11'], undefined],
  ['set no products', { addProduct: ['W10'] }, { setProduct: [] }, [], undefined],
  [
    'set products beside a subscribed family',
    { addProductFamily: ['Office'] },
    { setProduct: ['W11'] },
    ['Tools2', 'W11'],
    /^The product "Tools" stays subscribed through the product family "Office"/,
  ],
  [
    'set products and families together',
    { addProductFamily: ['Windows'] },
    { setProduct: ['W11'], setProductFamily: ['Office'] },
    ['Tools2', 'W11'],
    undefined,
  ],
  [
    'set products and add a family while another one is subscribed',
    { addProductFamily: ['Windows'] },
    { setProduct: ['W11'], addProductFamily: ['Office'] },
    ['Tools1', 'Tools2', 'W10', 'W11', 'Win'],
    /^The products "W10", "Windows", "Tools" stay subscribed through the product family "Windows"/,
  ],
  [
    'set products and a company while a family is subscribed',
    { addProductFamily: ['Windows'] },
    { setProduct: ['Tools'], setCompany: ['Adobe'] },
    ['Tools1', 'Tools2', 'W10', 'W11', 'Win'],
    /^The products "W10", "W11", "Windows" stay subscribed through the product family "Windows"/,
  ],
  [
    'set families below a subscribed company',
    { addCompany: ['Microsoft'] },
    { setProductFamily: ['Windows'] },
    ['Tools1', 'Tools2', 'W10', 'W11', 'Win'],
    /^The product family "Office" stays subscribed through the company "Microsoft"/,
  ],
  [
    'set families and companies together',
    { addCompany: ['Microsoft'] },
    { setProductFamily: ['Office'], setCompany: [] },
    ['Tools2'],
    undefined,
  ],
  ['add all but one', {}, { addProduct: ['*'], removeProduct: ['W10'] }, ['Tools1', 'Tools2', 'W11', 'Win'], undefined],
  [
    'set classifications',
    { addUpdateClassification: ['Critical'] },
    { setUpdateClassification: ['Security'] },
    ['Security'],
    undefined,
  ],
];

describe('The algebra of the subscription', () => {
  const subscribed = (subscription: Subscription): string[] =>
    [...atOnce(expandSubscription(TREE, subscription))]
      .filter((id) => ['Product', 'UpdateClassification'].includes(TREE.find((one) => one.id === id)?.type ?? ''))
      .sort();

  for (const [title, before, call, after, told] of CELLS) {
    it(title, () => {
      const result = change(change(EMPTY_SUBSCRIPTION, before).after, call);
      expect(subscribed(result.after)).to.deep.equal(after);
      expect(result.told).to.have.length(told === undefined ? 0 : 1);
      if (told !== undefined) expect(result.told[0]).to.match(told);
    });
  }

  it('refuses what is added and removed at once, and unknown names to add, with nothing changed', async () => {
    const refused = async (call: Change): Promise<string> =>
      (await caughtFrom(Promise.resolve().then(() => change(EMPTY_SUBSCRIPTION, call)))).errorId;
    for (const remove of ['W10', ' w10', 'W1*', '*'])
      expect(await refused({ addProduct: ['W10'], removeProduct: [remove] })).to.equal('ContradictoryParameters');
    expect(await refused({ addProduct: ['W10', 'Nothing'] })).to.equal('UnknownCategory');
  });

  it('names options that the command line has', () => {
    const told = [nothingSubscribed('Product'), nothingSubscribed('UpdateClassification'), nothingSelected(2)];
    const named = told.flatMap((text) => [...text.matchAll(/--([a-z-]+)/g)].map(([, name = '']) => name));
    expect(new Set(named)).to.deep.equal(new Set(['add-product', 'add-classification']));
    expect([...REPEATABLE]).to.include.members(named);
  });

  it('before the first synchronization keeps names, and says which could not be removed', () => {
    const kept = change(EMPTY_SUBSCRIPTION, { addProduct: ['W10', 'W11'] }, []);
    expect(kept.told.map((text) => text.slice(0, 35))).to.deep.equal([
      'The Product "W10" is not known yet;',
      'The Product "W11" is not known yet;',
    ]);
    const removed = change(kept.after, { removeProduct: ['w10', 'W12'] }, []);
    expect(removed.after.pending.map(({ name }) => name)).to.deep.equal(['W11']);
    expect(removed.told).to.deep.equal(['No product is named "W12", so nothing was removed for it.']);
  });

  const drivers = 'ebfc1fc5-71a4-4f7b-9aca-3b9a503104a0';
  for (const name of ['Drivers', drivers, `UpdateClassification:${drivers}`, 'Driver*', 'appl?cations', WINDOWS_ID])
    it(`refuses ${name} as a classification, before the first synchronization too`, async () => {
      for (const categories of [[], TREE]) {
        const refused = await caughtFrom(
          Promise.resolve().then(() =>
            change(EMPTY_SUBSCRIPTION, { addUpdateClassification: [name], allowPending: true }, categories),
          ),
        );
        expect(refused.errorId).to.equal('CategoryNotSupported');
        if (name.includes(drivers)) expect(refused.message).to.contain('UpdateClassification Drivers cannot');
        expect(refused.message).to.contain(categories.length === 0 ? 'Definition Updates' : 'Security');
      }
    });

  it('keeps classifications that can come, by name, id and wildcard', () => {
    const names = ['D*', 'Security Updates', '0FA1201D-4330-4fa8-8ae9-b877473b6441', 'Sicherheitsupdates', '*'];
    const { after } = change(EMPTY_SUBSCRIPTION, { addUpdateClassification: names }, []);
    expect(after.pending.map(({ name }) => name)).to.deep.equal(names);
  });

  it('tells of a name that waits what did not bring it', () => {
    const told = (name: string, from: 'source' | 'package'): string =>
      pendingWarnings(
        [{ type: 'Product', name }],
        [...TREE, { ...node('P', 'Product', ''), allowSubscription: false }],
        from,
      )[0] ?? '';
    expect(told('W12', 'source')).to.match(
      /^The source offers no product named "W12", so it stays pending\. Closest: W1/,
    );
    expect(told('W12', 'package')).to.match(
      /^No imported package has brought a product named "W12", so it stays pending\./,
    );
    for (const from of ['source', 'package'] as const)
      expect(told('P', from)).to.equal(
        'The product "P" cannot be subscribed. Remove it with -RemoveProduct (--remove-product).',
      );
  });

  it('says in one sentence that all will be subscribed before the first synchronization', () => {
    expect(change(EMPTY_SUBSCRIPTION, { addProduct: ['*'], allClassifications: true }, []).told).to.deep.equal([
      'All update classifications and products will be subscribed when a synchronization or an import brings them.',
    ]);
    expect(change(EMPTY_SUBSCRIPTION, { addProduct: ['*', 'W1*'] }, []).told).to.have.length(2);
  });

  it('removes pending names by what they are, however they are written', () => {
    const id = '0fa1201d-4330-4fa8-8ae9-b877473b6441';
    const kept = change(EMPTY_SUBSCRIPTION, { addProduct: ['W10', 'W11', 'Tools', `Product:${id}`] }, []).after;
    for (const [remove, left] of [
      ['W1*', ['Tools', `Product:${id}`]],
      ['*', []],
      [id, ['W10', 'W11', 'Tools']],
      [' tools ', ['W10', 'W11', `Product:${id}`]],
    ] as const) {
      const { after, told } = change(kept, { removeProduct: [remove] }, []);
      expect(after.pending.map(({ name }) => name)).to.deep.equal(left);
      expect(told).to.deep.equal([]);
    }
    expect(change(kept, { removeProduct: ['W1*'], wildcard: false }, []).after.pending).to.have.length(4);
  });

  it('keeps a pending name once', () => {
    const kept = change(EMPTY_SUBSCRIPTION, { addProduct: ['W10'] }, []).after;
    expect(change(kept, { addProduct: ['w10', 'W11'] }, []).after.pending.map(({ name }) => name)).to.deep.equal([
      'w10',
      'W11',
    ]);
  });

  it('says that a wildcard which is still pending subscribes again what is removed', () => {
    const before = {
      ...change(EMPTY_SUBSCRIPTION, { addProduct: ['W1*'] }).after,
      pending: [{ type: 'Product', name: 'W1*' }],
    } as const;
    expect(change(before, { removeProduct: ['W10'] }).told).to.deep.equal([
      'The product "W10" stays subscribed through the name "W1*", which is still pending. To choose one by one, ' +
        'remove that with -RemoveProduct (--remove-product).',
    ]);
    expect(change(before, { removeProduct: ['W1*'] })).to.deep.equal({ after: EMPTY_SUBSCRIPTION, told: [] });
  });

  it('looks at each category of a long chain a few times, however far above the selected one is', () => {
    let looks = 0;
    const chain = Array.from({ length: 2000 }, (_unused, index): CategoryNode => {
      const { parentId, ...rest } = node(`C${index}`, 'Product', index === 0 ? 'Microsoft' : `C${index - 1}`);
      return Object.defineProperty(rest, 'parentId', { get: () => ((looks += 1), parentId) }) as CategoryNode;
    });
    const before = change(EMPTY_SUBSCRIPTION, { addCompany: ['Microsoft'] }).after;
    const { told } = change(before, { setProduct: [] }, [...TREE, ...chain]);
    expect(told[0]).to.match(/and 2000 more stay subscribed through the company "Microsoft"/);
    expect(looks).to.be.at.most(3 * chain.length);
  });
});
