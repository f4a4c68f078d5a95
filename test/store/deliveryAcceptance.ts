import { expect } from 'chai';
import { DELIVERY_STATE } from '../../server/store/Deliveries.js';
import type { SiteDatabase } from '../../server/store/SiteDatabase.js';

/** What every site database does with an outbox; `open` gives an empty one. */
export function deliveryAcceptance(name: string, open: () => Promise<SiteDatabase>): void {
  describe(`${name} as an outbox`, () => {
    let database: SiteDatabase;
    beforeEach(async () => {
      database = await open();
    });
    afterEach(async () => database.close());
    const raise = async (alertId: number, ...receivers: string[]): Promise<void> =>
      database.commit({ alertDeliveries: [{ alertId, isRaised: true, receivers, json: `{"alert":${alertId}}` }] });

    it('gathers what waits for a receiver into one message, and what comes later into the next', async () => {
      await raise(1, 'a', 'b');
      await raise(2, 'a');
      const [waiting] = await database.waitingDeliveries();
      expect(waiting).to.include({ receiver: 'a', batch: 0, count: 2, first: 1, last: 3 });
      await database.commit({ deliverySteps: [{ kind: 'gather', receiver: 'a', batch: 1, last: 3 }] });
      await raise(3, 'a');
      expect((await database.waitingDeliveries()).map((one) => [one.receiver, one.batch, one.count])).to.deep.equal([
        ['a', 0, 1],
        ['a', 1, 2],
        ['b', 0, 1],
      ]);
      expect(await database.deliveriesOf({ receiver: 'a', batch: 1, limit: 9 })).to.deep.equal([
        '{"alert":1}',
        '{"alert":2}',
      ]);
      expect(await database.deliveriesOf({ receiver: 'a', batch: 1, limit: 1 })).to.have.length(1);
    });

    it('knows who is to hear of the end of an alert, once', async () => {
      await raise(1, 'a', 'b');
      await raise(2, 'c');
      expect(await database.openReceivers(1)).to.deep.equal(['a', 'b']);
      await database.commit({ alertDeliveries: [{ alertId: 1, isRaised: false, receivers: ['a'], json: '{}' }] });
      expect(await database.openReceivers(1)).to.deep.equal([]);
      expect(await database.openReceivers(2)).to.deep.equal(['c']);
    });

    it('puts off, ends and forgets', async () => {
      await raise(1, 'a', 'b');
      const of = { receiver: 'a', batch: 0 };
      await database.commit({ deliverySteps: [{ kind: 'putOff', ...of, attempts: 2, due: 500, error: 'no' }] });
      expect((await database.waitingDeliveries())[0]).to.include({ attempts: 2, due: 500, error: 'no' });
      const { delivered, dead } = DELIVERY_STATE;
      await database.commit({ deliverySteps: [{ kind: 'end', ...of, state: delivered, time: 600, error: '' }] });
      await database.commit({
        deliverySteps: [{ kind: 'end', receiver: 'b', batch: 0, state: dead, time: 700, error: 'refused' }],
      });
      expect(await database.lastDelivered('a')).to.equal(600);
      expect(await database.lastDelivered('b')).to.equal(0);
      const counts = {
        waiting: 0,
        failingError: '',
        failingReceiver: '',
        dead: 1,
        deadError: 'refused',
        deadReceiver: 'b',
      };
      expect(await database.outboxCounts()).to.deep.equal(counts);
      await database.commit({ deliverySteps: [{ kind: 'forget', before: 1000 }] });
      expect(await database.openReceivers(1), 'their alert is not over').to.deep.equal(['a', 'b']);
      await database.commit({ alertDeliveries: [{ alertId: 1, isRaised: false, receivers: [], json: '' }] });
      await database.commit({ deliverySteps: [{ kind: 'forget', before: 1000 }] });
      expect(await database.outboxCounts()).to.include({ dead: 0 });
    });

    it('drops what waits for a receiver that is gone', async () => {
      await raise(1, 'a', 'b');
      await database.commit({ deliverySteps: [{ kind: 'drop', receiver: 'a' }] });
      expect((await database.waitingDeliveries()).map(({ receiver }) => receiver)).to.deep.equal(['b']);
    });
  });
}
