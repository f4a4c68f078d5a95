import { unresolvedBundles } from '../../criteria/unresolvedBundles.js';
import { SyncError } from '../../errors/SyncError.js';
import { identityKey, type UpdateIdentity } from '../../metadata/UpdateIdentity.js';
import type { SiteDatabase } from '../../store/SiteDatabase.js';
import type { PackageSurvey } from '../../transfer/surveyPackage.js';
import { uniqueRevisions } from '../../upstream/uniqueRevisions.js';
import type { FailedDocument } from '../../upstream/Source.js';

/**
 * The bundles of a package whose children neither it nor the site has. Prerequisites are not looked at: real catalogues
 * lack some.
 */
export async function missingDependencies(
  database: SiteDatabase,
  { configuration, updates, bundles }: PackageSurvey,
): Promise<readonly FailedDocument[]> {
  if (bundles.length === 0) return [];
  const held = new Set([...configuration, ...updates].map(identityKey));
  const elsewhere = uniqueRevisions(
    bundles.flatMap(({ clauses }) => clauses.flat()).filter((identity) => !held.has(identityKey(identity))),
  );
  const missing = new Set((await database.missingRevisions(elsewhere, true)).map(identityKey));
  const identities = new Map<string, UpdateIdentity>(bundles.map(({ identity }) => [identityKey(identity), identity]));
  const clauses = bundles.map((bundle) => ({
    key: identityKey(bundle.identity),
    clauses: bundle.clauses.map((clause) => clause.map(identityKey)),
  }));
  return unresolvedBundles(clauses, (key) => !missing.has(key)).flatMap(({ key, lacks }) => {
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
