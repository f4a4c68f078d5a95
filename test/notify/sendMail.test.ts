import { expect } from 'chai';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { createLeaf } from '../../server/link/certificates/issue.js';
import { sendMail, type MailServer } from '../../server/notify/sendMail.js';
import type { Outcome } from '../../server/notify/Outcome.js';
import { UTC } from '../../server/schedule/zone.js';
import { DEFAULT_NOTIFICATION } from '../../server/state/NotificationSettings.js';
import { testCertificates } from '../link/siteCertificate.js';
import { MailListener, type MailManner } from './MailListener.js';
import { sampleAlert, sampleMessage } from './sampleAlerts.js';

describe('Mail of an alert', () => {
  let listener: MailListener | undefined;
  afterEach(async () => {
    await listener?.close();
    listener = undefined;
  });
  const message = sampleMessage([sampleAlert(1, { name: 'Caf\u00e9\r\nBcc: all@evil.test' })]);

  async function sent(manner: MailManner, more: Partial<MailServer> = {}): Promise<Outcome> {
    listener = await MailListener.open(manner);
    return sendMail('ops@contoso.com', message, {
      ...DEFAULT_NOTIFICATION,
      smtpServer: '127.0.0.1',
      smtpPort: listener.port,
      smtpSecurity: 'None',
      sender: 'sync@contoso.com',
      password: undefined,
      authorities: undefined,
      zone: UTC,
      siteGuid: '00000000-0000-0000-0000-000000000001',
      ...more,
    });
  }
  const pem = async (): Promise<{ cert: string; key: string; authorities: string[] }> => {
    const { authority, leaf } = await testCertificates();
    return { cert: leaf.certificate, key: leaf.key, authorities: [authority.certificate] };
  };

  it('arrives whole, with the key as its Message-ID and no header but ours', async () => {
    const outcome = await sent({});
    expect(outcome).to.deep.equal({ isDelivered: true, isFinal: true, isRefused: false, answer: '250 taken as 1' });
    const [mail] = listener?.mails ?? [];
    expect(mail).to.deep.include({ from: 'sync@contoso.com', to: ['ops@contoso.com'] });
    const head =
      (mail?.text ?? '')
        .split('\r\n\r\n')[0]
        ?.replace(/\r\n[ \t]+/g, ' ')
        .split('\r\n') ?? [];
    expect(head).to.include(`Message-ID: <${message.key}@00000000-0000-0000-0000-000000000001.configmgrsync>`);
    expect(head).to.include('To: ops@contoso.com').and.to.include('From: sync@contoso.com');
    expect(head).to.include('Auto-Submitted: auto-generated');
    expect(head.filter((line) => /^bcc/i.test(line))).to.deep.equal([]);
    expect(mail?.text).to.contain('text/plain').and.to.contain('text/html').and.to.contain('Look at the network.');
  });

  it('is sent with a name and password over TLS that is verified, from the beginning or after STARTTLS', async () => {
    const { authorities, ...tls } = await pem();
    for (const smtpSecurity of ['StartTls', 'Tls'] as const) {
      const outcome = await sent(
        { tls: { ...tls, fromBeginning: smtpSecurity === 'Tls' }, wantsLogin: true },
        { smtpSecurity, authorities, userName: 'sync', password: 'p\u00e4ss' },
      );
      expect(outcome.answer).to.equal('250 taken as 1');
      expect(listener?.mails[0]).to.include({ isEncrypted: true, user: 'sync:p\u00e4ss' });
      await listener?.close();
    }
  });

  it('is not sent to a server that cannot prove who it is', async () => {
    const { authorities, ...tls } = await pem();
    const { authority } = await testCertificates();
    const names = { subject: 'other.test', hosts: ['other.test'], addresses: [] };
    const other = await createLeaf(authority, names, new Date());
    const cases: readonly [MailManner, Partial<MailServer>, RegExp][] = [
      [{}, { smtpSecurity: 'StartTls' }, /did not start TLS/],
      [{ tls: { ...tls } }, { smtpSecurity: 'StartTls' }, /self.signed|certificate/i],
      [
        { tls: { cert: other.certificate, key: other.key } },
        { smtpSecurity: 'StartTls', authorities },
        /does not match/,
      ],
      [{}, { smtpSecurity: 'Tls' }, /could not be used|did not start TLS/],
    ];
    for (const [manner, more, reason] of cases) {
      const outcome = await sent(manner, { userName: 'sync', password: 'secret', ...more });
      expect(outcome).to.include({ isDelivered: false, isFinal: false });
      expect(outcome.answer).to.match(reason);
      expect(listener?.mails).to.deep.equal([]);
      await listener?.close();
    }
  });

  it('is tried again where the server says no, for good only where it does not know the address', async () => {
    const cases: readonly [string, string, boolean, true?][] = [
      ['GREETING', '421 busy', false],
      ['GREETING', '554 no service', false],
      ['DATA', '554 no valid recipients', false],
      ['MESSAGE', '554 5.7.1 looks like spam', false, true],
      ['MESSAGE', '552 too large', false, true],
      ['MAIL', '550 5.7.1 sender denied', false],
      ['RCPT', '550 5.1.1 unknown', true],
      ['RCPT', '554 5.7.1 relay denied', false],
      ['RCPT', '451 later', false],
      ['DATA', '452 disk', false],
      ['MESSAGE', '451 4.3.0 not now', false],
      ['MESSAGE', 'CUT', false],
      ['GREETING', 'nonsense', false],
    ];
    for (const [at, said, isFinal, isRefused = false] of cases) {
      const outcome = await sent({ answer: (command) => (command === at ? said : undefined) });
      expect(outcome, `${at} ${said}`).to.include({ isDelivered: false, isFinal, isRefused });
      if (/^\d/.test(said)) expect(outcome.answer).to.contain(said.slice(4));
      await listener?.close();
    }
  });

  it('names the reason where the password is wrong, without the password', async () => {
    const { authorities, ...tls } = await pem();
    const login = Buffer.from('\0sync\0geheim').toString('base64');
    const wrong = `535 5.7.8 wrong: AUTH PLAIN ${login}`;
    const outcome = await sent(
      { tls, wantsLogin: true, answer: (command) => (command === 'AUTH' ? wrong : undefined) },
      { smtpSecurity: 'StartTls', authorities, userName: 'sync', password: 'geheim' },
    );
    expect(outcome.isFinal).to.equal(false);
    expect(outcome.answer)
      .to.match(/did not accept user name and password: 535 5.7.8 wrong/)
      .and.not.contain('geheim')
      .and.not.contain(login);
  });

  it('does not wait for a server that hangs or drips', async () => {
    for (const manner of [{ answer: () => '' }, { drips: true }]) {
      const outcome = await sent(manner, { deadline: 250 });
      expect(outcome.answer).to.match(/did not finish within 0.25 seconds/);
      expect(outcome).to.include({ isDelivered: false, isFinal: false });
      await listener?.close();
    }
  });

  it('is not begun by an engine that has ended', async () => {
    const outcome = await sent({ answer: () => '' }, { signal: AbortSignal.abort() });
    expect(outcome.isDelivered).to.equal(false);
  });

  it('is delivered once the server took it, whatever fails afterwards', async () => {
    const outcome = await sent({ answer: (command) => (command === 'QUIT' ? 'CUT' : undefined) });
    expect(outcome.isDelivered).to.equal(true);
  });

  it('names a port where nobody listens', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    server.close();
    await once(server, 'close');
    const outcome = await sent({}, { smtpPort: port });
    expect(outcome.answer).to.match(new RegExp(`127.0.0.1:${port} could not be used`));
  });
});
