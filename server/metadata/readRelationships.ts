import { UPDATE_NAMESPACE } from './namespaces.js';
import { readIdentity } from './readIdentity.js';
import type { UpdateDraft } from './UpdateDraft.js';
import type { UpdateIdentity } from './UpdateIdentity.js';
import { CLOSE, type XmlScanner } from './XmlScanner.js';

/** Reads Relationships: prerequisites and bundles as clauses (wsus-protocol section 2.7), superseded ids. */
export function readRelationships(scanner: XmlScanner, draft: UpdateDraft): void {
  while (scanner.next() !== CLOSE) {
    switch (scanner.nameIn(UPDATE_NAMESPACE)) {
      case 'Prerequisites':
        readPrerequisites(scanner, draft);
        break;
      case 'BundledUpdates':
        readClauses(scanner, (members) => draft.bundledUpdates.push(members));
        break;
      case 'SupersededUpdates':
        for (const { updateId } of readMembers(scanner)) draft.supersededUpdates.push(updateId);
        break;
      default:
        scanner.skip();
    }
  }
}

function readPrerequisites(scanner: XmlScanner, draft: UpdateDraft): void {
  readClauses(scanner, (members, isCategory) => {
    draft.prerequisites.push({ isCategory, updateIds: members.map((member) => member.updateId) });
  });
}

function readClauses(scanner: XmlScanner, take: (members: UpdateIdentity[], isCategory: boolean) => void): void {
  while (scanner.next() !== CLOSE) {
    if (scanner.nameIn(UPDATE_NAMESPACE) === 'UpdateIdentity') {
      take([readIdentity(scanner)], false);
      scanner.skip();
    } else if (scanner.nameIn(UPDATE_NAMESPACE) === 'AtLeastOne') {
      const isCategory = scanner.attribute('IsCategory') === 'true';
      take(readMembers(scanner), isCategory);
    } else scanner.skip();
  }
}

function readMembers(scanner: XmlScanner): UpdateIdentity[] {
  const members: UpdateIdentity[] = [];
  while (scanner.next() !== CLOSE) {
    if (scanner.nameIn(UPDATE_NAMESPACE) === 'UpdateIdentity') members.push(readIdentity(scanner));
    scanner.skip();
  }
  return members;
}
