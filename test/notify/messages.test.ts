import { expect } from 'chai';
import { messageKey } from '../../server/notify/AlertMessage.js';
import { isPlainAddress, reasonAgainstWebhook } from '../../server/notify/addresses.js';
import { htmlText, plainText, subjectOf } from '../../server/notify/messageText.js';
import { webhookBody } from '../../server/notify/webhookBody.js';
import { UTC } from '../../server/schedule/zone.js';
import { sampleAlert, sampleMessage } from './sampleAlerts.js';

const HOSTILE = 'x\r\nBcc: all@evil.test\r\n\r\n<script>alert(1)</script> <!channel> [a](http://evil.test) \u202ecod';

describe('What a message of alerts says', () => {
  it('has the cause and the next step, in text and in HTML the same', () => {
    const message = sampleMessage([sampleAlert(1), sampleAlert(2, { state: 'Resolved', nextStep: '' })]);
    const text = plainText(message, UTC);
    expect(text).to.equal(
      'Error: Alert 1\nSite: CS1\nRaised at: 2026-11-30 12:00:00\n' +
        'Cause: UpstreamUnreachable: The upstream cannot be reached.\nNext step: Look at the network.\n\n' +
        'Resolved: Alert 2\nSite: CS1\nResolved at: 2026-11-30 12:00:00\n' +
        'It was raised because: UpstreamUnreachable: The upstream cannot be reached.\n\n' +
        'Sent by ConfigMgrSync on cs1.test. Get-CMAlert shows all alerts.\n',
    );
    const html = htmlText(message, UTC)
      .replace(/<br>|<\/p>/g, '\n')
      .replace(/<[^>]*>/g, '');
    expect(html.split('\n').filter(Boolean)).to.deep.equal(text.split('\n').filter(Boolean));
    expect(subjectOf(message)).to.equal('[ConfigMgrSync CS1] 2 alerts');
    expect(subjectOf(sampleMessage([sampleAlert(1)]))).to.equal('[ConfigMgrSync CS1] Error: Alert 1');
  });

  it('tells how many alerts it does not show', () => {
    const text = plainText(sampleMessage([sampleAlert(1)], { count: 10_000 }), UTC);
    expect(text).to.contain('9999 more alerts are not shown.');
  });

  it('lets no name end a header, a line or an element', () => {
    const message = sampleMessage([sampleAlert(1, { name: HOSTILE, cause: HOSTILE })]);
    expect(subjectOf(message)).to.not.match(/[\r\n\u202e]/);
    expect(
      plainText(message, UTC)
        .split('\n')
        .filter((line) => /^(bcc|<script)/i.test(line)),
    ).to.deep.equal([]);
    expect(htmlText(message, UTC)).to.not.contain('<script').and.to.not.contain('<!channel');
    expect(webhookBody(message, 'Slack', UTC)).to.not.contain('<!channel');
    expect(webhookBody(message, 'Teams', UTC)).to.contain('\\\\[a\\\\](http');
  });

  it('has the form that its receiver takes', () => {
    const message = sampleMessage([sampleAlert(1)]);
    const parsed = (format: 'Json' | 'Teams' | 'Slack'): unknown => JSON.parse(webhookBody(message, format, UTC));
    expect(parsed('Json')).to.deep.include({ version: 1, key: message.key, siteCode: 'CS1', count: 1 });
    expect(parsed('Json')).to.have.nested.property('alerts[0].time', '2026-11-30T12:00:00.000Z');
    expect(parsed('Teams')).to.have.nested.property('attachments[0].content.type', 'AdaptiveCard');
    expect(parsed('Slack')).to.have.property('text').that.contains('Next step: Look at the network.');
  });

  it('is no longer than Teams and Slack take, and says what it leaves out', () => {
    const cause = 'The server says \u00e9 '.repeat(30);
    const alerts = Array.from({ length: 100 }, (_unused, index) => sampleAlert(index, { cause }));
    const message = sampleMessage(alerts, { count: 10_000 });
    const body = webhookBody(message, 'Teams', UTC);
    expect(Buffer.byteLength(body)).to.be.below(28 * 1024);
    expect(body).to.match(/99\d\d more alerts are not shown/);
    expect(webhookBody(message, 'Slack', UTC).length).to.be.below(40_000);
  });

  it('has a key of its own for each receiver, number and time, and the same for each attempt', () => {
    const parts = { receiver: '1 mail a@b.c', batch: 1, at: 5 };
    const keys = [
      messageKey('s', parts),
      messageKey('t', parts),
      messageKey('s', { ...parts, batch: 2 }),
      messageKey('s', { ...parts, at: 6 }),
      messageKey('s', { ...parts, receiver: '1 webhook' }),
    ];
    expect(new Set(keys).size).to.equal(5);
    expect(messageKey('s', { ...parts })).to.equal(keys[0]);
  });
});

describe('Addresses of receivers', () => {
  it('are plain: no names, lists, quotes or lines', () => {
    const plain = ['a@b', 'update.team+sync@contoso.com', "o'neil@x-y.example"];
    const others = [
      '',
      'a',
      '@b',
      'a@',
      'A <a@b.c>',
      'a@b.c, d@e.f',
      'a@b.c\r\nBcc: d@e.f',
      '"a b"@c',
      'a b@c',
      'a@b..c',
    ];
    const more = [
      'a..b@c',
      'a@-b',
      `${'a'.repeat(65)}@b.c`,
      'a@b c',
      'a@b.c\n',
      'a@[1.2.3.4]',
      'caf\u00e9@b.c',
      'a@b>c',
    ];
    expect(plain.filter((text) => !isPlainAddress(text))).to.deep.equal([]);
    expect([...others, ...more].filter(isPlainAddress)).to.deep.equal([]);
  });

  it('of webhooks are https, http on this machine only', () => {
    const fine = [
      'https://hooks.slack.com/services/a',
      'http://localhost:9/a',
      'http://127.0.0.1/',
      'http://[::1]:80/',
    ];
    const wrong = [
      'http://contoso.com/',
      'ftp://contoso.com/',
      'https://u:p@contoso.com/',
      'x',
      'http://127.0.0.1.evil.test/',
      'http://evil.localhost/',
    ];
    expect(fine.flatMap((text) => reasonAgainstWebhook(text) ?? [])).to.deep.equal([]);
    expect(wrong.filter((text) => reasonAgainstWebhook(text) === undefined)).to.deep.equal([]);
  });
});
