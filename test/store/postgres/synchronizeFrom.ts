import { randomUUID } from 'node:crypto';
import type { Run } from '../../../server/contract/generated/types.js';
import type { RealSite } from '../../process/RealSite.js';

/** One whole synchronization of a site. */
export async function synchronize(site: RealSite): Promise<Run> {
  const client = site.client();
  const { run } = await client.request('sync/start', { requestId: randomUUID() });
  return (await client.request('run/wait', { id: run.Id })).run;
}

/** Subscribes everything that an upstream has, and synchronizes. */
export async function synchronizeFrom(site: RealSite, upstream: string): Promise<Run> {
  await subscribeTo(site, upstream);
  return synchronize(site);
}

/** Subscribes everything that an upstream has. */
export async function subscribeTo(site: RealSite, upstream: string): Promise<void> {
  await site.client().request('component/set', {
    requestId: randomUUID(),
    synchronizeAction: 'SynchronizeFromAnUpstreamDataSourceLocation',
    upstreamSourceLocation: upstream,
    allProducts: true,
    allClassifications: true,
  });
}
