import { expect } from 'chai';
import type { ServiceParts } from '../../server/api/ServiceParts.js';
import { importCatalog } from '../../server/api/catalog.js';
import { createJoinToken, updateKey } from '../../server/api/sites.js';
import { ChildLinkClient } from '../../server/link/ChildLinkClient.js';
import { SiteLinks } from '../../server/link/SiteLinks.js';
import { systemClock } from '../../server/platform/Clock.js';
import { packageVersion } from '../../server/platform/packageFolder.js';
import type { Asked } from '../../server/api/Handler.js';
import { newRequestId } from '../engine/TestSite.js';
import { caughtFrom } from '../rpc/caught.js';
import { type LabSite, LinkLab } from './LinkLab.js';
import { openLabContext } from './openLabContext.js';

describe('site link: why it ends or is not there', () => {
  let lab: LinkLab;
  beforeEach(() => {
    lab = new LinkLab();
  });
  afterEach(async () => lab.remove());

  /** A second connection of the node that a site is, which has not begun. */
  function secondOf({ host, site }: LabSite): ChildLinkClient {
    if (host.parent === undefined) expect.fail('the site has a parent');
    const { siteCode, serverName } = site;
    return new ChildLinkClient({
      record: host.parent.parent,
      keepRecord: async () => Promise.resolve(),
      random: () => 0,
      node: { siteCode, serverName },
      version: packageVersion(),
      clock: systemClock,
      log: () => undefined,
    });
  }

  async function family(): Promise<{ top: LabSite; child: LabSite }> {
    const top = await lab.site('CS1', { type: 'CAS' });
    const child = await lab.site('PS1', { token: await top.token() });
    await child.parentIs(true);
    return { top, child };
  }

  /** The lines of a site about an error, by the beginning of its message. */
  const told = (site: LabSite, message: string): string[] =>
    site.lines().filter((line) => line.startsWith(`Site link: no connection to the parent CS1: ${message}`));

  it('a newer connection of the same node takes its place (LinkReplaced)', async () => {
    const { child } = await family();
    const second = secondOf(child);
    const ended = child.parentIs(false);
    second.start();
    await ended;
    await second.close();
    await lab.stop();
    expect(told(child, 'A newer connection of PS1 (ps1.test) has replaced this one.')).to.have.length(1);
  });

  it(
    'the parent cuts it off while it is connected, and says so again to whoever has its key ' + '(LinkRevoked)',
    async () => {
      const { top, child } = await family();
      const ended = child.parentIs(false);
      await top.revoke('PS1');
      await ended;
      await lab.stop();
      expect(told(child, 'The site CS1 revoked PS1 (ps1.test) at ')).to.not.deep.equal([]);
    },
  );

  it('the port of the parent is closed (LinkBroken)', async () => {
    const { top, child } = await family();
    const ended = child.parentIs(false);
    await top.stop();
    await ended;
    await lab.stop();
    expect(told(child, 'The link with CS1 failed: its port was closed.')).to.have.length(1);
  });

  it('nothing is asked of a parent without a connection (ParentNotConnected)', async () => {
    const { child } = await family();
    const error = await caughtFrom(secondOf(child).claim('PS2'));
    expect([error.errorId, error.message]).to.deep.equal([
      'ParentNotConnected',
      'The site PS1 is not connected to its parent CS1.',
    ]);
  });

  it('a site without a port invites nobody and has no key (ListenerClosed, SiteHasNoParent)', async () => {
    const { site } = await lab.folder('PR1');
    const context = await openLabContext(site, 1);
    const links = new SiteLinks({
      context,
      record: undefined,
      log: () => undefined,
      onOpen: async () => Promise.resolve(),
    });
    const parts = { context, links } as unknown as ServiceParts;
    try {
      expect(await caughtFrom(createJoinToken(parts, { requestId: newRequestId() }))).to.include({
        errorId: 'ListenerClosed',
        message: 'The site PR1 does not listen on a port, so nobody could join.',
      });
      expect(await caughtFrom(updateKey(parts))).to.include({
        errorId: 'SiteHasNoParent',
        message: 'The site PR1 has neither a parent nor a port, so it has no key to rotate.',
      });
    } finally {
      await links.close();
      await context.log.close();
      await context.documents.close();
      await context.database.close();
    }
  });

  it('a site with a parent imports nothing itself (ImportOnReplica)', async () => {
    const parts = { context: { site: { siteCode: 'PS1' }, parent: { siteCode: 'CS1' } } } as unknown as ServiceParts;
    const error = await caughtFrom(importCatalog(parts, { requestId: newRequestId(), path: 'in.cab' }, {} as Asked));
    expect([error.errorId, error.message]).to.deep.equal([
      'ImportOnReplica',
      'Site PS1 follows its parent CS1, so it cannot import packages.',
    ]);
  });
});
