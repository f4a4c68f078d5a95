import { randomUUID } from 'node:crypto';
import { LANGUAGES } from '../criteria/languages.js';
import type { SiteContext } from '../state/SiteContext.js';
import { catalogueId, completedChange } from '../state/catalogueState.js';
import { SyncError } from '../errors/SyncError.js';
import { readSettings } from '../state/settingsStore.js';
import type { IdRange } from '../store/StoreInspection.js';
import type { SourceLanguage } from '../wire/getConfigData.js';
import type { PackageDescription, PackageHeader } from './package.js';
import { readState, STATE } from '../state/siteState.js';
import { readRun, readRuns } from '../state/storedRuns.js';

/**
 * The revisions that an export carries: all that a synchronization has completed, or of them those stored after a run
 * ended or after a
 * date. A bundle out of the middle of a run would be left out by the reader, and never come again.
 * @throws SyncError RunNotFound, CatalogueEmpty, InvalidRequest
 */
export async function exportRange({ database, site }: SiteContext, since: string | undefined): Promise<IdRange> {
  const to = await completedChange(database);
  if (to < 1) throw new SyncError('CatalogueEmpty', { site: site.siteCode });
  if (since === undefined) return { from: 1, to };
  const time = /^\d{1,9}$/.test(since) ? await endOfRun(database, Number(since)) : timeOf(since);
  return { from: Math.min((await database.firstStoredAfter(time)) ?? to + 1, to + 1), to };
}

async function endOfRun(database: SiteContext['database'], id: number): Promise<number> {
  const end = (await readRun(database, id))?.EndTime;
  if (end === null || end === undefined) throw new SyncError('RunNotFound', { run: id });
  return Date.parse(end);
}

function timeOf(text: string): number {
  const time = Date.parse(text);
  if (Number.isNaN(time))
    throw new SyncError('InvalidRequest', {
      method: 'catalog/export',
      reason: `${text} is neither the number of a run nor a date`,
    });
  return time;
}

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
  const known = await readState(database, STATE.languages);
  const subscribed = (await database.categories()).filter((category) => category.isSubscribed);
  const idsOf = (type: string): string[] =>
    subscribed.filter(({ typeName }) => typeName === type).map(({ updateId }) => updateId);
  const runs = await readRuns(database, { newest: 2 });
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
