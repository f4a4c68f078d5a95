import { expect } from 'chai';
import { X509Certificate } from 'node:crypto';
import { closeSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect as tlsConnect } from 'node:tls';
import type { JoinToken, Site } from '../../server/contract/generated/types.js';
import { text } from 'node:stream/consumers';
import { once } from 'node:events';
import { ended, RealSite } from '../process/RealSite.js';

const describeElsewhere = process.platform === 'win32' ? describe.skip : describe;

describeElsewhere('command line: a hierarchy in processes of its own', () => {
  let lab: RealSite;
  beforeEach(async () => {
    lab = await RealSite.make({ type: 'CAS' });
  });
  afterEach(() => lab.remove());

  it('token, join, tree, keys and revocation', async () => {
    expect((await lab.cli(['site', 'join-token'])).err)
      .to.contain('does not listen on a port')
      .and.contain('--address');
    const refused = await lab.cli(['certificate']);
    expect([refused.code, refused.err]).to.satisfy(
      ([code, err]: [number, string]) => code === 1 && /has no certificate yet[^]*serve --port/.test(err),
    );
    const parent = await lab.serve(['--port', '0']);
    await expectCertificate(lab);
    const token = await lab.json<JoinToken>('site', 'join-token');
    expect([token.SiteCode, token.Role, token.Address]).to.deep.equal([
      'ABC',
      'Site',
      lab.heartbeat.address.replace('http:', 'https:'),
    ]);
    // There are two sites from here on.
    const named = ['--site-path', lab.path];
    const joining = lab.start(['site', 'new', '--site-code', 'PS1', '--join', '-', '--json']);
    joining.stdin?.end(`${token.Token}\n`);
    const [made] = await Promise.all([text(joining.stdout!), once(joining, 'close')]);
    expect(JSON.parse(made)).to.include({ SiteCode: 'PS1', TypeName: 'Primary', ReportingSiteCode: 'ABC' });
    const again = await lab.cli(['site', 'new', '--site-code', 'PS2', '--join', token.Token]);
    expect([again.code, again.err]).to.satisfy(
      ([code, err]: [number, string]) => code === 1 && /Use --join -\.[^]*already used[^]*site join-token/.test(err),
    );
    expect(
      (await lab.json<Site[]>('site', 'tree', ...named)).map((site) => [site.SiteCode, site.Status]),
    ).to.deep.equal([
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
    const child = await lab.serve(['--port', '0', '--site-code', 'PS1', '--site-path', join(lab.home, 'PS1')]);
    const port = async (): Promise<string> =>
      (await lab.cli(['site', 'update-key', '--site-path', join(lab.home, 'PS1')])).out;
    expect(await port()).to.equal('Rotated: NodeKey, Certificate\n');
    expect((await lab.cli(['site', 'revoke', 'PS9', ...named])).err).to.contain(
      'PS9 has not joined the site ABC. Joined: PS1 (',
    );
    expect((await lab.cli(['site', 'revoke', 'ps1', ...named])).out).to.match(/^PS1 \(.+\) was revoked\n$/);
    expect([await ended(child, 'SIGTERM'), await ended(parent, 'SIGTERM')]).to.deep.equal([0, 0]);
  });
});

/** The certificate of the authority, which issued that of the port: into a file, over one only when told, on stdout. */
async function expectCertificate(lab: RealSite): Promise<void> {
  const file = join(lab.home, 'ca.cer');
  const written = await lab.cli(['certificate', '--path', file]);
  const authority = new X509Certificate(readFileSync(file));
  expect(written).to.include({ code: 0, out: '' });
  expect(written.err).to.contain(authority.fingerprint.replaceAll(':', ''));
  expect((await lab.cli(['certificate', '--path', file])).err)
    .to.contain('already exists')
    .and.contain('--force');
  expect((await lab.cli(['certificate', '--path', join(lab.home, 'none', 'ca.cer')])).err).to.contain(
    'there is no folder',
  );
  writeFileSync(file, 'an earlier one');
  const reader = openSync(file, 'r');
  expect((await lab.cli(['certificate', '--path', file, '--force'])).code).to.equal(0);
  expect(readFileSync(reader, 'utf8'), 'replaced as a whole').to.equal('an earlier one');
  closeSync(reader);
  const { out } = await lab.cli(['certificate']);
  expect(out).to.equal(readFileSync(file, 'utf8')).and.not.contain('KEY');
  const shown = tlsConnect({ port: Number(new URL(lab.heartbeat.address).port), host: '127.0.0.1', ca: [out] });
  await once(shown, 'secureConnect');
  expect(shown.getPeerX509Certificate()?.checkIssued(authority)).to.equal(true);
  shown.destroy();
}
