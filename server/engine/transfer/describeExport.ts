import { randomUUID } from 'node:crypto';
import { LANGUAGES } from '../../criteria/languages.js';
import type { IdRange } from '../../store/StoreInspection.js';
import type { PackageDescription } from '../../transfer/PackageDescription.js';
import type { PackageHeader } from '../../transfer/WsusPackage.js';
import type { SourceLanguage } from '../../wire/getConfigData.js';
import { STATE } from '../catalogueState.js';
import { catalogueId } from '../completedCatalogue.js';
import { readSettings } from '../ComponentSettings.js';
import type { Run } from '../Run.js';
import type { SiteContext } from '../SiteContext.js';

/** What a package says of itself and of the site that makes it. */
export interface ExportDescription {
  readonly header: PackageHeader;
  readonly languages: readonly SourceLanguage[];
  readonly package: PackageDescription;
}

/** Works out header, languages and what the package follows. */
export async function describeExport(context: SiteContext, range: IdRange): Promise<ExportDescription> {
  const { database, site } = context;
  const settings = await readSettings(database, site.serverName);
  const known = (await database.setting(STATE.languages)) as readonly SourceLanguage[] | undefined;
  const subscribed = (await database.categories()).filter((category) => category.isSubscribed);
  const idsOf = (type: string): string[] =>
    subscribed.filter(({ typeName }) => typeName === type).map(({ updateId }) => updateId);
  const runs = (await database.runs({ newest: 2 })).map((json) => JSON.parse(json) as Run);
  return {
    header: {
      serverId: site.siteGuid.toLowerCase(),
      creationTime: `${context.now().toISOString().slice(0, 19)}Z`,
      formatVersion: '1.0',
      protocolVersion: '1.20',
    },
    languages: languagesOf(known, settings.summaryLanguages),
    package: {
      version: 1,
      siteCode: site.siteCode,
      serverName: site.serverName,
      catalogue: await catalogueId(database, randomUUID),
      follows: range.from - 1,
      reaches: range.to,
      run: runs.find(({ EndTime }) => EndTime !== null)?.Id ?? 0,
      products: idsOf('Product'),
      classifications: idsOf('UpdateClassification'),
    },
  };
}

/** The languages that the source knows, else those of the product; enabled are the ones of this site. */
function languagesOf(known: readonly SourceLanguage[] | undefined, wanted: readonly string[]): SourceLanguage[] {
  const all =
    known ??
    LANGUAGES.map(({ lcid, code, name }) => ({
      languageId: lcid,
      shortLanguage: code,
      longLanguage: name,
      enabled: false,
    }));
  return all.map((language) => ({ ...language, enabled: wanted.includes(language.shortLanguage.toLowerCase()) }));
}
