import { request, createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import type { JoinToken, SUPSyncStatus } from '../../server/contract/generated/types.js';
import { GatedUpstream } from '../process/GatedUpstream.js';
import { ended, RealSite } from '../process/RealSite.js';
import { subscribeTo, synchronize, synchronizeFrom } from '../store/postgres/synchronizeFrom.js';
import { sharedSites } from './sharedSites.js';
import { SwitchedPort } from './SwitchedPort.js';

const UPDATES = 60;

describe('Those above and below a site on several servers', function () {
  const { cleanup, first, further } = sharedSites();

  const made = async (options: Parameters<typeof RealSite.make>[0] = {}): Promise<RealSite> => {
    const site = await RealSite.make(options);
    cleanup.add(async () => site.remove());
    return site;
  };
  const served = async (site: RealSite): Promise<RealSite> => {
    await site.serve(['--port', '0', '--site-path', site.path]);
    return site;
  };
  /** Its owner and a follower, both with a port. */
  const twoServers = async (options: Parameters<typeof RealSite.make>[0] = {}): Promise<[RealSite, RealSite]> => {
    const one = await served(await first(options));
    return [one, await served(await further(one))];
  };
  const upstreamOf = async (): Promise<string> => {
    const upstream = await GatedUpstream.start(UPDATES);
    cleanup.add(async () => upstream.close());
    return upstream.url;
  };
  const listed = async (site: RealSite): Promise<readonly string[]> =>
    (await site.client({}, {}).request('update/list', {})).updates.map(({ CI_UniqueID }) => CI_UniqueID).sort();

  it('a downstream server goes on at another server between any two requests', async () => {
    const [one, two] = await twoServers();
    expect((await synchronizeFrom(one, await upstreamOf())).State).to.equal('Succeeded');
    const asked: string[] = [];
    const proxy = alternating([one, two], asked);
    cleanup.add(async () => void (await once(proxy.close(), 'close')));
    await once(proxy.listen(0, '127.0.0.1'), 'listening');
    const below = await made({ siteCode: 'DEF' });
    const first = await synchronizeFrom(below, `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`);
    expect([first.State, first.ErrorMessage]).to.deep.equal(['Succeeded', '']);
    expect(await listed(below))
      .to.deep.equal(await listed(one))
      .and.not.deep.equal([]);
    expect(asked.length).to.be.above(6);
    // Its anchor came from one of them, and is shown to the other.
    const next = await synchronize(below);
    expect([next.State, next.Counts.DocumentsFetched]).to.deep.equal(['Succeeded', 0]);
  });

  for (const [role, child] of [
    ['Site', { siteCode: 'SEC', type: 'Secondary', serverName: 'sec.test' }],
    ['SoftwareUpdatePoint', { siteCode: 'ABC', type: 'SoftwareUpdatePoint', serverName: 'sup2.test' }],
  ] as const)
    it(`a ${role} joins, has its turn and rotates its key over a follower, then over the owner`, async () => {
      const [one, two] = await twoServers();
      const port = await SwitchedPort.to(two);
      cleanup.add(async () => port.close());
      const { Token } = await one.json<JoinToken>('site', 'join-token', '--role', role, '--address', port.address);
      const below = await served(await made({ ...child, joinToken: Token }));
      await subscribeTo(one, await upstreamOf());
      const inStep = async (version: number): Promise<void> => {
        const isSo = ({ WSUSServerName, LastSyncState, SyncCatalogVersion }: SUPSyncStatus): boolean =>
          WSUSServerName === child.serverName && LastSyncState === 6702 && SyncCatalogVersion === version;
        while (!(await one.json<SUPSyncStatus[]>('status')).some(isSo));
      };
      expect((await synchronize(one)).State).to.equal('Succeeded');
      await inStep(1);
      const rotated = await below.cli(['site', 'update-key', '--site-path', below.path]);
      expect([rotated.code, rotated.err]).to.deep.equal([0, '']);
      port.switch(one);
      await below.says('Site link: connected to the parent', 2);
      expect((await synchronize(one)).State).to.equal('Succeeded');
      await inStep(1);
    });

  it('the next owner connects to the parent with the key that the last one rotated', async () => {
    const parent = await served(await made({ siteCode: 'TOP' }));
    const child = { siteCode: 'SEC', type: 'Secondary', joinToken: await parent.token() };
    const one = await first(child);
    const owner = await one.serve(['--port', '0']);
    const two = await served(await further(one));
    await one.says('Site link: connected to the parent');
    for (const site of [one, parent]) expect((await site.cli(['site', 'update-key'])).err).to.equal('');
    await parent.says('has another key');
    await ended(owner, 'SIGKILL');
    await two.says('Site link: connected to the parent');
    expect(two.syncLog.join('\n')).not.to.contain('no connection to the parent');
  });
});

/** Passes each request on to the next of the servers. */
function alternating(sites: readonly RealSite[], asked: string[]): Server {
  return createServer((incoming, outgoing) => {
    const { address } = sites[asked.length % sites.length]?.heartbeat ?? {};
    asked.push(String(incoming.headers['soapaction']));
    const { method, url, headers } = incoming;
    const passed = request(new URL(url ?? '/', address), { method, headers, agent: false }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(outgoing);
    });
    incoming.pipe(passed);
  });
}
