import { expect } from 'chai';
import { X509Certificate } from 'node:crypto';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import {
  certificateFacts,
  type CertificateFacts,
  certificateNames,
  renewalReason,
} from '../../server/link/certificates/certificateFacts.js';
import { type CertificateOptions, siteCertificates } from '../../server/link/certificates/siteCertificates.js';
import { createSealer } from '../../server/platform/sealSecret.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { caughtFrom } from '../rpc/caught.js';

const DAY = 86_400_000;

describe('certificates of a site', () => {
  const folder = temporaryFolder();
  const now = new Date('2026-03-01T00:00:00Z');
  const options = (change: Partial<CertificateOptions> = {}): CertificateOptions => ({
    site: { path: folder(), secret: 's', siteCode: 'CS1', siteGuid: '1', serverName: 'CS1.contoso.com' },
    sealer: createSealer({
      platform: 'linux',
      env: {},
      run: async () => Promise.reject(new TypeError('nothing is run here')),
    }),
    now,
    furtherNames: [],
    ...change,
  });

  it(
    'are made once: an authority of 25 years and a leaf of 13 months for the names of the server, in a file for ' +
      'this account alone',
    async () => {
      const made = await siteCertificates(
        options({ furtherNames: ['10.0.0.7', 'sup.contoso.com', '0.0.0.0', 'no name'] }),
      );
      const [authority, leaf] = [
        new X509Certificate(made.authority.certificate),
        new X509Certificate(made.leaf.certificate),
      ];
      expect([
        authority.ca,
        leaf.ca,
        leaf.verify(authority.publicKey),
        authority.verify(authority.publicKey),
      ]).to.deep.equal([true, false, true, true]);
      expect([leaf.publicKey.asymmetricKeyDetails?.namedCurve, leaf.keyUsage]).to.deep.equal([
        'prime256v1',
        ['1.3.6.1.5.5.7.3.1'],
      ]);
      const days = (certificate: X509Certificate): number =>
        Math.round((Date.parse(certificate.validTo) - now.getTime()) / DAY);
      expect([days(authority), days(leaf)]).to.deep.equal([25 * 365, 396]);
      expect(certificateFacts(made.leaf.certificate, made.authority.certificate).names).to.have.members([
        'localhost',
        'cs1.contoso.com',
        'sup.contoso.com',
        '127.0.0.1',
        '::1',
        '10.0.0.7',
      ]);
      if (process.platform !== 'win32')
        expect(statSync(path.join(folder(), 'certificates.json')).mode & 0o007).to.equal(0);
      expect(await siteCertificates(options())).to.deep.equal({ ...made, renewed: undefined });
    },
  );

  it('get a new leaf under the same authority when it is due, with the names it had', async () => {
    const made = await siteCertificates(options({ furtherNames: ['sup.contoso.com'] }));
    const late = new Date(now.getTime() + 270 * DAY);
    const renewed = await siteCertificates(options({ now: late }));
    expect([renewed.renewed, renewed.authority]).to.deep.equal([
      'less than a third of its lifetime is left',
      made.authority,
    ]);
    expect(certificateFacts(renewed.leaf.certificate, renewed.authority.certificate).names).to.include(
      'sup.contoso.com',
    );
    expect((await siteCertificates(options({ now: late, furtherNames: ['new.contoso.com'] }))).renewed).to.equal(
      'it does not name new.contoso.com',
    );
    expect((await siteCertificates(options({ now: late, isRotation: true }))).renewed).to.equal('its key is rotated');
  });

  it('are sealed on Windows', async () => {
    const sealed: string[] = [];
    const sealer = {
      seal: async (secret: string) => {
        sealed.push(secret);
        return Promise.resolve({ sealed: 'dpapi-machine' as const, value: String(sealed.length - 1) });
      },
      open: async (stored: unknown) => Promise.resolve(sealed[Number((stored as { value: string }).value)] ?? ''),
    };
    const made = await siteCertificates(options({ sealer }));
    expect(readFileSync(path.join(folder(), 'certificates.json'), 'utf8')).not.to.contain('PRIVATE KEY');
    expect((await siteCertificates(options({ sealer }))).leaf).to.deep.equal(made.leaf);
  });

  it('that cannot be read are named, never replaced', async () => {
    writeFileSync(path.join(folder(), 'certificates.json'), '{');
    expect((await caughtFrom(siteCertificates(options()))).errorId).to.equal('CertificatesInvalid');
    expect(readFileSync(path.join(folder(), 'certificates.json'), 'utf8')).to.equal('{');
  });

  it('are due for these reasons and no others', () => {
    const facts: CertificateFacts = { notBefore: 0, notAfter: 300, names: ['a', 'b'], isIssuedBySite: true };
    const reasons = [
      renewalReason(facts, ['a'], 200),
      renewalReason(facts, ['a'], 201),
      renewalReason(facts, ['a'], 300),
      renewalReason(facts, [], -1),
      renewalReason(facts, ['b', 'c'], 1),
      renewalReason({ ...facts, isIssuedBySite: false }, [], 1),
    ];
    expect(reasons).to.deep.equal([
      undefined,
      'less than a third of its lifetime is left',
      'it has expired',
      'it is not valid yet',
      'it does not name c',
      'the site has another certificate authority',
    ]);
  });

  it('name what can be a name', () => {
    expect(
      certificateNames('SRV-1', ['[::1]', 'FE80::1', 'a_b.c', '-', '*.contoso.com', 'x'.repeat(300)]),
    ).to.deep.equal({
      subject: 'SRV-1',
      hosts: ['localhost', 'srv-1', 'a_b.c'],
      addresses: ['127.0.0.1', '::1', 'fe80::1'],
    });
  });
});
