import { expect } from 'chai';
import { changeSelections } from '../../server/api/changeSelections.js';
import { categoryKeys } from '../../server/api/categoryKeys.js';
import { toComponent } from '../../server/api/toComponent.js';
import { EMPTY_SUBSCRIPTION, type Subscription } from '../../server/criteria/subscription.js';
import type { Steps } from '../../server/platform/inTurns.js';
import { type ComponentSettings, defaultSettings, prepareKey } from '../../server/state/ComponentSettings.js';
import type { CategoryRow } from '../../server/store/rows.js';
import { guidOf } from '../fixtures/updateDocuments.js';

const SIZE = 3_000;

/** Takes all steps; there must be so many for each product at least, so that none is long. */
function inSteps<Result>(steps: Steps<Result>, each = 1): Result {
  for (let count = 1; ; count += 1) {
    const { done, value } = steps.next();
    if (done !== true) continue;
    expect(count).to.be.above(each * SIZE);
    return value;
  }
}

const ROWS = Array.from({ length: SIZE }, (_none, index): CategoryRow => ({
  categoryId: index + 1,
  updateKey: index + 1,
  updateId: guidOf(index + 1),
  revisionId: index + 1,
  typeName: 'Product',
  title: `Product ${SIZE - index}`,
  parentId: index,
  allowSubscription: true,
  prohibitsUpdates: false,
  isSubscribed: true,
}));
const NODES = ROWS.map(({ updateId, title, parentId }) => ({
  id: updateId,
  type: 'Product',
  title,
  parentId: parentId === 0 ? '' : guidOf(parentId),
  allowSubscription: true,
}));
const ALL: Subscription = {
  ...EMPTY_SUBSCRIPTION,
  selected: { ...EMPTY_SUBSCRIPTION.selected, Product: ROWS.map(({ updateId }) => updateId) },
};

function selecting(subscription: Subscription): ComponentSettings {
  return { ...defaultSettings('server.test'), subscription };
}

describe('api: very many products', () => {
  const change = (before: Subscription, request: object): Subscription =>
    inSteps(changeSelections(before, { requestId: 'id', ...request }, { categories: NODES, warnings: [] }));

  it('are added, removed and set in steps', () => {
    expect(change(EMPTY_SUBSCRIPTION, { addProduct: ['*'] })).to.deep.equal(ALL);
    expect(change(ALL, { removeProduct: ['*'] })).to.deep.equal(EMPTY_SUBSCRIPTION);
    expect(change(ALL, { setProduct: ['*'] })).to.deep.equal(ALL);
  });

  it('are shown in steps', () => {
    const around = {
      site: { siteCode: 'ABC', serverName: 'server.test' },
      categories: ROWS,
      missing: [guidOf(2)],
      next: { requester: 'Schedule', time: undefined, reason: '' },
      points: { defaultServer: 'server.test', points: [] },
    } as const;
    const component = inSteps(toComponent('SMS_WSUS_SYNC_MANAGER', selecting(ALL), around));
    expect(component.Products).to.have.length(SIZE).and.to.deep.equal(component.ProductsWithFamily);
    expect(component.Products.slice(0, 2)).to.deep.equal(['Product 1', 'Product 10']);
    expect(component.MissingCategories).to.deep.equal([`Product:Product ${SIZE - 1}`]);
  });

  it('have their key in steps, once', () => {
    const disordered = ALL.selected.Product.toReversed();
    const settings = selecting({ ...ALL, selected: { ...ALL.selected, Product: disordered } });
    const key = inSteps(prepareKey(settings));
    expect(prepareKey(settings).next()).to.deep.equal({ done: true, value: key });
  });

  it('are found by their ids in steps', () => {
    const { lists } = inSteps(categoryKeys({ categoryUniqueId: [`Product:${guidOf(SIZE)}`] }, ROWS), 2);
    expect(lists).to.deep.equal([[SIZE]]);
  });
});
