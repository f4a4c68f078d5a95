import type { UpdateDraft } from './UpdateDraft.js';
import { CLOSE } from './XmlScanner.js';
import type { XmlScanner } from './XmlScanner.js';
import { CATEGORY_NAMESPACE } from './namespaces.js';

/** Reads CategoryInformation out of HandlerSpecificData; what other handlers say is passed over. */
export function readHandlerData(scanner: XmlScanner, draft: UpdateDraft): void {
  while (scanner.next() !== CLOSE) {
    if (scanner.localName === 'CategoryInformation' && scanner.uri === CATEGORY_NAMESPACE) {
      const flag = (name: string): boolean => scanner.attribute(name) === 'true';
      draft.category = {
        categoryType: scanner.attribute('CategoryType') ?? '',
        prohibitsSubcategories: flag('ProhibitsSubcategories'),
        prohibitsUpdates: flag('ProhibitsUpdates'),
        excludedByDefault: flag('ExcludedByDefault'),
        displayOrder: Number(scanner.attribute('DisplayOrder')) || 0,
      };
    }
    scanner.skip();
  }
}
