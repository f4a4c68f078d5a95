import { expect } from 'chai';
import type { NotificationSetRequest } from '../../server/contract/generated/types.js';
import { setNotification } from '../../server/api/notification.js';
import { setSubscription } from '../../server/api/subscriptions.js';
import { Deliverer } from '../../server/notify/Deliverer.js';
import type { AlertMessage } from '../../server/notify/AlertMessage.js';
import { delivered, failed, type Outcome, refused } from '../../server/notify/Outcome.js';
import { conditionId, singleId } from '../../server/criteria/alertNumbers.js';
import { SyncError } from '../../server/errors/SyncError.js';
import { HOUR, MINUTE } from '../../server/schedule/zone.js';
import type { AlertEvent } from '../../server/criteria/AlertEvent.js';
import { deliveriesFor } from '../../server/state/alertDeliveries.js';
import { type AlertSubscription, NEW_SUBSCRIPTION } from '../../server/state/AlertSubscription.js';
import { stateChange } from '../../server/state/siteState.js';
import type { SiteContext } from '../../server/state/SiteContext.js';
import { newRequestId, testSite } from '../engine/TestSite.js';
import { sampleAlert } from './sampleAlerts.js';

const START = Date.UTC(2026, 10, 30, 12);

describe('The outbox of alerts', () => {
  const site = testSite();
  let now = START;
  let answer: (message: AlertMessage, receiver: string) => Promise<Outcome>;
  const sent: { receiver: string; message: AlertMessage }[] = [];
  let busy = 0;

  beforeEach(() => {
    now = START;
    sent.length = 0;
    busy = 0;
    answer = async () => Promise.resolve(delivered('250 fine'));
  });

  function deliverer(): Deliverer {
    const context: SiteContext = { ...site().context, now: () => new Date(now) };
    return new Deliverer({
      context,
      ticker: () => () => undefined,
      send: async (message, { receiver }) => {
        sent.push({ receiver, message });
        return answer(message, receiver);
      },
      onBusy: () => (busy += 1),
      onIdle: () => (busy -= 1),
    });
  }
  async function subscribe(...all: readonly Partial<AlertSubscription>[]): Promise<void> {
    const subscriptions = all.map((one, index) => ({ ...NEW_SUBSCRIPTION, id: index + 1, name: `S${index}`, ...one }));
    await site().database.commit({ settings: stateChange({ subscriptions }) });
  }
  async function tell(...events: readonly AlertEvent[]): Promise<void> {
    await site().database.commit(await deliveriesFor(site().database, events));
  }
  const keys = (): string[] => sent.map(({ message }) => message.key);
  const told = (): string[] =>
    sent.map(({ receiver, message }) => `${receiver}: ${message.alerts.map((one) => one.state[2]).join('')}`);

  it('tells every subscriber of an alert, and of its end those who were told', async () => {
    await subscribe(
      { emailAddresses: ['a@b.c'], webhook: 'https://x.test/' },
      { emailAddresses: ['d@e.f'], alertIds: [2] },
    );
    const outbox = deliverer();
    await tell(sampleAlert(1));
    await outbox.tick();
    expect(told()).to.deep.equal(['1 mail a@b.c: i', '1 webhook: i']);
    now += 6 * MINUTE;
    await subscribe({ emailAddresses: ['a@b.c', 'new@b.c'], webhook: 'https://x.test/' });
    await tell(sampleAlert(1, { state: 'Resolved' }));
    sent.length = 0;
    await outbox.tick();
    expect(told()).to.deep.equal(['1 mail a@b.c: s', '1 webhook: s']);
    await outbox.tick();
    expect(sent).to.have.length(2);
    expect(busy).to.equal(0);
  });

  it('says nothing of an end to whom nothing was said of the beginning', async () => {
    await subscribe({ emailAddresses: ['a@b.c'] });
    await tell(sampleAlert(1, { state: 'Resolved' }));
    await deliverer().tick();
    expect(sent).to.deep.equal([]);
  });

  it('sends one message in five minutes, however many alerts there are', async () => {
    await subscribe({ emailAddresses: ['a@b.c'] });
    const outbox = deliverer();
    await tell(sampleAlert(1));
    await outbox.tick();
    await tell(...Array.from({ length: 10_000 }, (_unused, index) => sampleAlert(index + 2)));
    for (let minute = 0; minute < 6; minute += 1) {
      now += MINUTE;
      await outbox.tick();
    }
    expect(sent.map(({ message }) => [message.count, message.alerts.length])).to.deep.equal([
      [1, 1],
      [10_000, 100],
    ]);
    expect((await site().database.outboxCounts()).waiting).to.equal(0);
  });

  it('tries again with the same message and key, longer and longer, and then what came meanwhile', async () => {
    await subscribe({ emailAddresses: ['a@b.c'] });
    const outbox = deliverer();
    answer = async () => Promise.resolve(failed('451 later'));
    await tell(sampleAlert(1));
    await outbox.tick();
    await tell(sampleAlert(2));
    await outbox.tick();
    now += MINUTE;
    await outbox.tick();
    now += MINUTE;
    await outbox.tick();
    expect(sent).to.have.length(2);
    expect(new Set(keys()).size).to.equal(1);
    expect(sent[1]?.message.alerts).to.have.length(1);
    answer = async () => Promise.resolve(delivered('250'));
    now += MINUTE;
    await outbox.tick();
    now += 5 * MINUTE;
    await outbox.tick();
    expect(sent.map(({ message }) => message.alerts[0]?.alertId)).to.deep.equal([1, 1, 1, 2]);
    expect(site().lines.filter((line) => line.includes('not delivered to a@b.c (attempt 2)'))).to.have.length(1);
  });

  it('tells what comes later although an earlier message is refused, and goes on trying that one', async () => {
    await subscribe({ emailAddresses: ['a@b.c'] });
    answer = async ({ alerts }) =>
      Promise.resolve(alerts[0]?.alertId === 1 ? refused('554 looks like spam') : delivered('250'));
    const outbox = deliverer();
    await tell(sampleAlert(1));
    await outbox.tick();
    await tell(sampleAlert(2));
    for (let minute = 0; minute < 6; minute += 1) {
      now += MINUTE;
      await deliverer().tick();
    }
    expect(sent.map(({ message }) => message.alerts[0]?.alertId)).to.deep.equal([1, 1, 1, 2]);
    expect(new Set(keys()).size).to.equal(2);
    expect((await site().database.waitingDeliveries())[0]).to.include({ attempts: 3, isRefused: true });
    answer = async () => Promise.resolve(delivered('250'));
    now += 4 * MINUTE;
    await outbox.tick();
    expect((await site().database.outboxCounts()).waiting).to.equal(0);
  });

  it('gives up after two days or a refusal, and says so until something arrives', async () => {
    await subscribe({ emailAddresses: ['a@b.c'] }, { webhook: 'https://x.test/' });
    const outbox = deliverer();
    answer = async (_message, receiver) => Promise.resolve(failed('no', receiver.endsWith('webhook')));
    await tell(sampleAlert(1));
    for (let hour = 0; hour < 60; hour += 1) {
      await outbox.tick();
      now += HOUR;
    }
    expect(sent.filter(({ receiver }) => receiver.endsWith('webhook'))).to.have.length(1);
    expect(sent.length - 1).to.equal(54);
    expect(await site().database.outboxCounts()).to.include({ waiting: 0, dead: 2, deadError: 'no' });
    answer = async () => Promise.resolve(delivered('250'));
    await tell(sampleAlert(2));
    await outbox.tick();
    expect(await site().database.outboxCounts()).to.include({ dead: 0 });
  });

  it('does not wait for one receiver with the others', async () => {
    await subscribe({ emailAddresses: ['slow@b.c', 'a@b.c'], webhook: 'https://x.test/' });
    const outbox = deliverer();
    let release = (_outcome: Outcome): void => undefined;
    answer = async (_message, receiver) =>
      receiver.includes('slow') ? new Promise((resolve) => (release = resolve)) : Promise.resolve(delivered('250'));
    await tell(sampleAlert(1));
    const round = outbox.tick();
    const fast = async (): Promise<boolean> => (await site().database.waitingDeliveries()).length === 1;
    while (!(await fast())) await new Promise((resolve) => setImmediate(resolve));
    expect(busy).to.equal(1);
    release(delivered('250'));
    await round;
    expect(busy).to.equal(0);
  });

  it('tells a webhook of what is new while all mail hangs', async () => {
    await subscribe({ emailAddresses: ['slow@b.c'], webhook: 'https://x.test/' });
    await site().database.commit({ settings: stateChange({ notification: { digestMinutes: 0 } }) });
    const outbox = deliverer();
    let release = (_outcome: Outcome): void => undefined;
    answer = async (_message, receiver) =>
      receiver.includes('slow') ? new Promise((resolve) => (release = resolve)) : Promise.resolve(delivered('250'));
    const posted = async (count: number): Promise<void> => {
      while (sent.filter(({ receiver }) => receiver.endsWith('webhook')).length < count)
        await new Promise((resolve) => setImmediate(resolve));
    };
    await tell(sampleAlert(1));
    const first = outbox.tick();
    await posted(1);
    await tell(sampleAlert(2));
    const second = outbox.tick();
    await posted(2);
    expect(sent.filter(({ receiver }) => receiver.includes('slow'))).to.have.length(1);
    answer = async () => Promise.resolve(delivered('250'));
    release(delivered('250'));
    await Promise.all([first, second]);
    expect(sent.filter(({ receiver }) => receiver.includes('slow'))).to.have.length(2);
    expect(busy).to.equal(0);
  });

  it('is quiet when its subscription says so, and tells afterwards', async () => {
    await subscribe({ emailAddresses: ['a@b.c'], quietHours: '11:00-13:00' });
    const outbox = deliverer();
    await tell(sampleAlert(1));
    await outbox.tick();
    expect(sent).to.deep.equal([]);
    now += HOUR;
    await outbox.tick();
    expect(sent).to.have.length(1);
  });

  it('is over at once when the engine ends, and the next one sends the same message', async () => {
    await subscribe({ emailAddresses: ['a@b.c'] });
    const outbox = deliverer();
    let release = (_outcome: Outcome): void => undefined;
    answer = async () => new Promise((resolve) => (release = resolve));
    await tell(sampleAlert(1));
    const round = outbox.tick();
    while (sent.length === 0) await new Promise((resolve) => setImmediate(resolve));
    const stopped = outbox.stop();
    release(failed('it was ended'));
    await Promise.all([round, stopped]);
    expect((await site().database.waitingDeliveries())[0]).to.include({ attempts: 0, count: 1 });
    answer = async () => Promise.resolve(delivered('250'));
    await deliverer().tick();
    expect(sent).to.have.length(2);
    expect(new Set(keys()).size).to.equal(1);
  });

  it('sends each alert alone where no digest is wanted', async () => {
    await subscribe({ emailAddresses: ['a@b.c'] });
    await site().database.commit({ settings: stateChange({ notification: { digestMinutes: 0 } }) });
    await tell(sampleAlert(1), sampleAlert(2), sampleAlert(3));
    await deliverer().tick();
    expect(sent.map(({ message }) => message.alerts.map(({ alertId }) => alertId))).to.deep.equal([[1], [2], [3]]);
    expect(new Set(keys()).size).to.equal(3);
  });

  it('waits for the others of a round where one of them breaks, so that nobody gets it twice', async () => {
    await subscribe({ emailAddresses: ['broken@b.c', 'slow@b.c'] });
    const outbox = deliverer();
    let release = (_outcome: Outcome): void => undefined;
    answer = async (_message, receiver) =>
      receiver.includes('slow')
        ? new Promise((resolve) => (release = resolve))
        : Promise.reject(new SyncError('EngineStopped', { run: 0 }));
    await tell(sampleAlert(1));
    let isOver = false;
    const round = outbox.tick().finally(() => (isOver = true));
    while (sent.length < 2 || !site().lines.some((line) => line.includes('could not be worked on')))
      await new Promise((resolve) => setImmediate(resolve));
    expect([isOver, busy]).to.deep.equal([false, 1]);
    release(delivered('250'));
    await round;
    expect(sent.filter(({ receiver }) => receiver.includes('slow'))).to.have.length(1);
  });

  it('sends nothing for a subscription that goes during the round', async () => {
    const addresses = Array.from({ length: 9 }, (_unused, index) => `a${index}@b.c`);
    await subscribe({ emailAddresses: addresses });
    await tell(sampleAlert(1));
    const drop = { kind: 'drop', receiver: '1 mail a8@b.c' } as const;
    let gone: Promise<void> | undefined;
    answer = async () => {
      await (gone ??= site().database.commit({ deliverySteps: [drop] }));
      return delivered('250');
    };
    await deliverer().tick();
    expect(sent.map(({ receiver }) => receiver)).to.have.length(8);
    expect(sent.every(({ message }) => message.alerts.length === 1)).to.equal(true);
  });

  it('takes the number that stands for all of a kind, and the one of a single server', async () => {
    const all = conditionId('CS1', 'PointSilent');
    await subscribe(
      { emailAddresses: ['all@b.c'], alertIds: [all] },
      { emailAddresses: ['one@b.c'], alertIds: [singleId('CS1', 2)] },
    );
    await tell(sampleAlert(singleId('CS1', 1), { kind: 'PointSilent' }), sampleAlert(singleId('CS1', 3)));
    await deliverer().tick();
    expect(told()).to.deep.equal(['1 mail all@b.c: i']);
  });

  it('forgets what waits for somebody who has gone', async () => {
    await subscribe({ emailAddresses: ['a@b.c'] });
    await tell(sampleAlert(1));
    await subscribe({ emailAddresses: ['d@e.f'] });
    await deliverer().tick();
    expect(sent).to.deep.equal([]);
    expect((await site().database.outboxCounts()).waiting).to.equal(0);
  });

  it('tries what failed at once where settings are changed, also while it is on its way', async () => {
    const context: SiteContext = { ...site().context, now: () => new Date(now) };
    const keep = { keep: () => ({}) };
    const server = { smtpServer: 'mail.test', sender: 'a@b.c' };
    const notify = async (given: Partial<NotificationSetRequest>): Promise<unknown> =>
      setNotification({ context }, { requestId: newRequestId(), ...given }, keep);
    await subscribe({ emailAddresses: ['a@b.c'], webhook: 'https://x.test/' });
    await tell(sampleAlert(1));
    const outbox = deliverer();
    answer = async () => Promise.resolve(failed('The site has no mail server'));
    await outbox.tick();
    await notify(server);
    await outbox.tick();
    expect(sent.map(({ receiver }) => receiver)).to.deep.equal(['1 mail a@b.c', '1 webhook', '1 mail a@b.c']);
    const webhookUri = 'https://hooks.test/services/other';
    await setSubscription({ context }, { requestId: newRequestId(), id: '1', webhookUri }, keep);
    sent.length = 0;
    await outbox.tick();
    expect(sent.map(({ receiver }) => receiver)).to.deep.equal(['1 webhook']);
    await notify({ smtpServer: 'again.test' });
    answer = async (_message, receiver) => {
      if (sent.length === 2 && receiver.includes('mail')) await notify({ smtpPort: 25 });
      return failed('553 not here', true);
    };
    await outbox.tick();
    answer = async () => Promise.resolve(delivered('250'));
    await outbox.tick();
    expect(sent.slice(1).map(({ receiver }) => receiver)).to.deep.equal(['1 mail a@b.c', '1 mail a@b.c']);
    expect((await site().database.outboxCounts()).dead).to.equal(0);
  });
});
