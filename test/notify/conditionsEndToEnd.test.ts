import { expect } from 'chai';
import { readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { SyncError } from '../../server/errors/SyncError.js';
import { createAuthority, createLeaf } from '../../server/link/certificates/issue.js';
import { writeCertificates } from '../../server/link/certificates/siteCertificates.js';
import { realSealer } from '../../server/platform/sealSecret.js';
import { DAY, HOUR, MINUTE } from '../../server/schedule/zone.js';
import { update } from '../engine/catalogue.js';
import { newRequestId, type TestSite, testSite } from '../engine/TestSite.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { rowsOf, Tree, type TreeSite, until } from '../link/Tree.js';

/** Somebody is told of each alert of a site at once. */
async function subscribe(site: TestSite): Promise<void> {
  const asked = { requestId: newRequestId(), name: 'On call', emailAddresses: ['oncall@contoso.com'] };
  await site.service['subscription/add'](asked, site.request());
  await site.service['notification/set']({ requestId: newRequestId(), digestMinutes: 0 }, site.request());
}

/** What the subscriber of a site was told of the conditions that are looked for; waits for as many. */
async function told(site: TestSite, kinds: RegExp, count: number): Promise<readonly string[]> {
  const messages = (): string[] =>
    site.sent
      .flatMap(({ alerts }) => alerts)
      .filter(({ kind }) => kinds.test(kind))
      .map(({ state, kind, name }) => `${state} ${kind}: ${name.split(': ')[1] ?? ''}`);
  await until(async () => Promise.resolve(messages().length >= count));
  return messages();
}

describe('The subscribers of a site hear once that it begins, and once that it is over', () => {
  const folder = temporaryFolder();
  let tree: Tree;
  let top: TreeSite;
  let primary: TreeSite;

  beforeEach(async () => {
    tree = new Tree(folder());
    top = await tree.top();
    primary = await tree.node(top, { id: 1, siteCode: 'PS1', serverName: 'ps1.test' });
    top.links.now = () => new Date(top.site.clock);
    for (const one of [top.site, primary.site]) {
      one.source.put(update(1));
      await subscribe(one);
    }
    await top.site.sync();
    await until(async () => (await rowsOf(top.site)).includes('PS1 ps1.test < cs1.test: 6702 v1'));
  });
  afterEach(async () => tree.close());

  it('a software update point that is out of step', async () => {
    primary.site.source.onOpen = async () =>
      Promise.reject(new SyncError('UpstreamUnreachable', { url: 'https://cs1.test:8531', reason: 'no route' }));
    top.site.source.put(update(2));
    await top.site.sync();
    await until(async () => (await rowsOf(top.site)).includes('PS1 ps1.test < cs1.test: 6703 v1'));
    await top.site.alerts.look();
    for (const _ of [1, 2]) {
      top.site.clock += 61 * MINUTE;
      await top.site.alerts.look();
    }
    expect(await told(top.site, /^PointOut/, 1)).to.deep.equal(['Raised PointOutOfStep: ps1.test']);
    primary.site.source.onOpen = async () => Promise.resolve();
    await primary.site.sync();
    await until(async () => (await rowsOf(top.site)).includes('PS1 ps1.test < cs1.test: 6702 v2'));
    for (const _ of [1, 2]) await top.site.alerts.look();
    expect(await told(top.site, /^PointOut/, 2))
      .to.have.length(2)
      .and.include('Resolved PointOutOfStep: ps1.test');
  });

  it('a software update point that is silent', async () => {
    primary.link?.disconnect();
    await top.site.alerts.look();
    for (const _ of [1, 2]) {
      top.site.clock += 31 * MINUTE;
      await top.site.alerts.look();
    }
    expect(await told(top.site, /^PointSilent/, 1)).to.deep.equal(['Raised PointSilent: ps1.test']);
    primary.link?.connect();
    for (const _ of [1, 2]) await top.site.alerts.look();
    expect(await told(top.site, /^PointSilent/, 2)).to.deep.equal([
      'Raised PointSilent: ps1.test',
      'Resolved PointSilent: ps1.test',
    ]);
  });

  it('that the parent has revoked the site', async () => {
    const { site: child, link } = primary;
    const facts = { site: 'CS1', node: 'PS1 (ps1.test)', time: '2024-06-01T00:00:00.000Z' };
    link?.disconnect(new SyncError('LinkRevoked', facts));
    await until(async () => (await child.status()).ReplicationLinkStatusName === 'Revoked');
    for (const _ of [1, 2]) await child.alerts.look();
    expect(await told(child, /^PointRevoked/, 1)).to.deep.equal(['Raised PointRevoked: ps1.test']);
    link?.connect();
    await until(async () => (await child.status()).ReplicationLinkStatusName === 'Healthy');
    for (const _ of [1, 2]) await child.alerts.look();
    expect(await told(child, /^PointRevoked/, 2)).to.deep.equal([
      'Raised PointRevoked: ps1.test',
      'Resolved PointRevoked: ps1.test',
    ]);
  });
});

describe('The subscribers of a site without others hear once that it begins, and once that it is over', () => {
  const site = testSite();

  it('damage of the store', async () => {
    await subscribe(site());
    site().source.put(update(1));
    await site().sync();
    const documents = join(site().context.site.path, 'documents');
    const [segment = ''] = readdirSync(documents).filter((name) => name.endsWith('.seg'));
    const [there, away] = [join(documents, segment), join(site().context.site.path, segment)];
    renameSync(there, away);
    for (const _ of [1, 2]) {
      site().clock += HOUR;
      await site().alerts.look();
    }
    expect(await told(site(), /^Damage/, 1)).to.deep.equal(['Raised DamageFound: site CS1']);
    renameSync(away, there);
    for (const _ of [1, 2]) {
      site().clock += MINUTE;
      await site().alerts.look();
    }
    expect(await told(site(), /^Damage/, 2)).to.deep.equal([
      'Raised DamageFound: site CS1',
      'Resolved DamageFound: site CS1',
    ]);
  });

  it('a certificate that ends', async () => {
    await subscribe(site());
    const place = { site: site().context.site, sealer: realSealer() };
    const made = async (time: number): Promise<void> => {
      const authority = await createAuthority({ siteCode: 'CS1', siteGuid: 'g' }, new Date(time));
      const names = { subject: 'cs1.test', hosts: ['cs1.test'], addresses: [] };
      await writeCertificates({ authority, leaf: await createLeaf(authority, names, new Date(time)) }, place);
    };
    await made(site().clock - 390 * DAY);
    for (const _ of [1, 2]) await site().alerts.look();
    expect(await told(site(), /^Certificate/, 1)).to.deep.equal(['Raised CertificateEnds: site CS1']);
    await made(site().clock);
    for (const _ of [1, 2]) await site().alerts.look();
    expect(await told(site(), /^Certificate/, 2)).to.deep.equal([
      'Raised CertificateEnds: site CS1',
      'Resolved CertificateEnds: site CS1',
    ]);
  });
});
