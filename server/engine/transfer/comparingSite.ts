import type { ComparingSite, NamedId } from '../../criteria/comparePackage.js';
import { STATE } from '../catalogueState.js';
import type { ComponentSettings } from '../ComponentSettings.js';
import type { SiteContext } from '../SiteContext.js';
import type { ImportedPackages } from './PackageImport.js';

/** What the site wants, and what it has imported before of the same catalogue. */
export async function comparingSite(
  { database }: SiteContext,
  settings: ComponentSettings,
  catalogue: string,
): Promise<ComparingSite> {
  const subscribed = (await database.categories()).filter(({ isSubscribed }) => isSubscribed);
  const named = (type: string): NamedId[] =>
    subscribed
      .filter(({ typeName }) => typeName === type)
      .map(({ updateId, title }) => ({ id: updateId, name: title }));
  const imported = ((await database.setting(STATE.importedPackages)) as ImportedPackages | undefined) ?? {};
  return {
    languages: settings.summaryLanguages,
    products: named('Product'),
    classifications: named('UpdateClassification'),
    before: imported[catalogue],
    trustsSigners: settings.trustedPackageSigners.length > 0,
  };
}
