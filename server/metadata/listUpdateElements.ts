import type { ListedElements } from '../xml/ListedElements.js';
import { QuickScanner } from '../xml/QuickScanner.js';
import { CATEGORY_NAMESPACE, UPDATE_NAMESPACE } from './UpdateMetadata.js';
import { PROPERTY_ATTRIBUTES } from './readProperties.js';

/** What the readers of this folder look at, and by which names. */
const scanner = new QuickScanner({
  namespaces: [UPDATE_NAMESPACE, CATEGORY_NAMESPACE],
  whole: ['UpdateIdentity', 'Properties', 'LocalizedPropertiesCollection', 'Relationships', 'Files'],
  children: ['HandlerSpecificData'],
  others: [
    ...['Update', 'UpdateID', 'RevisionNumber'],
    ...PROPERTY_ATTRIBUTES,
    ...['InstallationBehavior', 'RebootBehavior', 'Impact', 'CanRequestUserInput'],
    ...['MoreInfoUrl', 'SupportUrl', 'SecurityBulletinID', 'CveID', 'KBArticleID', 'Language'],
    ...['LocalizedProperties', 'Title', 'Description', 'EulaFile'],
    ...['Prerequisites', 'BundledUpdates', 'SupersededUpdates', 'AtLeastOne', 'IsCategory'],
    ...['File', 'FileName', 'Digest', 'Size', 'Modified', 'PatchingType', 'AdditionalDigest', 'Algorithm'],
    ...['CategoryInformation', 'CategoryType', 'DisplayOrder'],
    ...['ProhibitsSubcategories', 'ProhibitsUpdates', 'ExcludedByDefault'],
  ],
});

/** The elements of an update document; undefined where only `XmlScanner` can tell. */
export function listUpdateElements(bytes: Uint8Array): ListedElements | undefined {
  return scanner.list(bytes);
}
