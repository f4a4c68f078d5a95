import { expect } from 'chai';
import { X509Certificate } from 'node:crypto';
import { closeSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect as tlsConnect } from 'node:tls';
import type { JoinToken, Site } from '../../server/contract/generated/types.js';
import { text } from 'node:stream/consumers';
import { once } from 'node:events';
import { ended, ServeSite } from '../process/serve/ServeSite.js';

const describeElsewhere = process.platform === 'win32' ? describe.skip : describe;

describeElsewhere('command line: a hierarchy in processes of its own', () => {
  let lab: ServeSite;
  beforeEach(() => {
    lab = new ServeSite();
  });
  afterEach(() => lab.remove());

  it('token, join, tree, keys and revocation', async () => {
    await lab.json('site', 'new', '--site-code', 'ABC', '--type', 'CAS');
    expect((await lab.run('site', 'join-token')).err)
      .to.contain('listens on no port')
      .and.contain('--address');
    const refused = await lab.run('certificate');
    expect([refused.code, refused.err]).to.satisfy(
      ([code, err]: [number, string]) => code === 1 && /has no certificate yet[^]*serve --port/.test(err),
    );
    const parent = lab.start(['serve', '--port', '0']);
    await lab.said(parent, 'as a service');
    await expectCertificate(lab);
    const token = await lab.json<JoinToken>('site', 'join-token');
    expect([token.SiteCode, token.Role, token.Address]).to.deep.equal([
      'ABC',
      'Site',
      lab.heartbeat.address.replace('http:', 'https:'),
    ]);
    const joining = lab.start(['site', 'new', '--site-code', 'PS1', '--join', '-', '--json']);
    joining.stdin?.end(`${token.Token}\n`);
    const [made] = await Promise.all([text(joining.stdout!), once(joining, 'close')]);
    expect(JSON.parse(made)).to.include({ SiteCode: 'PS1', TypeName: 'Primary', ReportingSiteCode: 'ABC' });
    const again = await lab.run('site', 'new', '--site-code', 'PS2', '--join', token.Token);
    expect([again.code, again.err]).to.satisfy(
      ([code, err]: [number, string]) => code === 1 && /use --join -\.[^]*used already[^]*site join-token/.test(err),
    );
    expect((await lab.json<Site[]>('site', 'tree')).map((site) => [site.SiteCode, site.Status])).to.deep.equal([
      ['ABC', 1],
      ['PS1', 2],
    ]);
    const second = await lab.json<Site>(
      'site',
      'new',
      '--site-code',
      'PS2',
      '--parent-site-code',
      'ABC',
      '--server-name',
      'ps2.test',
    );
    expect([second.ServerName, second.ReportingSiteCode]).to.deep.equal(['ps2.test', 'ABC']);
    const child = lab.start(['serve', '--port', '0', '--site-code', 'PS1', '--site-path', join(lab.home, 'PS1')]);
    await lab.said(child, 'as a service');
    const port = async (): Promise<string> =>
      (await lab.run('site', 'update-key', '--site-path', join(lab.home, 'PS1'))).out;
    expect(await port()).to.equal('Rotated: NodeKey, Certificate\n');
    expect((await lab.run('site', 'revoke', 'PS9')).err).to.contain('No PS9 has joined the site ABC. Joined: PS1 (');
    expect((await lab.run('site', 'revoke', 'ps1')).out).to.match(/^PS1 \(.+\) is cut off\n$/);
    expect([await ended(child, 'SIGTERM'), await ended(parent, 'SIGTERM')]).to.deep.equal([0, 0]);
  }).timeout(120_000);
});

/** The certificate of the authority, which issued that of the port: into a file, over one only when told, on stdout. */
async function expectCertificate(lab: ServeSite): Promise<void> {
  const file = join(lab.home, 'ca.cer');
  const written = await lab.run('certificate', '--path', file);
  const authority = new X509Certificate(readFileSync(file));
  expect(written).to.include({ code: 0, out: '' });
  expect(written.err).to.contain(authority.fingerprint.replaceAll(':', ''));
  expect((await lab.run('certificate', '--path', file)).err)
    .to.contain('is there already')
    .and.contain('--force');
  writeFileSync(file, 'an earlier one');
  const reader = openSync(file, 'r');
  expect((await lab.run('certificate', '--path', file, '--force')).code).to.equal(0);
  expect(readFileSync(reader, 'utf8'), 'replaced as a whole').to.equal('an earlier one');
  closeSync(reader);
  const { out } = await lab.run('certificate');
  expect(out).to.equal(readFileSync(file, 'utf8')).and.not.contain('KEY');
  const shown = tlsConnect({ port: Number(new URL(lab.heartbeat.address).port), host: '127.0.0.1', ca: [out] });
  await once(shown, 'secureConnect');
  expect(shown.getPeerX509Certificate()?.checkIssued(authority)).to.equal(true);
  shown.destroy();
}
