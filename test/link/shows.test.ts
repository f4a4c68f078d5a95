import { expect } from 'chai';
import type { ChildProcess } from 'node:child_process';
import type { Run, SUPSyncStatus } from '../../server/contract/generated/types.js';
import { catalogueFromGenerator } from '../../server/sample/catalogueFromGenerator.js';
import { documentsIn, serveCatalogue } from '../downstream/Chain.js';
import { Cleanup } from '../upstream/harness.js';
import { ended, RealSite } from '../process/RealSite.js';
import { documentsOnDisk } from '../store/documentsOnDisk.js';

const describeElsewhere = process.platform === 'win32' ? describe.skip : describe;

/** CAS, two primaries, a secondary and a second software update point, each in a process of its own on loopback. */
describeElsewhere('A hierarchy of engines', function () {
  const cleanup = new Cleanup();
  const catalogue = catalogueFromGenerator({ updates: 240, seed: 5, size: 2500 });
  let [cas, first, second, secondary, replica] = [] as unknown as [Served, Served, Served, Served, Served];
  before(async () => {
    const served = async (wish: Wish, parent?: Served): Promise<Served> => {
      const made = await serve(wish, parent);
      cleanup.add(async () => made.site.remove());
      return made;
    };
    cas = await served({ siteCode: 'CS1', type: 'CAS', serverName: 'cs1.test' });
    first = await served({ siteCode: 'PS1', type: 'Primary', serverName: 'ps1.test' }, cas);
    second = await served({ siteCode: 'PS2', type: 'Primary', serverName: 'ps2.test' }, cas);
    secondary = await served({ siteCode: 'SS1', type: 'Secondary', serverName: 'ss1.test' }, first);
    replica = await served({ siteCode: 'PS1', type: 'SoftwareUpdatePoint', serverName: 'sup2.test' }, first);
    const url = await serveCatalogue(cleanup, catalogue);
    await cas.site.json('config', 'set', '--upstream', url, '--all-products', '--all-classifications');
  });
  after(async () => cleanup.run());

  const rows = async (): Promise<readonly string[]> =>
    (await cas.site.json<SUPSyncStatus[]>('status')).map(
      (row) =>
        `${row.SiteCode} ${row.WSUSServerName} < ${row.WSUSSourceServer}: ${row.LastSyncState} ` +
        `v${row.SyncCatalogVersion}`,
    );
  const inStep = async (version: number): Promise<void> => {
    for (let shown: readonly string[] = []; shown.filter((row) => row.endsWith(`: 6702 v${version}`)).length < 5;)
      shown = await rows();
  };

  it('is in step after one synchronization at the top, and the logs read as those of the product', async () => {
    const run = await cas.site.json<Run>('sync');
    expect(run).to.include({ Succeeded: true, SyncCatalogVersion: 1 });
    await inStep(1);
    // The report of a replica comes before its parent has written the line.
    while (!first.site.syncLog.includes('Done synchronizing WSUS Server sup2.test')) await rows();
    expect(await rows()).to.deep.equal([
      'CS1 cs1.test < 127.0.0.1: 6702 v1',
      'PS1 ps1.test < cs1.test: 6702 v1',
      'PS1 sup2.test < ps1.test: 6702 v1',
      'SS1 ss1.test < ps1.test: 6702 v1',
      'PS2 ps2.test < cs1.test: 6702 v1',
    ]);
    expectInOrder(cas.site.syncLog, [
      'Wakeup by inbox drop',
      'Found local sync request file',
      'Starting Sync',
      'Performing sync on local request',
      'Read SUPs from SCF for CS1.TEST',
      'Found 1 SUPs',
      'Found active SUP CS1.TEST from SCF File.',
      'STATMSG: ID=6701 SEV=I',
      'STATMSG: ID=6704 SEV=I',
      'Synchronizing WSUS server cs1.test ...',
      'sync: Starting WSUS synchronization',
      'sync: WSUS synchronizing categories',
      'sync: WSUS synchronizing updates',
      'Done synchronizing WSUS Server cs1.test',
      'Set content version of update source {C2D17964-BBDD-4339-B9F3-12D7205B39CC} for site CS1 to 0',
      'STATMSG: ID=6705 SEV=I',
      'Synchronizing SMS database with WSUS server cs1.test ...',
      'sync: Starting SMS database synchronization',
      'sync: SMS synchronizing categories',
      'sync: SMS synchronizing updates',
      'Done synchronizing SMS with WSUS Server cs1.test',
      'STATMSG: ID=6702 SEV=I',
      'Set content version of update source {C2D17964-BBDD-4339-B9F3-12D7205B39CC} for site CS1 to 1',
      'Sync succeeded. Setting sync alert to canceled state on site CS1',
      'Sending sync notification to child site(s): PS1, PS2',
    ]);
    expectInOrder(first.site.syncLog, [
      'Wakeup by inbox drop',
      'Found parent sync notification file CS1.SYN.',
      'Starting Sync',
      'Performing sync on parent request',
      'Read SUPs from SCF for PS1.TEST',
      'Found 2 SUPs',
      'Found active SUP PS1.TEST from SCF File.',
      'Found active SUP SUP2.TEST from SCF File.',
      'STATMSG: ID=6701 SEV=I',
      'STATMSG: ID=6704 SEV=I',
      'Synchronizing WSUS server ps1.test ...',
      'sync: Starting WSUS synchronization',
      'sync: WSUS synchronizing categories',
      'sync: WSUS synchronizing updates',
      'Done synchronizing WSUS Server ps1.test',
      'Set content version of update source {C2D17964-BBDD-4339-B9F3-12D7205B39CC} for site PS1 to 1',
      'STATMSG: ID=6702 SEV=I',
      'Sync succeeded. Setting sync alert to canceled state on site PS1',
      'Successfully synced site with parent CS1, version 1',
      'Sending sync notification to child site(s): SS1',
      'Synchronizing replica WSUS servers',
      'STATMSG: ID=6706 SEV=I',
      'Synchronizing WSUS server sup2.test ...',
      'sync: Starting Replica WSUS synchronization',
      'sync: Replica WSUS synchronizing other items',
      'Done synchronizing WSUS Server sup2.test',
    ]);
    expect(first.site.syncLog).to.not.include('STATMSG: ID=6705 SEV=I');
  });

  it('catches up without a command when a primary is killed in the middle', async () => {
    const [update] = await cas.site.json<{ CI_UniqueID: string }[]>('updates');
    catalogue.revise(update?.CI_UniqueID ?? '', (xml) => xml.replace('<upd:Title>', '<upd:Title>Revised '));
    const { address } = first.site.heartbeat;
    // The primary gets the request when its upstream does not answer, and so stays in the middle of its run.
    first.engine.kill('SIGSTOP');
    expect(await cas.site.json<Run>('sync')).to.include({ Succeeded: true, SyncCatalogVersion: 2 });
    cas.engine.kill('SIGSTOP');
    first.engine.kill('SIGCONT');
    for (let runs: readonly Run[] = []; runs[0]?.State !== 'Running' || runs[0].Requester !== 'Parent';)
      runs = await first.site.json<Run[]>('run', 'list', '--newest', '1');
    await ended(first.engine, 'SIGKILL');
    cas.engine.kill('SIGCONT');
    first.engine = await first.site.serve(['--port', new URL(address).port]);
    await inStep(2);
  });

  it('has the same documents everywhere, byte for byte those of the upstream', async () => {
    const sites = [cas, first, second, secondary, replica];
    for (const { engine } of sites) await ended(engine, 'SIGKILL');
    const [top, ...below] = await Promise.all(sites.map(async ({ site }) => documentsOnDisk(site.path)));
    const upstream = await documentsIn(catalogue);
    expect(
      [...(top ?? [])].filter(([key, document]) => upstream.has(key) && upstream.get(key) !== document),
    ).to.deep.equal([]);
    expect(top?.size).to.be.greaterThan(240);
    expect([...(top ?? [])].some(([, document]) => document.includes('<upd:BundledUpdates>'))).to.equal(true);
    for (const [index, documents] of below.entries()) expect(documents, sites[index + 1]?.site.path).to.deep.equal(top);
  });
});

/** A site with its engine in a process of its own. */
interface Served {
  readonly site: RealSite;
  engine: ChildProcess;
}

interface Wish {
  readonly siteCode: string;
  readonly type: string;
  readonly serverName: string;
}

/** Makes a site, below a parent with a token of that, and starts its engine. */
async function serve(wish: Wish, parent?: Served): Promise<Served> {
  const role = wish.type === 'SoftwareUpdatePoint' ? wish.type : 'Site';
  const site = await RealSite.make({ ...wish, joinToken: await parent?.site.token(role) });
  // A software update point is no site that is found by itself.
  return { site, engine: await site.serve(['--port', '0', '--site-path', site.path]) };
}

/** The lines come in this order, whatever is between them. */
function expectInOrder(lines: readonly string[], wanted: readonly string[]): void {
  let at = -1;
  for (const line of wanted) {
    const next = lines.indexOf(line, at + 1);
    expect(next, `${line}\nafter\n${lines.slice(Math.max(0, at - 3), at + 12).join('\n')}`).to.be.greaterThan(at);
    at = next;
  }
}
