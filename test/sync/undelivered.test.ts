import { expect } from 'chai';
import { SyncError } from '../../server/errors/SyncError.js';
import { STATE } from '../../server/state/siteState.js';
import { listRevisions } from '../../server/sync/listRevisions.js';
import { testSite } from '../engine/TestSite.js';
import { productBelow, update, WINDOWS } from '../engine/catalogue.js';
import { rejectionOf } from '../fixtures/rejection.js';

const fault = (errorCode: string): SyncError =>
  new SyncError('UpstreamFault', { url: 'u', operation: 'GetRevisionIdList', errorCode, faultMessage: 'filter' });

describe('An upstream that does not take the anchor of the site', () => {
  const site = testSite();
  beforeEach(async () => {
    site().source.put(update(1), update(2));
    await site().sync();
  });
  const refuse = (errorCode: string, isRefused: (anchor: string, config: boolean) => boolean): void => {
    site().source.onList = async (filter) => {
      if (isRefused(filter.anchor, filter.config)) throw fault(errorCode);
      return Promise.resolve();
    };
  };

  for (const errorCode of ['InvalidParameters', 'NoErrorCode'])
    for (const config of [true, false])
      it(`is followed anew: ${errorCode} for ${config ? 'the configuration' : 'updates'}`, async () => {
        refuse(errorCode, (anchor, isConfig) => anchor !== '' && isConfig === config);
        site().source.put(update(3));
        const run = await site().sync();
        expect(run).to.include({
          State: 'Succeeded',
          Kind: 'Full',
          Reason: 'the upstream server did not accept the anchor of this site',
        });
        expect(run.Counts.New).to.equal(1);
        site().source.onList = async () => Promise.resolve();
        expect(await site().sync()).to.include({ State: 'Succeeded', Kind: 'Delta' });
      });

  it('is told apart from one that refuses the whole list too', async () => {
    refuse('InvalidParameters', () => true);
    const context = { source: site().source, signal: new AbortController().signal };
    const filter = { config: true, anchor: 'other', categories: [], classifications: [], languages: [] };
    expect(await rejectionOf(listRevisions(context, filter))).to.equal('UpstreamAnchorRefused');
    expect(await rejectionOf(listRevisions(context, { ...filter, anchor: '' }))).to.equal('UpstreamFault');
  });

  it('fails with what it said when it refuses the whole list too', async () => {
    refuse('InvalidParameters', () => true);
    expect(await site().sync()).to.include({ State: 'Failed', ErrorId: 'UpstreamFault' });
  });

  const page = new SyncError('UpstreamNotSoap', { url: 'u', operation: 'o', status: 500, what: 'an HTML page' });
  for (const [what, failure] of [
    ['InternalServerError', fault('InternalServerError')],
    ['a page instead of SOAP', page],
  ] as const)
    for (const config of [true, false])
      it(`is followed anew when ${config ? 'categories' : 'updates'} fail twice with ${what}`, async () => {
        let failures = 0;
        site().source.onList = async (filter) => {
          if (filter.anchor === '' || filter.config !== config) return;
          failures += 1;
          return Promise.reject(failure);
        };
        site().source.put(update(3));
        const run = await site().sync();
        expect(run).to.include({
          State: 'Succeeded',
          Kind: 'Full',
          Reason: 'the upstream server did not accept the anchor of this site',
        });
        expect([run.Counts.New, failures]).to.deep.equal([1, 2]);
      });

  it('is asked once more after such a failure, and followed as ever when it answers then', async () => {
    let isFailing = true;
    site().source.onList = async () => {
      const fails = isFailing;
      isFailing = false;
      return fails ? Promise.reject(page) : Promise.resolve();
    };
    site().source.put(update(3));
    expect(await site().sync()).to.include({ State: 'Succeeded', Kind: 'Delta' });
  });

  it('is not followed anew when it fails so for everything', async () => {
    refuse('InternalServerError', () => true);
    expect(await site().sync()).to.include({ State: 'Failed', Kind: 'Delta', ErrorId: 'UpstreamFault' });
  });
});

describe('An upstream whose updates cannot be had', () => {
  const site = testSite();

  it('still brings its categories into the site database', async () => {
    site().source.put(productBelow(0xc1, 'Windows 12', WINDOWS), update(1));
    site().source.onFetch = async (identities) => {
      if (identities.some(({ updateId }) => updateId === update(1).id)) throw new SyncError('UpstreamBusy');
      return Promise.resolve();
    };
    const run = await site().sync();
    expect(run).to.include({ State: 'Failed', ErrorId: 'UpstreamBusy' });
    expect(run.Counts.Categories).to.be.above(0);
    const { categories } = await site().service['category/list']({ name: 'Windows 1*' }, site().request());
    expect(categories.map((found) => [found.LocalizedCategoryInstanceName, found.IsSubscribed])).to.deep.equal([
      ['Windows 10', false],
      ['Windows 11', true],
      ['Windows 12', false],
    ]);
    site().source.onFetch = async () => Promise.resolve();
    expect((await site().sync()).Counts.New).to.equal(1);
  });

  it('is asked for as many at once as it answered before, until a full synchronization tries anew', async () => {
    const asked = await followed((known) => known);
    expect(asked).to.deep.equal([7, undefined]);
    expect(await site().database.setting(STATE.knownBatches)).to.equal(null);
  });

  for (const [what, change] of [
    ['of another source', (known: object) => ({ ...known, source: 'http://other.test' })],
    ['of a later form', (known: object) => ({ ...known, form: 2 })],
    ['that is no number', (known: object) => ({ ...known, limit: '7' })],
  ] as const)
    it(`is not asked by a size ${what}`, async () => {
      expect((await followed(change))[0]).to.equal(undefined);
    });

  /** The size that a delta and a full synchronization ask by, once one before has found out 7. */
  async function followed(change: (known: object) => object): Promise<(number | undefined)[]> {
    site().source.put(update(1));
    site().source.onList = async () => {
      site().source.batchLimit ??= 7;
      return Promise.resolve();
    };
    await site().sync();
    const known = (await site().database.setting(STATE.knownBatches)) as { readonly source: string };
    expect(known).to.deep.equal({ form: 1, source: known.source, limit: 7 });
    await site().database.commit({ settings: { [STATE.knownBatches]: change(known) } });
    const asked: (number | undefined)[] = [];
    site().source.onList = async ({ config }) => {
      if (config) asked.push(site().source.batchLimit);
      return Promise.resolve();
    };
    site().source.batchLimit = undefined;
    await site().sync();
    await site().sync({ fullSync: true });
    return asked;
  }

  it('says from the third run on since when, how often and whose fault it is', async () => {
    site().source.put(update(1));
    site().source.onFetch = async () => Promise.reject(new SyncError('UpstreamBusy'));
    const told: number[] = [];
    for (let time = 0; time < 4; time += 1) told.push((await site().sync()).Warnings.length);
    expect(told).to.deep.equal([0, 0, 1, 1]);
    const last = await site().sync();
    expect(last.Warnings[0]).to.match(
      /^5 synchronizations in a row, since \d{4}-\d\d-\d\d \d\d:\d\d, failed.*UpstreamBusy.*the upstream server/,
    );
    expect(site().lines).to.include(last.Warnings[0]);
    site().source.onFetch = async () => Promise.resolve();
    expect((await site().sync()).Warnings).to.deep.equal([]);
  });
});
