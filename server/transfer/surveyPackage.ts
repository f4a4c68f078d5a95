import { unresolvedBundles } from '../criteria/unresolvedBundles.js';
import type { BundleClauses } from '../criteria/unresolvedBundles.js';
import { SyncError } from '../errors/SyncError.js';
import { identityKey, uniqueRevisions } from '../metadata/UpdateIdentity.js';
import type { UpdateIdentity } from '../metadata/UpdateIdentity.js';
import { readUpdateOutline, type UpdateOutline } from '../metadata/readUpdateOutline.js';
import { inTurns, turn } from '../platform/inTurns.js';
import type { SiteDatabase } from '../store/SiteDatabase.js';
import type { FailedDocument } from '../upstream/Source.js';
import type { PackageDocument, PackageManifest, WsusPackage } from './package.js';

/** A bundle of a package: for each of its clauses the revisions of which one must be there. */
interface PackagedBundle {
  readonly identity: UpdateIdentity;
  readonly clauses: readonly (readonly UpdateIdentity[])[];
}

/** What a package holds, after one pass over all of it. */
export interface PackageSurvey {
  /** Categories, classifications and detectoids, then all else; each in the order of the package. */
  readonly configuration: readonly UpdateIdentity[];
  readonly updates: readonly UpdateIdentity[];
  readonly bundles: readonly PackagedBundle[];
  /** Documents that cannot be read. */
  readonly invalid: readonly FailedDocument[];
  /** Updates with files that package.xml does not list. */
  readonly unlisted: readonly UpdateIdentity[];
}

/** Reads the documents of a package, whose `package.xml` it gets with each. */
export interface OutlineReader {
  /** @throws SyncError DocumentInvalid */
  outlineOf(document: PackageDocument, manifest: PackageManifest): Promise<UpdateOutline>;
}

/** How a package is looked at. */
interface SurveyOptions {
  /** Is called now and then with the number of documents looked at; throws to end the pass. */
  readonly onProgress: (done: number, total: number) => void;
  /** Reads outlines, and keeps nothing, if not given. */
  readonly reader?: OutlineReader | undefined;
}

const OUTLINES: OutlineReader = {
  outlineOf: async ({ identity, xml }) => inTurns(readUpdateOutline(xml, identityKey(identity))),
};

const CONFIGURATION: ReadonlySet<string> = new Set(['Category', 'Detectoid']);

/**
 * Reads every document of a package once and keeps what an import decides by.
 * @throws SyncError PackageInvalid, also when no document at all can be read
 */
export async function surveyPackage(
  wsusPackage: WsusPackage,
  path: string,
  { onProgress, reader = OUTLINES }: SurveyOptions,
): Promise<PackageSurvey> {
  const survey = {
    configuration: [] as UpdateIdentity[],
    updates: [] as UpdateIdentity[],
    bundles: [] as PackagedBundle[],
    invalid: [] as FailedDocument[],
    unlisted: [] as UpdateIdentity[],
  };
  let done = 0;
  for await (const document of wsusPackage.documents()) {
    const outline = await readableOutline(reader, document, wsusPackage);
    if (outline instanceof SyncError)
      survey.invalid.push({ identity: document.identity, errorId: 'MetadataInvalid', reason: outline.message });
    else note(survey, { document, outline, manifest: wsusPackage });
    done += 1;
    await turn();
    if (done % 100 === 0) onProgress(done, wsusPackage.updates.size);
  }
  const [first] = survey.invalid;
  if (first !== undefined && survey.invalid.length === done)
    throw new SyncError('PackageInvalid', { path, reason: `none of its documents can be read: ${first.reason}` });
  onProgress(done, wsusPackage.updates.size);
  return survey;
}

async function readableOutline(
  reader: OutlineReader,
  document: PackageDocument,
  manifest: PackageManifest,
): Promise<UpdateOutline | SyncError> {
  const what = identityKey(document.identity);
  try {
    const outline = await reader.outlineOf(document, manifest);
    return identityKey(outline.identity) === what
      ? outline
      : new SyncError('DocumentInvalid', { what, reason: `it says that it is ${identityKey(outline.identity)}` });
  } catch (error) {
    if (error instanceof SyncError) return error;
    throw error;
  }
}

/** True for what is imported before the updates. */
export function isConfiguration({ updateType }: Pick<UpdateOutline, 'updateType'>): boolean {
  return CONFIGURATION.has(updateType);
}

type Mutable = { readonly [Part in keyof PackageSurvey]: PackageSurvey[Part][number][] };

function note(
  survey: Mutable,
  { document, outline, manifest }: { document: PackageDocument; outline: UpdateOutline; manifest: PackageManifest },
): void {
  const { identity } = document;
  survey[isConfiguration(outline) ? 'configuration' : 'updates'].push(identity);
  const clauses = outline.bundledUpdates.map((clause) => clause.map((member) => listedIdentity(member, manifest)));
  if (clauses.length > 0) survey.bundles.push({ identity, clauses });
  const listed = manifest.updates.get(identityKey(identity))?.digests ?? [];
  if (outline.digests.some((digest) => !listed.includes(digest) || !manifest.files.has(digest)))
    survey.unlisted.push(identity);
}

/** As the manifest has it: what many bundles name is held once. */
function listedIdentity(member: UpdateIdentity, { updates }: PackageManifest): UpdateIdentity {
  return updates.get(identityKey(member))?.identity ?? member;
}

/**
 * The bundles of a package whose children neither it nor the site has. Prerequisites are not looked at: real catalogues
 * lack some.
 */
export async function missingDependencies(
  database: SiteDatabase,
  { configuration, updates, bundles }: PackageSurvey,
): Promise<readonly FailedDocument[]> {
  if (bundles.length === 0) return [];
  const held = new Set<string>();
  for (const identity of [...configuration, ...updates]) {
    held.add(identityKey(identity));
    await turn();
  }
  const elsewhere: UpdateIdentity[] = [];
  for (const { clauses } of bundles) {
    for (const member of clauses.flat()) if (!held.has(identityKey(member))) elsewhere.push(member);
    await turn();
  }
  const wanted = await inTurns(uniqueRevisions(elsewhere));
  const missing = new Set((await database.missingRevisions(wanted, true)).map(identityKey));
  return missing.size === 0 ? [] : lackingBundles(bundles, missing);
}

async function lackingBundles(
  bundles: PackageSurvey['bundles'],
  missing: ReadonlySet<string>,
): Promise<readonly FailedDocument[]> {
  const identities = new Map<string, UpdateIdentity>();
  const clauses: BundleClauses[] = [];
  for (const bundle of bundles) {
    const key = identityKey(bundle.identity);
    identities.set(key, bundle.identity);
    clauses.push({ key, clauses: bundle.clauses.map((clause) => clause.map(identityKey)) });
    await turn();
  }
  const unresolved = await inTurns(unresolvedBundles(clauses, (key) => !missing.has(key)));
  return unresolved.flatMap(({ key, lacks }) => {
    const identity = identities.get(key);
    return identity === undefined
      ? []
      : [
          {
            identity,
            errorId: 'DependencyNotFound',
            reason: new SyncError('DependencyNotFound', { what: key, lacks }).message,
          },
        ];
  });
}
