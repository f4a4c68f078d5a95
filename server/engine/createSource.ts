import { createBlobCabinetReader, type BlobCabinetReader } from '../metadata/readBlobCabinet.js';
import { realSealer } from '../platform/sealSecret.js';
import type { SiteFolder } from '../site/SiteFolder.js';
import { readSecret } from '../site/siteSecrets.js';
import type { Source } from '../upstream/Source.js';
import { createWsusSource } from '../upstream/createWsusSource.js';
import type { ComponentSettings } from './ComponentSettings.js';
import { sourceNameOf } from './sourceNameOf.js';

let cabinets: Promise<BlobCabinetReader> | undefined;

/** Makes the source that the settings name: Microsoft Update or an upstream server, with proxy and certificates. */
export async function createSource(site: SiteFolder, settings: ComponentSettings): Promise<Source> {
  cabinets ??= createBlobCabinetReader();
  const proxyPassword = settings.proxyServer !== '' && settings.proxyUserName !== '' ? await readSecret(site, 'proxyPassword', realSealer()) : undefined;
  const isUpstream = settings.synchronizeAction === 'SynchronizeFromAnUpstreamDataSourceLocation';
  const proxy = settings.proxyServer === '' ? {} : { proxy: { url: settings.proxyServer, ...(settings.proxyUserName === '' ? {} : { userName: settings.proxyUserName, password: proxyPassword ?? '' }) } };
  return createWsusSource({
    ...(isUpstream ? { url: settings.upstreamSourceLocation } : {}), ...proxy, name: sourceNameOf(settings), noProxy: [...settings.noProxy], accountName: site.serverName,
    accountGuid: site.siteGuid, ...(settings.sourceCABundle === '' ? {} : { caBundle: settings.sourceCABundle }),
  }, { cabinets: await cabinets, clock: Date.now, random: Math.random });
}
