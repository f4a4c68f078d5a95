import { realSealer } from '../platform/sealSecret.js';
import type { SiteFolder } from '../site/SiteFolder.js';
import { readSecret } from '../site/siteSecrets.js';
import type { Source } from '../upstream/Source.js';
import type { SourceSettings } from '../upstream/SourceSettings.js';
import { createWsusSource } from '../upstream/createWsusSource.js';
import type { AnswerReader } from '../upstream/readAnswer.js';
import { type ComponentSettings, sourceNameOf } from './ComponentSettings.js';
import type { ParentSite } from './SiteContext.js';
import { sharedCabinets } from './sharedCabinets.js';

/** Whose source it is. */
interface SourceOwner {
  readonly site: SiteFolder;
  /** The site above; undefined at the top. */
  readonly parent: ParentSite | undefined;
  /** Who reads the documents; the source itself where nobody is given. */
  readonly answers: AnswerReader | undefined;
}

/**
 * Makes the source that the settings name: Microsoft Update, an upstream server or the parent site, with proxy and
 * certificates.
 */
export async function createSource(
  settings: ComponentSettings,
  { site, parent, answers }: SourceOwner,
): Promise<Source> {
  return createWsusSource(await sourceSettings(site, settings, parent), {
    cabinets: sharedCabinets,
    answers,
    clock: Date.now,
    random: Math.random,
  });
}

/** Where the source of the settings is and how it is reached; a parent site is trusted by its own authority alone. */
export async function sourceSettings(
  site: SiteFolder,
  settings: ComponentSettings,
  parent?: ParentSite,
): Promise<SourceSettings> {
  const proxyPassword =
    settings.proxyServer !== '' && settings.proxyUserName !== ''
      ? await readSecret(site, 'proxyPassword', realSealer())
      : undefined;
  const isUpstream = settings.synchronizeAction === 'SynchronizeFromAnUpstreamDataSourceLocation';
  const proxy =
    settings.proxyServer === ''
      ? {}
      : {
          proxy: {
            url: settings.proxyServer,
            ...(settings.proxyUserName === ''
              ? {}
              : { userName: settings.proxyUserName, password: proxyPassword ?? '' }),
          },
        };
  return {
    ...(isUpstream ? { url: settings.upstreamSourceLocation } : {}),
    ...proxy,
    name: sourceNameOf(settings),
    noProxy: [...settings.noProxy],
    accountName: site.serverName,
    accountGuid: site.siteGuid,
    authority: parent?.authority,
    ...(settings.sourceCABundle === '' ? {} : { caBundle: settings.sourceCABundle }),
  };
}
