import { performance } from 'node:perf_hooks';
import type { SourceTest, SourceTestRequest } from '../contract/generated/types.js';
import { SyncError } from '../errors/SyncError.js';
import type { ComponentSettings } from '../state/ComponentSettings.js';
import { sourceSettings } from '../state/createSource.js';
import { sharedCabinets } from '../state/sharedCabinets.js';
import { siteSettings } from '../state/inheritedSettings.js';
import type { RequestContext } from '../rpc/requests.js';
import type { ServiceParts } from './ServiceParts.js';
import { testSource } from '../upstream/probe/testSource.js';

/**
 * `source/test`: how the source of the component, or another upstream server, is reached with the settings of the site.
 * @throws SyncError NoSynchronizationSource, UpstreamUrlInvalid
 */
export async function testSiteSource(
  { context }: ServiceParts,
  params: SourceTestRequest,
  { signal }: Pick<RequestContext, 'signal'>,
): Promise<SourceTest> {
  const { site, parent } = context;
  const stored = await siteSettings(context);
  const settings: ComponentSettings =
    params.upstreamSourceLocation === undefined
      ? stored
      : {
          ...stored,
          synchronizeAction: 'SynchronizeFromAnUpstreamDataSourceLocation',
          upstreamSourceLocation: params.upstreamSourceLocation,
        };
  if (settings.synchronizeAction === 'DoNotSynchronizeFromMicrosoftUpdateOrUpstreamDataSource')
    throw new SyncError('NoSynchronizationSource');
  const deps = {
    cabinets: sharedCabinets,
    clock: Date.now,
    random: Math.random,
    ticks: () => performance.now(),
  };
  return testSource(
    await sourceSettings(site, settings, params.upstreamSourceLocation === undefined ? parent : undefined),
    deps,
    signal,
  );
}
