import { unresolvedBundles, type BundleClauses } from '../../criteria/unresolvedBundles.js';
import { SyncError } from '../../errors/SyncError.js';
import { identityKey, uniqueRevisions, type UpdateIdentity } from '../../metadata/UpdateIdentity.js';
import { inTurns, turn } from '../../platform/inTurns.js';
import type { SiteDatabase } from '../../store/SiteDatabase.js';
import type { PackageSurvey } from '../../transfer/surveyPackage.js';
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
  const held = new Set<string>();
  for (const identity of [...configuration, ...updates]) {
    held.add(identityKey(identity));
    await turn();
  }
  const identities = new Map<string, UpdateIdentity>();
  const clauses: BundleClauses[] = [];
  const elsewhere: UpdateIdentity[] = [];
  for (const bundle of bundles) {
    const key = identityKey(bundle.identity);
    identities.set(key, bundle.identity);
    clauses.push({ key, clauses: bundle.clauses.map((clause) => clause.map(identityKey)) });
    for (const member of bundle.clauses.flat()) if (!held.has(identityKey(member))) elsewhere.push(member);
    await turn();
  }
  const wanted = await inTurns(uniqueRevisions(elsewhere));
  const missing = new Set((await database.missingRevisions(wanted, true)).map(identityKey));
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
