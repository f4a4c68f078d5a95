import { expect } from 'chai';
import { siteTree } from '../../server/api/sites.js';
import { below } from '../monitor/healthParts.js';
import { caughtFrom } from '../rpc/caught.js';
import { readParentRecord, writeParentRecord } from '../../server/link/ParentRecord.js';
import { realSealer } from '../../server/platform/sealSecret.js';
import { LinkLab, reportOf, stateOf } from './LinkLab.js';

describe('site link: two engines', () => {
  let lab: LinkLab;
  beforeEach(() => {
    lab = new LinkLab();
  });
  afterEach(async () => lab.remove());

  it('a site joins by token, gets states and reports, and is shown in the tree', async () => {
    const top = await lab.site('CS1', { type: 'CAS' });
    const child = await lab.site('PS1', { token: await top.token() });
    expect([child.site.type, child.site.parentSiteCode]).to.deep.equal(['Primary', 'CS1']);
    expect((await top.connected('PS1')).role).to.equal('Site');
    void top.host.children.publishTo(1, stateOf(1, 1));
    expect((await child.state((state) => state.request?.id === 1)).settingsVersion).to.equal(1);
    void child.host.parent?.report(reportOf('PS1', 1));
    expect((await top.node('PS1', (node) => node.lastReport?.handled.requestId === 1)).lastReport?.siteCode).to.equal(
      'PS1',
    );
    const findings = [below('PS1', 'No product is subscribed.')];
    void child.host.parent?.report({ ...reportOf('PS1', 2), findings });
    const told = await top.node('PS1', (node) => node.lastReport?.handled.requestId === 2);
    expect(told.lastReport?.findings).to.deep.equal(findings);
    const { sites, servers } = await siteTree(top.parts);
    expect(sites.map((site) => [site.SiteCode, site.TypeName, site.ReportingSiteCode, site.Status])).to.deep.equal([
      ['CS1', 'CAS', '', 1],
      ['PS1', 'Primary', 'CS1', 1],
    ]);
    expect(servers.map((server) => server.NetworkOSPath)).to.deep.equal(['\\\\cs1.test', '\\\\ps1.test']);
    await lab.stop();
    expect(top.lines())
      .to.include('Site link: PS1 (ps1.test) has joined as Primary (node 1).')
      .and.include('Site link: PS1 (ps1.test) has connected.');
    expect(child.lines()).to.include(`Site link: connected to the parent CS1 at ${top.url}.`);
  });

  it('a node that is connected to another server of the site is connected, and its reports are known', async () => {
    const top = await lab.site('CS1', { type: 'CAS' });
    const child = await lab.site('PS1', { token: await top.token() });
    await top.connected('PS1');
    await child.stop();
    await top.node('PS1', (node) => !node.connected);
    await top.host.nodes.keep();
    const further = await top.further();
    const record = await readParentRecord(child.site, realSealer());
    if (record === undefined) throw new TypeError('the child has no parent');
    const address = `https://127.0.0.1:${further.port}`;
    await writeParentRecord(child.site, { ...record, address }, realSealer());
    await child.start();
    await child.parentIs(true);
    const reported = new Promise<void>((resolve) => {
      further.host.children.onChange((node) => (node.lastReport === undefined ? undefined : resolve()));
    });
    void child.host.parent?.report(reportOf('PS1', 3));
    await reported;
    await further.host.nodes.keep();
    const heard: boolean[] = [];
    top.host.children.onChange((node) => heard.push(node.connected));
    await top.host.refresh();
    expect(heard).to.deep.equal([true]);
    const [node] = top.host.children.nodes();
    expect([node?.connected, node?.lastReport?.handled.requestId]).to.deep.equal([true, 3]);
    await child.stop();
    await further.stop();
  });

  it(
    'a node that was away gets the newest state and nothing of what was before it; the last report survives a ' +
      'restart of the parent',
    async () => {
      const top = await lab.site('CS1', { type: 'CAS' });
      const child = await lab.site('PS1', { token: await top.token() });
      await top.connected('PS1');
      void child.host.parent?.report(reportOf('PS1', 7));
      await top.node('PS1', (node) => node.lastReport !== undefined);
      await child.stop();
      await top.node('PS1', (node) => !node.connected);
      void top.host.children.publishTo(1, stateOf(1, 1));
      void top.host.children.publishTo(1, stateOf(1, 2));
      await child.start();
      const states: number[] = [];
      child.host.parent?.onState((state) => states.push(state.request?.id ?? 0));
      await child.state((state) => state.request?.id === 2);
      expect(states).to.deep.equal([2]);
      await child.stop();
      await top.stop();
      await top.start();
      expect(top.host.children.nodes()[0]?.lastReport?.handled.requestId).to.equal(7);
      expect(top.host.children.nodes()[0]?.connected).to.equal(false);
      await child.start();
      await top.connected('PS1');
    },
  );

  it('three levels: a code is free in the whole hierarchy or refused, with the reason', async () => {
    const top = await lab.site('CS1', { type: 'CAS' });
    const first = await lab.site('PS1', { token: await top.token() });
    const second = await lab.site('PS2', { token: await top.token() });
    await first.parentIs(true);
    await second.parentIs(true);
    const secondary = await lab.site('S01', { token: await first.token() });
    expect([secondary.site.type, secondary.host.parent?.parent.siteCodes]).to.deep.equal(['Secondary', ['PS1', 'CS1']]);
    await first.connected('S01');
    const { sites } = await siteTree(first.parts);
    void first.host.parent?.report({ ...reportOf('PS1'), sites: sites.slice(1) });
    await top.node('PS1', (node) => node.lastReport?.sites.length === 1);
    const token = await second.token();
    const refused = await caughtFrom(lab.folder('S01', { token, folder: 'other' }));
    expect([refused.errorId, refused.data['holder']]).to.deep.equal(['SiteCodeTaken', 's01.test']);
    expect((await caughtFrom(lab.folder('CS1', { token, folder: 'other' }))).errorId).to.equal('SiteLoop');
    expect((await caughtFrom(lab.folder('PS2', { token, folder: 'other' }))).errorId).to.equal('SiteCodeTaken');
    expect((await caughtFrom(lab.folder('X01', { token, type: 'Primary' }))).errorId).to.equal('SiteLevelInvalid');
    // A refusal does not spend the token.
    expect((await lab.folder('S02', { token })).site.type).to.equal('Secondary');
    expect((await caughtFrom(secondary.token())).errorId).to.equal('SiteLevelInvalid');
    expect((await siteTree(top.parts)).sites.map((site) => site.SiteCode)).to.deep.equal(['CS1', 'PS1', 'S01', 'PS2']);
  });

  it('a further software update point is a folder beside the site and keeps its code', async () => {
    const site = await lab.site('PR1');
    const point = await lab.site('PR1', { token: await site.token('SoftwareUpdatePoint'), serverName: 'sup2.test' });
    expect([point.site.type, point.site.parentSiteCode, point.site.path.endsWith('PR1_sup2.test')]).to.deep.equal([
      'SoftwareUpdatePoint',
      'PR1',
      true,
    ]);
    await site.connected('PR1');
    const wrong = await caughtFrom(
      lab.folder('PR2', { token: await site.token('SoftwareUpdatePoint'), serverName: 'sup3.test' }),
    );
    expect(wrong.errorId).to.equal('SiteLevelInvalid');
    expect(
      (await caughtFrom(lab.folder('PR1', { token: await site.token('SoftwareUpdatePoint'), serverName: 'SUP2.test' })))
        .errorId,
    ).to.equal('SiteCodeTaken');
    expect((await caughtFrom(point.token('SoftwareUpdatePoint'))).errorId).to.equal('SiteLevelInvalid');
  });
});
