import { expect } from 'chai';
import { readFileSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { NotificationSetRequest, SubscriptionAddRequest } from '../../server/contract/generated/types.js';
import { notificationSecrets } from '../../server/notify/notificationSecrets.js';
import { sealWebhooks } from '../../server/notify/sealWebhooks.js';
import { realSealer } from '../../server/platform/sealSecret.js';
import { NEW_SUBSCRIPTION } from '../../server/state/AlertSubscription.js';
import { readSubscriptions } from '../../server/state/alertSubscriptions.js';
import { stateChange } from '../../server/state/siteState.js';
import { newRequestId, testSite } from '../engine/TestSite.js';
import { MailListener } from '../notify/MailListener.js';
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

  it('say who is told of nothing or twice, and change one at a time', async () => {
    await add({ name: 'First' });
    const { warnings } = await add({ name: 'Second', emailAddresses: ['A@b.c'], alertIds: [4711] });
    expect(warnings.join('\n'))
      .to.match(/no alert with the number 4711/)
      .and.match(/A@b.c is in the subscription First too/);
    await site().set({ enableSyncFailureAlert: true });
    const listed = (await site().service['alert/list']({ typeId: 1 }, site().request())).alerts;
    expect(listed.map(({ NumberOfSubscription }) => NumberOfSubscription)).to.deep.equal([1]);
    const both = { requestId: newRequestId(), id: '*', wildcard: true, quietHours: '22:00-06:00' };
    expect(await rejectionOf(site().service['subscription/set'](both, site().request()))).to.equal(
      'ContradictoryParameters',
    );
    const alerts = { requestId: newRequestId(), name: 'S*', wildcard: true, comment: 'x' };
    expect(await rejectionOf(site().service['alert/set'](alerts, site().request()))).to.equal(
      'ContradictoryParameters',
    );
  });

  it('of this machine get what is for them without the proxy of the site', async () => {
    const server = createServer((_request, response) => response.end('here')).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    await site().set({ proxyServer: 'http://127.0.0.1:9' });
    await add({ webhookUri: `http://127.0.0.1:${port}/`, emailAddresses: [] });
    const { results } = await site().service['subscription/test']({ name: 'On call' }, site().request());
    server.closeAllConnections();
    server.close();
    expect(results[0]).to.deep.include({ Succeeded: true, Answer: `127.0.0.1:${port} answered HTTP 200: here` });
  });

  it('answer a test for each receiver in order, with few connections at once', async () => {
    let [open, most] = [0, 0];
    const mail = await MailListener.open({
      answer: (command) => {
        if (command === 'GREETING') most = Math.max(most, (open += 1));
        return undefined;
      },
      onTaken: () => (open -= 1),
    });
    const emailAddresses = Array.from({ length: 30 }, (_unused, index) => `a${index}@b.c`);
    await notify({ smtpServer: '127.0.0.1', smtpPort: mail.port, smtpSecurity: 'None', sender: 's@b.c' });
    await add({ emailAddresses });
    const { results } = await site().service['subscription/test']({ name: 'On call' }, site().request());
    await mail.close();
    expect(results.map(({ Receiver, Succeeded }) => (Succeeded ? Receiver : ''))).to.deep.equal(emailAddresses);
    expect(mail.mails).to.have.length(30);
    expect(most).to.be.within(1, 8);
  });

  it('show of a webhook its host and last letters, keep the address with the secrets, and use it', async () => {
    const asked: (string | undefined)[] = [];
    const server = createServer(({ url }, response) => {
      asked.push(url);
      response.end(url);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const webhookUri = `${origin}/services/T00/B00/secretword`;
    const { subscription } = await add({ webhookUri, emailAddresses: [] });
    expect(subscription.WebhookUri).to.equal(`${origin}/\u2026word`);
    expect(JSON.stringify(await site().database.setting('alert.subscriptions'))).to.not.contain('secret');
    const { results } = await site().service['subscription/test']({ name: 'On call' }, site().request());
    server.closeAllConnections();
    server.close();
    expect(results[0]?.Receiver).to.equal(subscription.WebhookUri);
    expect(asked).to.deep.equal(['/services/T00/B00/secretword']);
    expect(results[0]?.Answer).to.match(/HTTP 200: \u2026word$/);
    const shown = add({ name: 'x', webhookUri: subscription.WebhookUri });
    expect(await rejectionOf(shown)).to.equal('WebhookInvalid');
    const told = await add({ name: 'x', webhookUri: 'http://hooks.contoso.com/services/secretword' }).catch(String);
    expect(told).to.contain('http://hooks.contoso.com/\u2026word').and.not.contain('secret');
    const named = { requestId: newRequestId(), name: 'On call' };
    await site().service['subscription/remove'](named, site().request());
    expect(readFileSync(path.join(site().context.site.path, 'secrets.json'), 'utf8')).to.not.contain('secretword');
  });

  it('of an earlier version are sealed once, and used where they cannot be', async () => {
    const webhook = 'https://hooks.contoso.com/services/secretword';
    const subscriptions = [{ ...NEW_SUBSCRIPTION, id: 1, name: 'Old', webhook }];
    await site().database.commit({ settings: stateChange({ subscriptions }) });
    const secrets = notificationSecrets(site().context.site, realSealer());
    const refusing = { ...secrets, keepWebhookAddress: async () => Promise.reject(new Error('no')) };
    await sealWebhooks(site().context, refusing);
    expect((await readSubscriptions(site().database))[0]?.webhook).to.equal(webhook);
    const { subscriptions: listed } = await site().service['subscription/list']({}, site().request());
    expect(listed[0]?.WebhookUri).to.equal('https://hooks.contoso.com/\u2026word');
    await sealWebhooks(site().context, secrets);
    await sealWebhooks(site().context, refusing);
    expect((await readSubscriptions(site().database))[0]?.webhook).to.equal('https://hooks.contoso.com/\u2026word');
    expect(await secrets.webhookAddress(1)).to.equal(webhook);
    expect(
      site().lines.filter((line) => /could not be sealed: no|are now kept with the secrets/.test(line)),
    ).to.have.length(2);
  });

  it('are listed, tested and removed where a secret cannot be opened, and say so', async () => {
    await add({ webhookUri: 'https://x.test/', emailAddresses: [] });
    writeFileSync(
      path.join(site().context.site.path, 'secrets.json'),
      JSON.stringify({ webhookSecrets: { sealed: 'dpapi-machine', value: 'eA==' } }),
    );
    const { results } = await site().service['subscription/test']({ name: 'On call' }, site().request());
    expect(results[0]).to.include({ Succeeded: false });
    expect(results[0]?.Answer).to.match(/^The (message could not be sent: |address of the webhook is not known)/);
    const { subscriptions } = await site().service['subscription/list']({}, site().request());
    expect(subscriptions[0]).to.include({ IsWebhookSigned: false });
    expect(subscriptions[0]?.LastError).to.contain('Windows machine');
    const removal = { requestId: newRequestId(), name: 'On call' };
    expect(await site().service['subscription/remove'](removal, site().request())).to.deep.equal({
      names: ['On call'],
    });
  });

  it('send a password only with TLS, and to the server that it was given for', async () => {
    const server = { smtpServer: 'mail.test', sender: 's@mail.test' };
    const set = await notify({ ...server, userName: 'sync', smtpPassword: 'p' });
    expect(set.notification).to.include({ SmtpPort: 587, SmtpSecurity: 'StartTls', HasPassword: true });
    expect(JSON.stringify(set)).to.not.contain('"p"');
    const other = await notify({ smtpServer: 'other.test' });
    expect(other.notification.HasPassword).to.equal(false);
    expect(other.warnings.join()).to.match(/^There is no password for sync at other.test/);
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
