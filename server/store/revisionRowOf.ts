import type { UpdateMetadata } from '../metadata/UpdateMetadata.js';
import type { Steps } from '../platform/inTurns.js';
import type { DocumentLocation } from './DocumentStore.js';
import { FLAG, KIND, RELATION, type RelationRow, type RevisionFacts, type RevisionRow } from './rows.js';

const KIND_OF: Readonly<Record<string, number>> = {
  Software: KIND.software,
  Driver: KIND.driver,
  Category: KIND.category,
  Detectoid: KIND.detectoid,
};
const SEVERITY_OF: Readonly<Record<string, number>> = { Low: 2, Moderate: 6, Important: 8, Critical: 10 };

/** Relations that are made between two turns of others: a document may name very many. */
const PIECE = 500;

/** The row that the database keeps of a document: what lists and decisions need; `stored` is the time in ms. */
export function* revisionRowOf(
  metadata: UpdateMetadata,
  location: DocumentLocation,
  stored: number,
): Steps<RevisionRow> {
  return { ...(yield* revisionFactsOf(metadata)), location, stored };
}

/** The row without where the document lies, and since when. */
export function* revisionFactsOf(metadata: UpdateMetadata): Steps<RevisionFacts> {
  const texts = displayTexts(metadata);
  return {
    updateId: metadata.identity.updateId,
    revisionNumber: metadata.identity.revisionNumber,
    kind: KIND_OF[metadata.updateType] ?? KIND.other,
    expired: metadata.publicationState === 'Expired',
    flags: flagsOf(metadata),
    title: texts.title.trim(),
    description: texts.description.trim(),
    language: texts.language,
    articleId: metadata.kbArticleIds[0] ?? '',
    bulletinId: metadata.securityBulletinIds[0] ?? '',
    severity: SEVERITY_OF[metadata.msrcSeverity] ?? 0,
    created: timeOf(metadata.creationDate),
    size: metadata.files.reduce((sum, file) => sum + file.size, 0) || metadata.maxDownloadSize,
    url: texts.moreInfoUrl || metadata.moreInfoUrl,
    locales: metadata.languages.join(','),
    eulaId: metadata.eulaId,
    categoryType: metadata.category?.categoryType ?? '',
    relations: yield* relationsOf(metadata),
  };
}

/** English, else the document's default language, else what there is. */
function displayTexts(metadata: UpdateMetadata): {
  title: string;
  description: string;
  language: string;
  moreInfoUrl: string;
} {
  const all = metadata.localizedProperties;
  const of = (language: string): (typeof all)[number] | undefined =>
    all.find((properties) => properties.language === language);
  return (
    of('en') ??
    of(metadata.defaultLanguage.toLowerCase()) ??
    all[0] ?? { title: '', description: '', language: '', moreInfoUrl: '' }
  );
}

function flagsOf(metadata: UpdateMetadata): number {
  const bit = (condition: boolean | undefined, flag: number): number => (condition === true ? flag : 0);
  return (
    bit(metadata.explicitlyDeployable, FLAG.explicitlyDeployable) |
    bit(metadata.isPublic, FLAG.isPublic) |
    bit(metadata.isBeta, FLAG.isBeta) |
    bit(metadata.osUpgrade, FLAG.osUpgrade) |
    bit(metadata.isMandatory, FLAG.isMandatory) |
    bit(metadata.perUser, FLAG.perUser) |
    bit(metadata.canRequestUserInput, FLAG.canRequestUserInput) |
    bit(metadata.impact === 'RequiresExclusiveHandling', FLAG.exclusive) |
    bit(metadata.category?.prohibitsUpdates, FLAG.prohibitsUpdates) |
    bit(metadata.category?.prohibitsSubcategories, FLAG.prohibitsSubcategories) |
    bit(metadata.category?.excludedByDefault, FLAG.excludedByDefault) |
    bit(metadata.files.length > 0, FLAG.hasFiles)
  );
}

function* relationsOf(metadata: UpdateMetadata): Steps<RelationRow[]> {
  const relations: RelationRow[] = [];
  for (const relation of eachRelation(metadata)) {
    relations.push(relation);
    if (relations.length % PIECE === 0) yield;
  }
  return relations;
}

function* eachRelation({
  prerequisites,
  bundledUpdates,
  supersededUpdates,
}: UpdateMetadata): Generator<RelationRow, void> {
  for (const [clause, { isCategory, updateIds }] of prerequisites.entries())
    for (const updateId of updateIds)
      yield { kind: isCategory ? RELATION.category : RELATION.prerequisite, clause, updateId, revisionNumber: 0 };
  for (const [clause, members] of bundledUpdates.entries())
    for (const member of members) yield { kind: RELATION.bundled, clause, ...member };
  for (const updateId of supersededUpdates) yield { kind: RELATION.superseded, clause: 0, updateId, revisionNumber: 0 };
}

/** ms since 1970; a dateTime without an offset is UTC; 0 where it cannot be read. */
function timeOf(text: string): number {
  const time = Date.parse(/(?:Z|[+-]\d\d:\d\d)$/.test(text) ? text : `${text}Z`);
  return Number.isNaN(time) ? 0 : time;
}
