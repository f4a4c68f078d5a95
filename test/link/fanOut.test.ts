import { ownAnswers } from '../../server/api/ownAnswers.js';
import { expect } from 'chai';
import type { Alert, SupListRequest } from '../../server/contract/generated/types.js';
import { SyncError } from '../../server/errors/SyncError.js';
import { SiteHierarchy } from '../../server/link/fanOut/SiteHierarchy.js';
import { siteStatuses } from '../../server/link/fanOut/siteStatuses.js';
import { newRequestId } from '../engine/TestSite.js';
import { update } from '../engine/catalogue.js';
import { rejectionOf } from '../fixtures/rejection.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { MemoryLinks } from './MemoryLinks.js';
import { rowsOf, statusesOf, Tree, until } from './Tree.js';

describe('Passing on to the sites below', () => {
  const folder = temporaryFolder();
  let tree: Tree;
  beforeEach(() => {
    tree = new Tree(folder());
  });
  afterEach(async () => tree.close());

  it('makes every site synchronize once, in step with the top, with the lines of the product', async () => {
    const top = await tree.top();
    const primary = await tree.node(top, { id: 1, siteCode: 'PS1', serverName: 'ps1.test' });
    const secondary = await tree.node(primary, { id: 1, siteCode: 'SS1', serverName: 'ss1.test', type: 'Secondary' });
    for (const { site } of [top, primary, secondary]) site.source.put(update(1), update(2));
    await top.site.sync();
    await until(async () => (await rowsOf(top.site)).filter((row) => row.includes(': 6702 v1')).length === 3);
    expect(await rowsOf(top.site)).to.deep.equal([
      'CS1 cs1.test < Microsoft Update: 6702 v1',
      'PS1 ps1.test < cs1.test: 6702 v1',
      'SS1 ss1.test < ps1.test: 6702 v1',
    ]);
    for (const { site } of [primary, secondary]) {
      expect((await site.titles()).length).to.equal(2);
      const [run, ...others] = (await site.service['run/list']({}, site.request())).runs;
      expect(others).to.deep.equal([]);
      expect(run).to.include({ Requester: 'Parent', SyncCatalogVersion: 1, Succeeded: true });
    }
    const told = primary.site.lines
      .filter(
        (line) =>
          !line.includes('of the parent site') &&
          !line.startsWith('Requested categories') &&
          !line.startsWith('Full sync'),
      )
      .map((line) => line.replace(/^(STATMSG: ID=\d+ SEV=.).*/, '$1'));
    expect(told).to.deep.equal([
      'Wakeup by inbox drop',
      'Found parent sync notification file CS1.SYN.',
      'Starting Sync',
      'Performing sync on parent request',
      'Read SUPs from SCF for PS1.TEST',
      'Found 1 SUPs',
      'Found active SUP PS1.TEST from SCF File.',
      'STATMSG: ID=6701 SEV=I',
      'STATMSG: ID=6704 SEV=I',
      'Synchronizing WSUS server ps1.test ...',
      'sync: Starting WSUS synchronization',
      'sync: WSUS synchronizing categories',
      ...told.filter((line) => line.startsWith('sync: WSUS synchronizing categories, processed')),
      'sync: WSUS synchronizing updates',
      'sync: WSUS synchronizing updates, processed 2 out of 2 items (100%)',
      'Done synchronizing WSUS Server ps1.test',
      'Set content version of update source {C2D17964-BBDD-4339-B9F3-12D7205B39CC} for site PS1 to 1',
      'STATMSG: ID=6702 SEV=I',
      'Sync succeeded. Setting sync alert to canceled state on site PS1',
      'Successfully synced site with parent CS1, version 1',
      'Sync time: 0d00h00m00s',
      'Sending sync notification to child site(s): SS1',
    ]);
    expect(top.site.lines).to.include('Sending sync notification to child site(s): PS1');
  });

  it(
    'brings criteria and rules down, with the version handled in the same transaction, and nothing a second ' + 'time',
    async () => {
      const top = await tree.top();
      const primary = await tree.node(top, { id: 1, siteCode: 'PS1', serverName: 'ps1.test' });
      await until(async () => (await primary.site.component()).PendingCategories.length > 0);
      await top.site.set({
        immediatelyExpireSupersedence: true,
        addLanguageSummaryDetail: ['German'],
        featureUpdateMaxRuntimeMins: 300,
        addLanguageUpdateFile: ['French'],
        reportingEvent: 'CreateAllWsusReportingEvents',
      });
      await until(async () => (await primary.site.component()).FeatureUpdateMaxRuntimeMins === 300);
      const component = await primary.site.component();
      expect(component).to.deep.include({
        ImmediatelyExpireSupersedence: true,
        LanguageSummaryDetails: ['English', 'German'],
        LanguageUpdateFiles: ['English'],
        SynchronizeAction: 'SynchronizeFromAnUpstreamDataSourceLocation',
        UpstreamSourceLocation: 'https://cs1.test:8531',
      });
      expect(component.Props.find((prop) => prop.PropertyName === 'ClientReportingLevel')?.Value).to.equal(0);
      const told = top.links.told.length;
      await top.site.set({ addLanguageUpdateFile: ['Danish'] });
      await top.site.hierarchy.stop();
      expect(top.links.told).to.have.length(told);
    },
  );

  it(
    'brings the alerts of all sites up, each with a number of its own, and a failure below is seen at the ' + 'top',
    async () => {
      const top = await tree.top();
      const primary = await tree.node(top, { id: 1, siteCode: 'PS1', serverName: 'ps1.test' });
      const secondary = await tree.node(primary, { id: 1, siteCode: 'SS1', serverName: 'ss1.test', type: 'Secondary' });
      const alerts = async (): Promise<Alert[]> =>
        (await top.site.service['alert/list']({ typeId: 1 }, top.site.request())).alerts;
      const states = async (): Promise<string[]> =>
        (await alerts()).map((alert) => `${alert.SourceSiteCode} ${alert.AlertStateName}`);
      await top.site.set({ enableSyncFailureAlert: true });
      await until(async () => (await alerts()).length === 3);
      expect(new Set((await alerts()).map((alert) => alert.ID)).size).to.equal(3);
      for (const { site } of [top, primary, secondary]) site.source.put(update(1));
      secondary.site.source.onOpen = async () =>
        Promise.reject(new SyncError('UpstreamUnreachable', { url: 'https://ps1.test:8531', reason: 'no route' }));
      await top.site.sync();
      await until(async () => (await states()).includes('SS1 Active'));
      expect(await states()).to.deep.equal(['CS1 NeverTriggered', 'PS1 NeverTriggered', 'SS1 Active']);
      const below = (await alerts()).find((alert) => alert.SourceSiteCode === 'SS1');
      expect(below?.RootCauseMessage).to.match(/^UpstreamUnreachable: /);
      const change = top.site.service['alert/set'](
        { requestId: newRequestId(), id: below?.ID ?? 0, comment: 'seen' },
        top.site.request(),
      );
      expect(await rejectionOf(change)).to.equal('AlertNotFound');
      await top.site.set({ enableSyncFailureAlert: false });
      await until(async () => (await alerts()).length === 0);
    },
  );

  it('makes the parent the place where a child looks for update files', async () => {
    const top = await tree.top();
    const { site } = await tree.node(top, { id: 1, siteCode: 'PS1', serverName: 'ps1.test' });
    for (const source of [top.site.source, site.source])
      source.put(
        update(1, { files: [{ fileName: 'a.cab', digest: Buffer.alloc(20, 1).toString('base64'), size: 1 }] }),
      );
    await top.site.sync();
    await until(async () => (await site.titles()).length === 1);
    const { files } = await site.service['content/list']({ names: ['Update 1'] }, site.request());
    expect(files.map((file) => file.SourceURL)).to.deep.equal([
      `https://cs1.test:8531/Content/01/${'01'.repeat(20)}.cab`,
    ]);
  });

  it('lets a child refuse what belongs to the top, with the warning of the product, and do the rest', async () => {
    const top = await tree.top();
    const { site } = await tree.node(top, { id: 1, siteCode: 'PS1', serverName: 'ps1.test' });
    const { component, warnings } = await site.set({
      addLanguageUpdateFile: ['French'],
      waitMonth: 9,
      addProduct: ['Office'],
      schedule: '0001200000100038',
      reportingEvent: 'CreateAllWsusReportingEvents',
    });
    expect(warnings).to.have.members(
      ['WaitMonth', 'AddProduct', 'Schedule'].map(
        (name) => `The specified site is a child site. The ${name} parameter cannot be changed and will be ignored.`,
      ),
    );
    expect(component).to.deep.include({
      WaitMonth: 3,
      LanguageUpdateFiles: ['English', 'French'],
      NextSyncTime: null,
      NextSyncReason: 'on request of the parent site CS1',
    });
    expect(component.Props.find((prop) => prop.PropertyName === 'ClientReportingLevel')?.Value).to.equal(2);
  });

  it('gives a child that was away what it missed, once, and a full one when that is among it', async () => {
    const top = await tree.top();
    const primary = await tree.node(top, { id: 1, siteCode: 'PS1', serverName: 'ps1.test' });
    for (const { site } of [top, primary]) site.source.put(update(1));
    await top.site.sync();
    await until(async () => (await rowsOf(top.site)).includes('PS1 ps1.test < cs1.test: 6702 v1'));
    primary.link?.disconnect();
    for (const { site } of [top, primary]) site.source.put(update(2));
    await top.site.sync({ fullSync: true });
    await top.site.sync();
    expect((await statusesOf(top.site))[1]).to.include({
      LastSyncState: 6707,
      LastSyncStateName: 'Content of WSUS server is out of sync with upstream server',
      SyncCatalogVersion: 1,
      ReplicationLinkStatus: 2,
    });
    primary.link?.connect();
    await until(async () => (await rowsOf(top.site)).includes('PS1 ps1.test < cs1.test: 6702 v2'));
    const { runs } = await primary.site.service['run/list']({}, primary.site.request());
    expect(runs.map((run) => [run.Kind, run.Reason, run.SyncCatalogVersion])).to.deep.equal([
      ['Full', 'it was requested', 2],
      ['Full', 'this is the first synchronization', 1],
    ]);
    expect((await statusesOf(top.site))[1]).to.include({ ReplicationLinkStatus: 0 });
  });

  it('shows the failure of a child with its error at the top, which the child tries again after an hour', async () => {
    const top = await tree.top();
    const primary = await tree.node(top, { id: 1, siteCode: 'PS1', serverName: 'ps1.test' });
    top.site.source.put(update(1));
    primary.site.source.onOpen = async () => Promise.reject(new TypeError('the line is cut'));
    await top.site.sync();
    await until(async () => (await rowsOf(top.site)).includes('PS1 ps1.test < cs1.test: 6703 v0'));
    expect((await statusesOf(top.site))[1]).to.include({ LastSyncErrorId: 'InternalError' });
    const component = await primary.site.component();
    expect(component.NextSyncReason).to.equal('retry after failed run 1');
    primary.site.source.onOpen = async () => Promise.resolve();
    await primary.site.sync();
    await until(async () => (await rowsOf(top.site)).includes('PS1 ps1.test < cs1.test: 6702 v1'));
  });

  it('has no row of a node that was revoked, nor of what was below it', async () => {
    const top = await tree.top();
    const primary = await tree.node(top, { id: 1, siteCode: 'PS1', serverName: 'ps1.test' });
    await tree.node(primary, { id: 1, siteCode: 'SS1', serverName: 'ss1.test', type: 'Secondary' });
    await until(async () => (await rowsOf(top.site)).length === 3);
    top.links.revoke(1);
    expect(await rowsOf(top.site)).to.deep.equal(['CS1 cs1.test < Microsoft Update: 0 v0']);
  });

  it('says at the top what is wrong at the sites below, at every level', async () => {
    const top = await tree.top();
    const primary = await tree.node(top, { id: 1, siteCode: 'PS1', serverName: 'ps1.test' });
    const secondary = await tree.node(primary, { id: 1, siteCode: 'SS1', serverName: 'ss1.test', type: 'Secondary' });
    const actions = async (): Promise<readonly string[]> =>
      (await top.site.service['health/get']({}, top.site.request())).Actions;
    expect((await actions()).filter((text) => /service/.test(text))).to.deep.equal([]);
    secondary.site.isKept = false;
    secondary.site.hierarchy.changed();
    const told = 'Site SS1: No service listens to the parent of site SS1: install one';
    await until(async () => (await actions()).some((text) => text.startsWith(told)));
    primary.link?.disconnect();
    expect((await actions()).join()).to.match(/Site SS1, when it was last heard of: No service listens/);
    primary.link?.connect();
    secondary.site.isKept = true;
    secondary.site.hierarchy.changed();
    await until(async () => (await actions()).every((text) => !text.startsWith(told)));
  });

  it('says at a site that its parent has revoked it, in run, log and status, until it is connected again', async () => {
    const top = await tree.top();
    const { site, link } = await tree.node(top, { id: 1, siteCode: 'PS1', serverName: 'ps1.test' });
    const facts = { site: 'CS1', node: 'PS1 (ps1.test)', time: '2024-06-01T00:00:00.000Z' };
    link!.disconnect(new SyncError('LinkRevoked', facts));
    await until(async () => (await site.status()).ReplicationLinkStatusName === 'Revoked');
    const run = await site.sync();
    expect(run.Warnings.join()).to.match(/^The site CS1 revoked PS1 \(ps1\.test\) at .* a new join token/);
    expect(site.lines).to.include('Synced with the update server of CS1, which has revoked this site');
    expect(site.lines.join()).not.to.contain('Successfully synced site with parent');
    link!.connect();
    await until(async () => (await site.status()).ReplicationLinkStatusName === 'Healthy');
    expect((await site.sync()).Warnings).to.deep.equal([]);
  });

  it('says at a site that its parent is out of reach, since when and why, until it is connected again', async () => {
    const top = await tree.top();
    const { site, link } = await tree.node(top, { id: 1, siteCode: 'PS1', serverName: 'ps1.test' });
    const facts = { site: 'CS1', address: 'https://cs1.test:8531', reason: 'ECONNREFUSED' };
    link!.disconnect(new SyncError('ParentUnreachable', facts));
    await until(async () => (await site.status()).ReplicationLinkStatusName === 'NoParent');
    const began = (await site.status()).LastReplicationLinkCheckTime;
    site.clock += 60_000;
    link!.disconnect(new SyncError('ParentUnreachable', { ...facts, reason: 'ETIMEDOUT' }));
    const health = await site.service['health/get']({}, site.request());
    expect(health.Actions.join()).to.match(/Site PS1 has had no contact with its parent site CS1 since .*ETIMEDOUT/);
    expect(health.SoftwareUpdatePoints[0]).to.include({ Link: 'NoParent', Since: began });
    link!.connect();
    await until(async () => (await site.status()).ReplicationLinkStatusName === 'Healthy');
    expect((await statusesOf(top.site))[1]).to.include({ ReplicationLinkStatus: 0 });
    expect((await site.service['health/get']({}, site.request())).Actions.join()).not.to.contain('no contact');
  });

  it('lists the software update points of all sites at the top, each as its site has it', async () => {
    const top = await tree.top();
    const primary = await tree.node(top, { id: 1, siteCode: 'PS1', serverName: 'ps1.test' });
    await tree.node(primary, { id: 1, siteCode: 'SS1', serverName: 'ss1.test', type: 'Secondary' });
    await tree.node(primary, {
      id: 2,
      siteCode: 'PS1',
      serverName: 'sup2.test',
      type: 'SoftwareUpdatePoint',
      role: 'SoftwareUpdatePoint',
    });
    await primary.site.service['sup/set'](
      { requestId: '00000000-0000-4000-8000-000000000098', serverName: 'ps1.test', httpPort: 80 },
      primary.site.request(),
    );
    const list = async (params: SupListRequest): Promise<string[]> =>
      (await top.site.service['sup/list'](params, top.site.request())).softwareUpdatePoints.map(
        (point) => `${point.SiteCode} ${point.ServerName} ${point.IsDefault ? '*' : ''}${point.Props[0]?.Value ?? ''}`,
      );
    await until(async () => (await list({ allSite: true })).length === 4);
    await until(async () => (await list({ allSite: true })).includes('PS1 ps1.test *80'));
    expect(await list({ allSite: true })).to.deep.equal([
      'CS1 cs1.test *8530',
      'PS1 ps1.test *80',
      'PS1 sup2.test 8530',
      'SS1 ss1.test *8530',
    ]);
    expect(await list({ allSite: true, serverName: 's*' })).to.deep.equal(['PS1 sup2.test 8530', 'SS1 ss1.test *8530']);
    expect(await list({})).to.deep.equal(['CS1 cs1.test *8530']);
  });

  it('tells after a restart what the nodes are to reach', async () => {
    const top = await tree.top();
    await tree.node(top, { id: 1, siteCode: 'PS1', serverName: 'ps1.test' });
    await top.site.sync();
    await top.site.hierarchy.stop();
    const links = new MemoryLinks();
    links.join({ id: 1, siteCode: 'PS1', serverName: 'ps1.test', type: 'Primary', role: 'Site' });
    const { context, runner } = top.site;
    const next = new SiteHierarchy({
      context,
      runner,
      ticker: () => () => undefined,
      answers: ownAnswers(context, () => undefined),
    });
    await next.connect({ children: links, sitesBelow: () => [] });
    expect((await siteStatuses(context, next.nodes()))[1]).to.include({
      WSUSServerName: 'ps1.test',
      LastSyncState: 6707,
      SyncCatalogVersion: 0,
      ReplicationLinkStatus: 2,
    });
    expect(links.told.at(-1)?.state.request).to.deep.equal({ id: 1, fullSync: true, contentVersion: 1, topRun: 1 });
    await next.stop();
  });
});
