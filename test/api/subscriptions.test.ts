import { expect } from 'chai';
import type { NotificationSetRequest, SubscriptionAddRequest } from '../../server/contract/generated/types.js';
import { newRequestId, testSite } from '../engine/TestSite.js';
import { rejectionOf } from '../fixtures/rejection.js';

describe('Subscriptions of alerts and how they are sent', () => {
  const site = testSite({ subscribed: false });
  const add = async (given: Partial<SubscriptionAddRequest>) =>
    site().service['subscription/add'](
      { requestId: newRequestId(), name: 'On call', emailAddresses: ['a@b.c'], ...given },
      site().request(),
    );
  const notify = async (given: Partial<NotificationSetRequest>) =>
    site().service['notification/set']({ requestId: newRequestId(), ...given }, site().request());

  it('take several addresses in one text, change, and go with what waits for them', async () => {
    const { subscription } = await add({ emailAddresses: ['a@b.c; d@e.f', 'A@B.C'], webhookUri: 'https://x.test/' });
    expect(subscription.EmailAddresses).to.deep.equal(['A@B.C', 'd@e.f']);
    const changed = await site().service['subscription/set'](
      { requestId: newRequestId(), id: '*', wildcard: true, removeEmailAddresses: ['a@b.c'], webhookSecret: 'key' },
      site().request(),
    );
    expect(changed.subscription).to.deep.include({ EmailAddresses: ['d@e.f'], IsWebhookSigned: true });
    await site().database.commit({
      alertDeliveries: [{ alertId: 1, isRaised: true, receivers: ['1 webhook'], json: '{}' }],
    });
    const [listed] = (await site().service['subscription/list']({ name: 'On*', wildcard: true }, site().request()))
      .subscriptions;
    expect(listed?.Waiting).to.equal(1);
    const named = { requestId: newRequestId(), name: 'on call' };
    expect(await site().service['subscription/remove'](named, site().request())).to.deep.equal({ names: ['On call'] });
    expect((await site().database.outboxCounts()).waiting).to.equal(0);
  });

  it('refuse what cannot be an address, and say why', async () => {
    await add({});
    const cases: readonly [Partial<SubscriptionAddRequest>, string][] = [
      [{}, 'SubscriptionExists'],
      [{ name: 'x', emailAddresses: ['A <a@b.c>'] }, 'EmailAddressInvalid'],
      [{ name: 'x', emailAddresses: ['a@b.c\r\nBcc: d@e.f'] }, 'EmailAddressInvalid'],
      [{ name: 'x', webhookUri: 'http://contoso.com/' }, 'WebhookInvalid'],
      [{ name: 'x', quietHours: '25:00-06:00' }, 'ContradictoryParameters'],
      [{ name: 'x', emailAddresses: [] }, 'ContradictoryParameters'],
      [{ name: ' ' }, 'ContradictoryParameters'],
      [{ name: 'x', localeId: 5, requireValidLocaleId: true }, 'ContradictoryParameters'],
    ];
    for (const [given, errorId] of cases)
      expect(await rejectionOf(add(given)), JSON.stringify(given)).to.equal(errorId);
    expect((await add({ name: 'y', localeId: 1031 })).warnings).to.include(
      'LocaleId 1031 has no effect: alerts are in English.',
    );
    const other = site().service['subscription/test']({ name: 'nobody' }, site().request());
    expect(await rejectionOf(other)).to.equal('SubscriptionNotFound');
  });

  it('send a password only with TLS, and to the server that it was given for', async () => {
    const server = { smtpServer: 'mail.test', sender: 's@mail.test' };
    const set = await notify({ ...server, userName: 'sync', smtpPassword: 'p' });
    expect(set.notification).to.include({ SmtpPort: 587, SmtpSecurity: 'StartTls', HasPassword: true });
    expect(JSON.stringify(set)).to.not.contain('"p"');
    expect((await notify({ smtpServer: 'other.test' })).notification.HasPassword).to.equal(false);
    const plain = { smtpSecurity: 'None' } as const;
    expect(await rejectionOf(notify({ ...plain, allowUnencrypted: true }))).to.equal('ContradictoryParameters');
    expect(await rejectionOf(notify({ ...plain, userName: '' }))).to.equal('ContradictoryParameters');
    await notify({ ...plain, userName: '', allowUnencrypted: true });
    expect(await rejectionOf(notify({ smtpServer: 'third.test' })), 'another server').to.equal(
      'ContradictoryParameters',
    );
    expect((await notify({ smtpServer: '127.0.0.1' })).notification.SmtpSecurity).to.equal('None');
    expect(await rejectionOf(notify({ sender: 'nobody' }))).to.equal('EmailAddressInvalid');
    expect(await rejectionOf(notify({ sender: '' }))).to.equal('ContradictoryParameters');
  });
});
