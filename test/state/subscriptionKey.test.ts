import { expect } from 'chai';
import {
  type ComponentSettings,
  defaultSettings,
  shortKey,
  subscriptionKey,
} from '../../server/state/ComponentSettings.js';
import { guidOf } from '../fixtures/updateDocuments.js';

function selecting(count: number, languages: readonly string[] = ['en']): ComponentSettings {
  const settings = defaultSettings('server.test');
  const { subscription } = settings;
  const products = Array.from({ length: count }, (_none, index) => guidOf(index + 1));
  return {
    ...settings,
    summaryLanguages: languages,
    subscription: { ...subscription, selected: { ...subscription.selected, Product: products } },
  };
}

/** As it was stored by versions that knew no digest. */
function storedWhole({ subscription: { selected, pending }, summaryLanguages }: ComponentSettings): string {
  const sorted = Object.entries(selected).map(([type, ids]) => [type, [...ids].sort()]);
  return JSON.stringify([sorted, pending.length, summaryLanguages]);
}

describe('What a subscription is known by', () => {
  it('is short for 50,000 products, and the same as of what an earlier version has stored', () => {
    for (const settings of [selecting(0), selecting(20), selecting(50_000)]) {
      expect(subscriptionKey(settings)).to.have.length.below(16 * 1024);
      expect(shortKey(storedWhole(settings))).to.equal(subscriptionKey(settings));
    }
    expect(subscriptionKey(selecting(20))).to.equal(storedWhole(selecting(20)));
  });

  it('is another for other products or languages, and none for another order', () => {
    const settings = selecting(5000);
    const { subscription } = settings;
    const turned = [...subscription.selected.Product].reverse();
    const same = { ...subscription, selected: { ...subscription.selected, Product: turned } };
    expect(subscriptionKey({ ...settings, subscription: same })).to.equal(subscriptionKey(settings));
    expect(subscriptionKey(selecting(5001))).to.not.equal(subscriptionKey(settings));
    expect(subscriptionKey({ ...settings, summaryLanguages: ['de'] })).to.not.equal(subscriptionKey(settings));
  });
});
