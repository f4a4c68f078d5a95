import { CLASSIFICATION } from '../../server/criteria/classifications.js';
import { guidOf, type DocumentParts } from '../fixtures/updateDocuments.js';

export const MICROSOFT = guidOf(0xa0),
  WINDOWS = guidOf(0xa1),
  OFFICE = guidOf(0xa2),
  WINDOWS_10 = guidOf(0xb0),
  WINDOWS_11 = guidOf(0xb1),
  OFFICE_2019 = guidOf(0xb2);
export const SECURITY = CLASSIFICATION.securityUpdates,
  CRITICAL = CLASSIFICATION.criticalUpdates,
  UPGRADES = CLASSIFICATION.upgrades;

const category = (id: string, title: string, type: string, parent?: string): DocumentParts => ({
  id,
  title,
  type: 'Category',
  category: { type },
  ...(parent === undefined ? {} : { categories: [parent] }),
});

/** A small product tree with three classifications. */
export const CATEGORIES: readonly DocumentParts[] = [
  category(MICROSOFT, 'Microsoft', 'Company'),
  category(WINDOWS, 'Windows', 'ProductFamily', MICROSOFT),
  category(OFFICE, 'Office', 'ProductFamily', MICROSOFT),
  category(WINDOWS_10, 'Windows 10', 'Product', WINDOWS),
  category(WINDOWS_11, 'Windows 11 ', 'Product', WINDOWS),
  category(OFFICE_2019, 'Office 2019', 'Product', OFFICE),
  category(SECURITY, 'Security Updates', 'UpdateClassification'),
  category(CRITICAL, 'Critical Updates', 'UpdateClassification'),
  category(UPGRADES, 'Upgrades', 'UpdateClassification'),
];

/** A product that appears later. */
export const productBelow = (number: number, title: string, family: string): DocumentParts =>
  category(guidOf(number), title, 'Product', family);

/** A security update of Windows 11, or what is said instead. */
export function update(number: number, over: Partial<DocumentParts> = {}): DocumentParts {
  return {
    id: guidOf(number),
    title: `Update ${number}`,
    categories: [WINDOWS_11, SECURITY],
    kb: String(5_000_000 + number),
    ...over,
  };
}
