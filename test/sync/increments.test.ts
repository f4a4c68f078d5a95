import { expect } from 'chai';
import { STATE } from '../../server/state/siteState.js';
import { testSite } from '../engine/TestSite.js';
import { CRITICAL, productBelow, SECURITY, update, WINDOWS, WINDOWS_10, WINDOWS_11 } from '../engine/catalogue.js';
import { guidOf } from '../fixtures/updateDocuments.js';

const key = (number: number, revision = 1): string => `${guidOf(number)}.${revision}`;
const WINDOWS_12 = guidOf(0xc0);

/** What one run asked for: the documents, and the filter of the updates as `id:delta` beside its anchor. */
interface Asked {
  readonly kind: string;
  readonly fetched: readonly string[];
  readonly config: string | undefined;
  readonly anchor: string | undefined;
  readonly flags: Readonly<Record<string, boolean>>;
}

describe('Increments fetch exactly what changed', () => {
  const site = testSite();
  const run = async (params: { fullSync?: boolean } = {}): Promise<Asked> => {
    const { source } = site();
    source.forgetCalls();
    const { Kind, Succeeded, ErrorMessage } = await site().sync(params);
    expect(Succeeded, ErrorMessage ?? '').to.equal(true);
    const updates = source.listed.find((filter) => !filter.config);
    const entries =
      updates === undefined
        ? []
        : [...updates.categories, ...updates.classifications, ...updates.languages].map((entry) => [
            String(entry.id),
            entry.delta,
          ]);
    return {
      kind: Kind,
      fetched: [...source.fetched].sort(),
      config: source.listed.find((filter) => filter.config)?.anchor,
      anchor: updates?.anchor,
      flags: Object.fromEntries(entries) as Asked['flags'],
    };
  };
  const sequence = (): number => site().source.lastSequence;
  const all = (delta: boolean, ...ids: readonly string[]): Record<string, boolean> =>
    Object.fromEntries([...ids, '1033'].map((id) => [id, delta]));

  beforeEach(async () => {
    site().source.put(
      update(1),
      update(2),
      update(3, { categories: [WINDOWS_10, SECURITY] }),
      update(4, { categories: [WINDOWS_11, CRITICAL] }),
    );
    await site().sync();
  });

  it('with nothing new nothing is fetched, and only changes are asked for', async () => {
    expect(await run()).to.deep.equal({
      kind: 'Delta',
      fetched: [],
      config: `c,${sequence()}`,
      anchor: `u,${sequence()}`,
      flags: all(true, WINDOWS_11, SECURITY),
    });
  });

  it('a new and a revised update are fetched, nothing else', async () => {
    const before = sequence();
    site().source.put(update(2, { revision: 2 }), update(5), update(6, { categories: [WINDOWS_10, SECURITY] }));
    expect(await run()).to.deep.equal({
      kind: 'Delta',
      fetched: [key(2, 2), key(5)],
      config: `c,${before}`,
      anchor: `u,${before}`,
      flags: all(true, WINDOWS_11, SECURITY),
    });
    expect((await run()).fetched).to.deep.equal([]);
  });

  it(
    'an added product, classification and language make a full list of which only the new updates are fetched, ' +
      'once',
    async () => {
      await site().set({ addProduct: ['Windows 10'] });
      expect(await run()).to.deep.equal({
        kind: 'Full',
        fetched: [key(3)],
        config: '',
        anchor: '',
        flags: all(false, WINDOWS_10, WINDOWS_11, SECURITY),
      });
      expect(await run()).to.deep.include({
        kind: 'Delta',
        fetched: [],
        flags: all(true, WINDOWS_10, WINDOWS_11, SECURITY),
      });
      await site().set({ addUpdateClassification: ['Critical Updates'] });
      expect(await run()).to.deep.include({
        kind: 'Full',
        fetched: [key(4)],
        flags: all(false, WINDOWS_10, WINDOWS_11, SECURITY, CRITICAL),
      });
      expect(await run()).to.deep.include({
        kind: 'Delta',
        fetched: [],
        flags: all(true, WINDOWS_10, WINDOWS_11, SECURITY, CRITICAL),
      });
      await site().set({ addLanguageSummaryDetail: ['German'] });
      expect(await run()).to.deep.include({
        kind: 'Full',
        fetched: [],
        flags: { ...all(false, WINDOWS_10, WINDOWS_11, SECURITY, CRITICAL), 1031: false },
      });
      expect(await run()).to.deep.include({
        kind: 'Delta',
        fetched: [],
        flags: { ...all(true, WINDOWS_10, WINDOWS_11, SECURITY, CRITICAL), 1031: true },
      });
    },
  );

  it(
    'a product that appears below a selected family is asked for whole in a delta, the others for ' + 'changes',
    async () => {
      await site().set({ setProduct: [], addProductFamily: ['Windows'], addUpdateClassification: ['Upgrades'] });
      await run();
      site().source.put(update(7, { categories: [WINDOWS_12, SECURITY] }));
      expect((await run()).fetched).to.deep.equal([]);
      site().source.put(productBelow(0xc0, 'Windows 12', WINDOWS));
      const asked = await run();
      expect(asked).to.deep.include({ kind: 'Delta', fetched: [key(7), key(0xc0)] });
      expect(Object.entries(asked.flags).filter(([, delta]) => !delta)).to.deep.equal([[WINDOWS_12, false]]);
      expect(Object.values((await run()).flags).every((delta) => delta)).to.equal(true);
    },
  );

  it('what was removed and added again is asked for whole again, and fetched only as far as it changed', async () => {
    await site().set({ addProduct: ['Windows 10'] });
    await run();
    await site().set({ removeProduct: ['Windows 10'] });
    expect(await run()).to.deep.include({ kind: 'Full', fetched: [], flags: all(false, WINDOWS_11, SECURITY) });
    site().source.put(update(6, { categories: [WINDOWS_10, SECURITY] }));
    expect((await run()).fetched).to.deep.equal([]);
    await site().set({ addProduct: ['Windows 10'] });
    expect(await run()).to.deep.include({
      kind: 'Full',
      fetched: [key(6)],
      flags: all(false, WINDOWS_10, WINDOWS_11, SECURITY),
    });
  });

  it('a full synchronization asks for all ids and fetches nothing twice', async () => {
    expect(await run({ fullSync: true })).to.deep.equal({
      kind: 'Full',
      fetched: [],
      config: '',
      anchor: '',
      flags: all(false, WINDOWS_11, SECURITY),
    });
  });

  it('a document that failed is asked for beside what is new, with the anchor of the run before', async () => {
    site().source.put(update(5), update(6));
    site().source.refusals = new Map([[key(5), 'UpstreamFault']]);
    expect((await run()).fetched).to.deep.equal([key(5), key(6)]);
    const before = sequence();
    site().source.put(update(7));
    expect(await run()).to.deep.include({ fetched: [key(5), key(7)], anchor: `u,${before}` });
    site().source.refusals = new Map();
    expect((await run()).fetched).to.deep.equal([key(5)]);
    expect((await run()).fetched).to.deep.equal([]);
  });

  for (const batch of [1, 2, 3] as const) {
    it(
      `a run that breaks off at batch ${batch} of three leaves the anchor, and the next one fetches only what is ` +
        `missing`,
      async () => {
        const before = sequence();
        const numbers = [11, 12, 13, 14, 15, 16, 17, 18, 19];
        site().source.put(...numbers.map((number) => update(number)));
        let batches = 0;
        site().failCommit = (changes) => (changes.revisions?.length ?? 0) > 0 && (batches += 1) === batch;
        expect(await site().sync()).to.include({ State: 'Failed' });
        expect(await site().database.setting(STATE.updatesAnchor)).to.deep.include({ anchor: `u,${before}` });
        site().failCommit = () => false;
        expect(await run()).to.deep.include({
          kind: 'Delta',
          fetched: numbers.slice((batch - 1) * 3).map((number) => key(number)),
          anchor: `u,${before}`,
        });
        expect(await site().database.setting(STATE.updatesAnchor)).to.deep.include({ anchor: `u,${sequence()}` });
      },
    );
  }

  it('the anchor stands in the transaction of the last batch only', async () => {
    site().source.put(...[11, 12, 13, 14, 15, 16, 17].map((number) => update(number)));
    const commits: [number, boolean][] = [];
    site().failCommit = (changes) => {
      if (changes.revisions !== undefined)
        commits.push([changes.revisions.length, changes.settings?.[STATE.updatesAnchor] !== undefined]);
      return false;
    };
    await run();
    expect(commits).to.deep.equal([
      [0, false],
      [3, false],
      [3, false],
      [1, true],
    ]);
  });
});
