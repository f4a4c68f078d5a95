import type { Random } from './Random.js';
import { atLeastOne, identityReference } from './sampleXml.js';
import type { UpdatePlan } from './UpdatePlan.js';

/** What prerequisites are chosen from. */
export interface PrerequisiteIds {
  readonly classification: string;
  readonly detectoids: readonly [string, ...string[]];
}

/** Share of leaf children that name their product only. */
const PRODUCT_ONLY = 0.6;
/** Share of bundles that offer their children as alternatives. */
const ALTERNATIVES = 0.2;

/** The Relationships element: detectoids, product and classification clauses, children, superseded updates. */
export function relationshipsXml(plan: UpdatePlan, ids: PrerequisiteIds, random: Random): string {
  return (
    `<upd:Relationships><upd:Prerequisites>` +
    `${detectoidClauses(ids, random)}${categoryClauses(plan, ids, random)}</upd:Prerequisites>` +
    bundledXml(plan, random) +
    supersededXml(plan) +
    '</upd:Relationships>'
  );
}

function detectoidClauses(ids: PrerequisiteIds, random: Random): string {
  const alternatives = Array.from({ length: 2 + random.below(4) }, () => random.pick(ids.detectoids));
  return identityReference(random.pick(ids.detectoids)) + atLeastOne([...new Set(alternatives)], false);
}

function categoryClauses(plan: UpdatePlan, ids: PrerequisiteIds, random: Random): string {
  const isOffered = plan.role !== 'child';
  const products = atLeastOne(plan.issue.line.products, isOffered);
  if (!isOffered && random.chance(PRODUCT_ONLY)) return products;
  return products + atLeastOne([ids.classification], isOffered);
}

function bundledXml(plan: UpdatePlan, random: Random): string {
  if (plan.bundled.length === 0) return '';
  const children = plan.bundled
    .map((child) => `<upd:UpdateIdentity UpdateID="${child.updateId}" RevisionNumber="${child.revisionNumber}" />`)
    .join('');
  const inside =
    plan.bundled.length > 1 && random.chance(ALTERNATIVES) ? `<upd:AtLeastOne>${children}</upd:AtLeastOne>` : children;
  return `<upd:BundledUpdates>${inside}</upd:BundledUpdates>`;
}

function supersededXml(plan: UpdatePlan): string {
  if (plan.superseded.length === 0) return '';
  return `<upd:SupersededUpdates>${plan.superseded.map(identityReference).join('')}</upd:SupersededUpdates>`;
}
