import type { Steps } from '../platform/inTurns.js';
import { CLOSE, type ElementReader } from '../xml/ElementReader.js';
import { XmlSyntaxError } from '../xml/XmlScanner.js';
import type { UpdateDraft } from './UpdateDraft.js';
import { type UpdateIdentity, updateIdOf } from './UpdateIdentity.js';
import { UPDATE_NAMESPACE } from './UpdateMetadata.js';

/** Reads the attributes of an UpdateIdentity element; the revision is 0 where none is given. */
export function readIdentity(scanner: ElementReader): UpdateIdentity {
  return {
    updateId: guid(scanner.attribute('UpdateID')),
    revisionNumber: Number(scanner.attribute('RevisionNumber') ?? 0),
  };
}

/** Whether the revision of an identity is a number that a revision can have. */
export function hasRevision({ revisionNumber }: UpdateIdentity): boolean {
  return Number.isSafeInteger(revisionNumber) && revisionNumber >= 0;
}

/** A GUID in lower case; anything else makes the document invalid. */
function guid(text: string | undefined): string {
  const id = updateIdOf(text ?? '');
  if (id === undefined) throw new XmlSyntaxError(`${text ?? 'nothing'} is not an update id`, 0);
  return id;
}

/** Identities, or clauses, that are read in one step. */
const STEP = 500;

/** Reads Relationships: prerequisites and bundles as clauses (wsus-protocol section 2.7), superseded ids. */
export function* readRelationships(scanner: ElementReader, draft: UpdateDraft): Steps<void> {
  while (scanner.next() !== CLOSE) {
    switch (scanner.nameIn(UPDATE_NAMESPACE)) {
      case 'Prerequisites':
        yield* readPrerequisites(scanner, draft);
        break;
      case 'BundledUpdates':
        yield* readClauses(scanner, (members) => draft.bundledUpdates.push(members));
        break;
      case 'SupersededUpdates':
        for (const { updateId } of yield* readMembers(scanner)) draft.supersededUpdates.push(updateId);
        break;
      default:
        scanner.skip();
    }
  }
}

function* readPrerequisites(scanner: ElementReader, draft: UpdateDraft): Steps<void> {
  yield* readClauses(scanner, (members, isCategory) => {
    draft.prerequisites.push({ isCategory, updateIds: members.map((member) => member.updateId) });
  });
}

function* readClauses(
  scanner: ElementReader,
  take: (members: UpdateIdentity[], isCategory: boolean) => void,
): Steps<void> {
  for (let read = 1; scanner.next() !== CLOSE; read += 1) {
    if (read % STEP === 0) yield;
    if (scanner.nameIn(UPDATE_NAMESPACE) === 'UpdateIdentity') {
      take([readIdentity(scanner)], false);
      scanner.skip();
    } else if (scanner.nameIn(UPDATE_NAMESPACE) === 'AtLeastOne') {
      const isCategory = scanner.attribute('IsCategory') === 'true';
      take(yield* readMembers(scanner), isCategory);
    } else scanner.skip();
  }
}

function* readMembers(scanner: ElementReader): Steps<UpdateIdentity[]> {
  const members: UpdateIdentity[] = [];
  while (scanner.next() !== CLOSE) {
    if (scanner.nameIn(UPDATE_NAMESPACE) === 'UpdateIdentity') members.push(readIdentity(scanner));
    scanner.skip();
    if (members.length % STEP === STEP - 1) yield;
  }
  return members;
}
