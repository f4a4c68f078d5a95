import { crc32 } from 'node:zlib';
import { LANGUAGES } from '../criteria/languages.js';
import type { SourceLanguage } from '../wire/getConfigData.js';
import { anchorOf } from './catalogueAnchor.js';
import type { ServedConfiguration } from './ServedCatalogue.js';

/** What a site that never heard of its upstream's languages says: all of them, as Microsoft Update does. */
const ALL: readonly SourceLanguage[] = [
  { languageId: 0, shortLanguage: 'all', longLanguage: 'all', enabled: true },
  ...LANGUAGES.map(({ lcid, code, name }) => ({
    languageId: lcid,
    shortLanguage: code,
    longLanguage: name,
    enabled: false,
  })),
];

/**
 * The languages that a site serves: those of its upstream. Their check sum in the form of an anchor tells whether they
 * have changed.
 */
export function servedConfiguration(languages: readonly SourceLanguage[] | undefined): ServedConfiguration {
  const served = languages === undefined || languages.length === 0 ? ALL : languages;
  return { anchor: anchorOf(crc32(JSON.stringify(served))), languages: served };
}
