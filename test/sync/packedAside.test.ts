import { expect } from 'chai';
import { nextTurn } from '../../server/platform/inTurns.js';
import { realFiles } from '../../server/store/StorePlace.js';
import { openSiteDatabase } from '../../server/store/embedded/openSiteDatabase.js';
import { testSite } from '../engine/TestSite.js';
import { update } from '../engine/catalogue.js';
import { failingPacking } from '../fixtures/failingPacking.js';
import { rejectionOf } from '../fixtures/rejection.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { testPlace } from '../store/testPlace.js';

/** More than is packed in the thread that reads. */
const LONG = 'Each of these words is packed with the others. '.repeat(4000);
const COUNT = 120;

describe('A synchronization whose packing aside fails', () => {
  const site = testSite();
  const packing = failingPacking();

  it('fails at whichever block, tells why, and a later one stores what is missing', async () => {
    for (let number = 1; number <= COUNT; number += 1)
      site().source.put(update(number, { description: `${number} ${LONG}` }));
    let failed = 0;
    for (const at of [1, 2, 5, 9, 3]) {
      packing.calls = 0;
      packing.fails = (call) => call === at;
      const run = await site().sync();
      if (run.Succeeded) continue;
      failed += 1;
      expect(run).to.include({ State: 'Failed', ErrorId: 'InternalError' });
      expect(run.ErrorMessage).to.contain('no memory to pack');
    }
    expect(failed).to.be.greaterThan(2);
    packing.fails = () => false;
    expect(await site().sync()).to.include({ Succeeded: true });
    expect(await site().titles()).to.have.length(COUNT);
  });
});

describe('A commit whose packing aside', () => {
  const folder = temporaryFolder();
  const packing = failingPacking();
  const open = async (generation: number) =>
    openSiteDatabase({ place: testPlace(folder()), files: realFiles, generation });

  it('fails is taken back, and the next one stands alone', async () => {
    const database = await open(1);
    packing.fails = () => true;
    expect(await rejectionOf(database.commit({ settings: { lost: LONG } }))).to.equal('InternalError');
    expect(packing.calls).to.equal(1);
    packing.fails = () => false;
    expect(await database.setting('lost')).to.equal(undefined);
    await database.commit({ settings: { kept: LONG } });
    await database.close();
    const again = await open(2);
    expect([await again.setting('lost'), await again.setting('kept')]).to.deep.equal([undefined, LONG]);
    await again.close();
  });

  it('goes on is waited for by reads, the next commits, and the end', async () => {
    const database = await open(1);
    const go = packing.hold();
    const order: string[] = [];
    const all = [
      database.commit({ settings: { first: LONG } }).then(() => order.push('first')),
      database.setting('first').then((value) => order.push(value === LONG ? 'read' : 'read too early')),
      database.commit({ settings: { first: 'second' } }).then(() => order.push('second')),
      database.close().then(() => order.push('closed')),
    ];
    while (packing.calls === 0) await nextTurn();
    expect(order).to.deep.equal([]);
    go();
    await Promise.allSettled(all);
    expect(order.filter((one) => one !== 'read')).to.deep.equal(['first', 'second', 'closed']);
    expect(order).to.include('read');
    const again = await open(2);
    expect(await again.setting('first')).to.equal('second');
    await again.close();
  });
});
