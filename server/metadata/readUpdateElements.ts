import type { Steps } from '../platform/inTurns.js';
import { CLOSE, type ElementReader } from '../xml/ElementReader.js';
import { XmlSyntaxError } from '../xml/XmlScanner.js';
import { newDraft, type UpdateDraft } from './UpdateDraft.js';
import { CATEGORY_NAMESPACE, UPDATE_NAMESPACE, type UpdateFile, type UpdateMetadata } from './UpdateMetadata.js';
import { readLocalizedProperties } from './readLocalizedProperties.js';
import { readProperties } from './readProperties.js';
import { hasRevision, readIdentity, readRelationships } from './readRelationships.js';
import { childrenOfUpdate } from './updateRoot.js';

/** Files that are read in one step. */
const STEP = 500;

/** Reads Files: name, base64 digests, size in bytes. */
function* readFiles(scanner: ElementReader, draft: UpdateDraft): Steps<void> {
  for (let read = 1; scanner.next() !== CLOSE; read += 1) {
    if (read % STEP === 0) yield;
    if (scanner.nameIn(UPDATE_NAMESPACE) === 'File') draft.files.push(readFile(scanner));
    else scanner.skip();
  }
}

function readFile(scanner: ElementReader): UpdateFile {
  const text = (name: string): string => scanner.attribute(name) ?? '';
  const file = {
    fileName: text('FileName'),
    digest: text('Digest'),
    sha256: '',
    size: Number(text('Size')) || 0,
    modified: text('Modified'),
    patchingType: text('PatchingType'),
  };
  while (scanner.next() !== CLOSE) {
    if (scanner.nameIn(UPDATE_NAMESPACE) === 'AdditionalDigest' && scanner.attribute('Algorithm') === 'SHA256')
      file.sha256 = scanner.text();
    else scanner.skip();
  }
  return file;
}

/** Reads CategoryInformation out of HandlerSpecificData; what other handlers say is passed over. */
function* readHandlerData(scanner: ElementReader, draft: UpdateDraft): Steps<void> {
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
    yield* scanner.passOver();
  }
}

/** Which texts are wanted: all languages unless told otherwise. */
export interface ReadOptions {
  readonly wantsLanguage?: (language: string) => boolean;
}

/**
 * Reads the elements of one update document into the model, in steps, for a document that is very long or names very
 * many others. Follows wsus-protocol section 2.2; elements are known by namespace URI, never by prefix.
 * @throws XmlSyntaxError
 */
export function* readUpdateElements(reader: ElementReader, options: ReadOptions): Steps<UpdateMetadata> {
  return toMetadata(yield* readRoot(reader, options));
}

function* readRoot(scanner: ElementReader, options: ReadOptions): Steps<UpdateDraft> {
  const draft = newDraft();
  for (const name of childrenOfUpdate(scanner))
    if (name === 'Relationships') yield* readRelationships(scanner, draft);
    else yield* readRootChild(scanner, draft, options);
  return draft;
}

function* readRootChild(scanner: ElementReader, draft: UpdateDraft, options: ReadOptions): Steps<void> {
  if (scanner.uri !== UPDATE_NAMESPACE) {
    yield* scanner.passOver();
    return;
  }
  switch (scanner.localName) {
    case 'UpdateIdentity':
      draft.identity = readIdentity(scanner);
      scanner.skip();
      return;
    case 'Properties':
      readProperties(scanner, draft);
      return;
    case 'LocalizedPropertiesCollection':
      yield* readLocalizedProperties(scanner, draft, options.wantsLanguage);
      return;
    case 'Files':
      yield* readFiles(scanner, draft);
      return;
    case 'HandlerSpecificData':
      yield* readHandlerData(scanner, draft);
      return;
    default:
      yield* scanner.passOver();
  }
}

function toMetadata(draft: UpdateDraft): UpdateMetadata {
  const { attributes, identity } = draft;
  if (identity === undefined || !hasRevision(identity)) throw new XmlSyntaxError('it has no valid UpdateIdentity', 0);
  const text = (name: string): string => attributes.get(name) ?? '';
  const flag = (name: string, otherwise: boolean): boolean => {
    const value = attributes.get(name);
    return value === undefined ? otherwise : value === 'true' || value === '1';
  };
  const size = (name: string): number => Number(attributes.get(name)) || 0;
  return {
    identity,
    category: draft.category,
    rebootBehavior: draft.rebootBehavior,
    impact: draft.impact,
    canRequestUserInput: draft.canRequestUserInput,
    moreInfoUrl: draft.moreInfoUrl,
    supportUrl: draft.supportUrl,
    kbArticleIds: draft.kbArticleIds,
    securityBulletinIds: draft.securityBulletinIds,
    cveIds: draft.cveIds,
    languages: draft.languages,
    localizedProperties: draft.localizedProperties,
    eulaFiles: draft.eulaFiles,
    prerequisites: draft.prerequisites,
    bundledUpdates: draft.bundledUpdates,
    supersededUpdates: draft.supersededUpdates,
    files: draft.files,
    updateType: text('UpdateType'),
    publicationState: text('PublicationState'),
    creationDate: text('CreationDate'),
    defaultLanguage: text('DefaultPropertiesLanguage') || 'en',
    msrcSeverity: text('MsrcSeverity'),
    eulaId: text('EulaID').toLowerCase(),
    handler: text('Handler'),
    explicitlyDeployable: flag('ExplicitlyDeployable', false),
    isPublic: flag('IsPublic', true),
    isBeta: flag('IsBeta', false),
    osUpgrade: flag('OSUpgrade', false),
    isMandatory: flag('IsMandatory', false),
    perUser: flag('PerUser', false),
    maxDownloadSize: size('MaxDownloadSize'),
    minDownloadSize: size('MinDownloadSize'),
  };
}
