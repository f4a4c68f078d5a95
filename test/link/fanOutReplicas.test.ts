import { ownAnswers } from '../../server/api/ownAnswers.js';
import { expect } from 'chai';
import { SiteHierarchy } from '../../server/link/fanOut/SiteHierarchy.js';
import { siteStatuses } from '../../server/link/fanOut/siteStatuses.js';
import { update } from '../engine/catalogue.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { rowsOf, statusesOf, Tree, until } from './Tree.js';

describe('Passing on to the replicas of a site', () => {
  const folder = temporaryFolder();
  let tree: Tree;
  beforeEach(() => {
    tree = new Tree(folder());
  });
  afterEach(async () => tree.close());

  it('serves replicas one after the other, 6706 in the row of the one whose turn it is', async () => {
    const top = await tree.top();
    const replicas = [
      await tree.node(top, {
        id: 1,
        siteCode: 'CS1',
        serverName: 'sup2.test',
        type: 'SoftwareUpdatePoint',
        role: 'SoftwareUpdatePoint',
      }),
      await tree.node(top, {
        id: 2,
        siteCode: 'CS1',
        serverName: 'sup3.test',
        type: 'SoftwareUpdatePoint',
        role: 'SoftwareUpdatePoint',
      }),
    ];
    const [first, second] = replicas;
    if (first === undefined || second === undefined) throw new TypeError('two were made');
    let open: () => void = () => undefined;
    first.site.source.onOpen = async () =>
      new Promise((resolve) => {
        open = resolve;
      });
    for (const { site } of [top, ...replicas]) site.source.put(update(1));
    await top.site.sync();
    await until(
      async () =>
        (await first.site.service['run/list']({}, first.site.request())).runs[0]?.Phase === 'SynchronizingWsus',
    );
    expect(await rowsOf(top.site)).to.deep.equal([
      'CS1 cs1.test < Microsoft Update: 6702 v1',
      'CS1 sup2.test < cs1.test: 6706 v0',
      'CS1 sup3.test < cs1.test: 6707 v0',
    ]);
    expect(second.site.lines).to.not.include('Starting Sync');
    open();
    await until(async () => (await rowsOf(top.site)).filter((row) => row.includes('6702 v1')).length === 3);
    const from = top.site.lines.indexOf('Synchronizing replica WSUS servers');
    expect(top.site.lines.slice(from).filter((line) => !line.startsWith('STATMSG'))).to.deep.equal([
      'Synchronizing replica WSUS servers',
      ...['sup2.test', 'sup3.test'].flatMap((name) => [
        `Synchronizing WSUS server ${name} ...`,
        'sync: Starting Replica WSUS synchronization',
        'sync: Replica WSUS synchronizing other items',
        `Done synchronizing WSUS Server ${name}`,
      ]),
    ]);
    expect(
      top.site.lines.slice(from).filter((line) => line.includes('ID=6706') && line.includes('SYS=sup2.test')),
    ).to.have.length(1);
  });

  it('does not wait for ever for a replica that is silent, and says why in its row', async () => {
    const top = await tree.top();
    const silent = await tree.node(top, {
      id: 1,
      siteCode: 'CS1',
      serverName: 'sup2.test',
      type: 'SoftwareUpdatePoint',
      role: 'SoftwareUpdatePoint',
    });
    const other = await tree.node(top, {
      id: 2,
      siteCode: 'CS1',
      serverName: 'sup3.test',
      type: 'SoftwareUpdatePoint',
      role: 'SoftwareUpdatePoint',
    });
    await top.site.service['sup/add'](
      { requestId: '00000000-0000-4000-8000-000000000099', serverName: 'sup4.test' },
      top.site.request(),
    );
    top.links.now = () => new Date(top.site.clock);
    await silent.site.hierarchy.stop();
    for (const { site } of [top, other]) site.source.put(update(1));
    await top.site.sync();
    await until(async () => (await rowsOf(top.site)).includes('CS1 sup2.test < cs1.test: 6706 v0'));
    top.site.clock += 9 * 60_000;
    await top.site.tick();
    expect(await rowsOf(top.site)).to.include('CS1 sup2.test < cs1.test: 6706 v0');
    top.site.clock += 2 * 60_000;
    await top.site.tick();
    await until(async () => (await rowsOf(top.site)).includes('CS1 sup3.test < cs1.test: 6702 v1'));
    const rows = await statusesOf(top.site);
    expect(rows[1]).to.include({
      LastSyncState: 6703,
      LastSyncErrorId: 'ReplicaTimeout',
      LastSyncErrorMessage:
        'The software update point sup2.test has not begun to synchronize for 10 minutes. The others are ' +
        'synchronized without it.',
    });
    expect(rows[3]).to.include({
      WSUSServerName: 'sup4.test',
      LastSyncState: 6703,
      LastSyncErrorId: 'ReplicaNotJoined',
    });
  });

  it('gives a replica that comes back its turn', async () => {
    const top = await tree.top();
    const replica = await tree.node(top, {
      id: 1,
      siteCode: 'CS1',
      serverName: 'sup2.test',
      type: 'SoftwareUpdatePoint',
      role: 'SoftwareUpdatePoint',
    });
    replica.link?.disconnect();
    for (const { site } of [top, replica]) site.source.put(update(1));
    await top.site.sync();
    await until(async () => (await statusesOf(top.site))[1]?.LastSyncErrorId === 'ReplicaNotConnected');
    replica.link?.connect();
    await until(async () => (await rowsOf(top.site)).includes('CS1 sup2.test < cs1.test: 6702 v1'));
  });

  it('says of a replica that was revoked that nobody hears of it, and what to do', async () => {
    const top = await tree.top();
    await tree.node(top, {
      id: 1,
      siteCode: 'CS1',
      serverName: 'sup2.test',
      type: 'SoftwareUpdatePoint',
      role: 'SoftwareUpdatePoint',
    });
    await until(async () => (await statusesOf(top.site))[1]?.ReplicationLinkStatusName === 'Healthy');
    top.links.revoke(1);
    for (const isAfterRun of [false, true]) {
      if (isAfterRun) await top.site.sync();
      await until(async () => (await statusesOf(top.site))[1]?.ReplicationLinkStatusName === 'NotJoined');
      const health = await top.site.service['health/get']({}, top.site.request());
      expect(health.SoftwareUpdatePoints[1]).to.include({ InStep: false, Link: 'NotJoined' });
      expect(health.Actions.join()).to.match(/sup2\.test is not joined to site CS1, or was revoked: join it/);
    }
  });

  it('says it one level up too, where the site of the replica has said so', async () => {
    const top = await tree.top();
    const primary = await tree.node(top, { id: 1, siteCode: 'PS1', serverName: 'ps1.test' });
    await tree.node(primary, {
      id: 1,
      siteCode: 'PS1',
      serverName: 'sup2.test',
      type: 'SoftwareUpdatePoint',
      role: 'SoftwareUpdatePoint',
    });
    const name = async (): Promise<string | undefined> => (await statusesOf(top.site))[2]?.ReplicationLinkStatusName;
    await until(async () => (await name()) === 'Healthy');
    primary.links.revoke(1);
    await until(async () => (await name()) === 'NotJoined');
    primary.link?.disconnect();
    expect(await name()).to.equal('Error');
  });

  it('goes on after a restart with the replica that had its turn, and keeps no word of the turn', async () => {
    const top = await tree.top();
    const replica = await tree.node(top, {
      id: 1,
      siteCode: 'CS1',
      serverName: 'sup2.test',
      type: 'SoftwareUpdatePoint',
      role: 'SoftwareUpdatePoint',
    });
    let open: () => void = () => undefined;
    replica.site.source.onOpen = async () =>
      new Promise((resolve) => {
        open = resolve;
      });
    for (const { site } of [top, replica]) site.source.put(update(1));
    await top.site.sync();
    await until(
      async () =>
        (await replica.site.service['run/list']({}, replica.site.request())).runs[0]?.Phase === 'SynchronizingWsus',
    );
    await top.site.hierarchy.stop();
    open();
    await until(async () => Promise.resolve(top.links.nodes()[0]?.lastReport?.statuses[0]?.LastSyncState === 6702));
    const { context, runner } = top.site;
    const next = new SiteHierarchy({
      context,
      runner,
      ticker: () => () => undefined,
      answers: ownAnswers(context, () => undefined),
    });
    await next.connect({ children: top.links, sitesBelow: () => [] });
    expect((await siteStatuses(context, next.nodes()))[1]).to.include({
      WSUSServerName: 'sup2.test',
      LastSyncState: 6702,
      SyncCatalogVersion: 1,
    });
    expect(await top.site.database.statuses()).to.have.length(1);
    await next.stop();
  });
});
