import { expect } from 'chai';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';
import { guidOf, type DocumentParts } from '../../fixtures/updateDocuments.js';
import { CATEGORIES, OFFICE, OFFICE_2019, SECURITY, update, WINDOWS, WINDOWS_11 } from '../../engine/catalogue.js';
import { Lab } from './Lab.js';

const child = (number: number, over: Partial<DocumentParts> = {}): DocumentParts =>
  update(number, { deployable: false, categories: [], ...over });
const holding = (...numbers: readonly number[]): DocumentParts['bundles'] =>
  numbers.map((number) => ({ id: guidOf(number), revision: 1 }));
const many = (count: number): DocumentParts[] =>
  Array.from({ length: count }, (_unused, index) => update(0x1000 + index));

describe('What docs/life-of-an-update.md says in one sentence:', () => {
  const folder = temporaryFolder();
  let lab: Lab;
  beforeEach(async () => {
    lab = await Lab.open(folder());
    lab.upstream.put(...CATEGORIES);
    await lab.sync('categories');
    await lab.subscribe({ add: [WINDOWS] }, 'ProductFamily');
    await lab.subscribe({ add: [SECURITY] }, 'UpdateClassification');
  });
  afterEach(async () => lab.close());

  it(
    'a hidden child is not expired as long as one bundle that holds it is not expired, whatever its own document ' +
      'says',
    async () => {
      lab.upstream.put(update(1, { bundles: holding(2) }), child(2, { publicationState: 'Expired' }));
      await lab.sync('met');
      expect(lab.model.rows.get(guidOf(2))).to.include({ reason: 'none', isRemoved: false });
    },
  );

  it(
    'a hidden child of a hidden child that is expired by its own document is held by the bundle above ' + 'them',
    async () => {
      lab.upstream.put(
        update(1, { bundles: holding(2) }),
        child(2, { publicationState: 'Expired', bundles: holding(3) }),
        child(3),
      );
      await lab.sync('met');
    },
  );

  it(
    'the bundled children of all levels of a selected bundle are software updates, also where another bundle ' +
      'holds a newer revision of what is between them',
    async () => {
      lab.upstream.put(
        update(1, { bundles: holding(2) }),
        child(2, { bundles: holding(3) }),
        child(3),
        child(2, { revision: 2 }),
        update(4, { bundles: [{ id: guidOf(2), revision: 2 }] }),
      );
      await lab.sync('met');
      expect(lab.model.rows.get(guidOf(3))).to.include({ reason: 'none', isRemoved: false });
    },
  );

  it('only a selected update supersedes: a hidden child that names another does not', async () => {
    lab.upstream.put(update(1), update(2, { bundles: holding(3) }), child(3, { supersedes: [guidOf(1)] }));
    await lab.sync('met');
    expect(lab.model.rows.get(guidOf(1))).to.include({ isSuperseded: false });
  });

  it(
    'what becomes visible and leaves in one run is not counted as new, because it was hidden before and is gone ' +
      'after',
    async () => {
      lab.upstream.put(update(2, { categories: [OFFICE_2019, SECURITY] }), update(1, { bundles: holding(2) }));
      await lab.sync('hidden');
      lab.upstream.revise(guidOf(1), { publicationState: 'Expired' });
      await lab.sync('expired');
      lab.pass(8);
      lab.upstream.revise(guidOf(2), { publicationState: 'Expired' });
      await lab.subscribe({ add: [OFFICE_2019] }, 'Product');
      expect((await lab.sync('selected, and gone')).Counts).to.include({ New: 0, Removed: 1 });
    },
  );

  it('a changed rule makes the next synchronization a full one', async () => {
    await lab.sync('first');
    await lab.setRules({ rule: { immediately: true, months: 3 } });
    expect(await lab.sync('after the change')).to.include({ Kind: 'Full' });
    expect(await lab.sync('and after that')).to.include({ Kind: 'Delta' });
  });

  it(
    'a delta gives what a full synchronization gives: a product that moved out of the selected family takes its ' +
      'updates with it',
    async () => {
      lab.upstream.put(update(1));
      await lab.sync('first');
      lab.upstream.revise(WINDOWS_11, { categories: [OFFICE] });
      await lab.sync('moved');
      expect(lab.model.rows.get(guidOf(1))).to.include({ reason: 'subscription' });
    },
  );

  for (const [count, lost, isRefused] of [
    [260, 52, false],
    [259, 52, true],
    [200, 50, false],
    [200, 51, true],
    [3, 3, true],
  ] as const) {
    it(
      `${lost} of ${count} updates that the upstream does not list any more ` +
        `are ${isRefused ? 'refused' : 'believed'}`,
      async () => {
        lab.upstream.put(...many(count), update(0x2000, { publicationState: 'Expired' }));
        await lab.sync('first');
        lab.upstream.drop(...many(lost).map((parts) => parts.id));
        expect((await lab.sync('lost', { fullSync: true })).ErrorId).to.equal(isRefused ? 'MassExpiryRefused' : '');
      },
    );
  }
});
