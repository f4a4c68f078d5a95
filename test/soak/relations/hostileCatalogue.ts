import { CLASSIFICATION } from '../../../server/criteria/classifications.js';
import type { CatalogueDocument } from '../../../server/sample/CatalogueEntry.js';
import { guidOf, updateDocument, type DocumentParts } from '../../fixtures/updateDocuments.js';
import type { Graph } from './graphs.js';

/** What the members of a graph name each other as. */
export const RELATIONS = ['bundle', 'category', 'supersedence', 'prerequisite'] as const;
export type Relation = (typeof RELATIONS)[number];

export const PRODUCT = guidOf(0xb1);
export const SECURITY = CLASSIFICATION.securityUpdates;
const FIRST = 0x100000;

/** The id of a member of the graph. */
export const memberId = (member: number): string => guidOf(FIRST + member);

/** Documents of a catalogue in which the members of a graph name each other in one way. */
export function* hostileDocuments(relation: Relation, graph: Graph): Generator<CatalogueDocument> {
  yield documentOf({ id: PRODUCT, title: 'Product', type: 'Category', category: { type: 'Product' } });
  const classification = { type: 'UpdateClassification' };
  yield documentOf({ id: SECURITY, title: 'Security Updates', type: 'Category', category: classification });
  for (let member = 0; member < graph.count; member += 1) yield documentOf(partsOf(relation, graph, member));
  if (relation !== 'category') return;
  for (const member of [0, graph.count - 1])
    yield documentOf({ ...common(graph.count + member), categories: [memberId(member), SECURITY] });
}

/** The document of a member, in a later revision. */
export function revisedMember(relation: Relation, graph: Graph, member: number): CatalogueDocument {
  return documentOf({ ...partsOf(relation, graph, member), revision: 2 });
}

function partsOf(relation: Relation, graph: Graph, member: number): DocumentParts {
  const ids = graph.named(member).map(memberId);
  switch (relation) {
    case 'bundle':
      // Every third is only there for its bundles.
      return {
        ...common(member),
        ...(member % 3 === 2 ? { categories: [], deployable: false } : {}),
        bundles: ids.map((id) => ({ id, revision: 1 })),
      };
    case 'supersedence':
      return { ...common(member), supersedes: ids };
    case 'prerequisite':
      return { ...common(member), prerequisites: ids };
    case 'category':
      return { ...common(member), type: 'Category', category: { type: 'Product' }, categories: ids };
  }
}

function common(member: number): DocumentParts {
  return {
    id: memberId(member),
    title: `Member ${member}`,
    kb: String(5_000_000 + member),
    categories: [PRODUCT, SECURITY],
    created: new Date(Date.UTC(2024, 0, 1) + member * 60_000).toISOString(),
  };
}

function documentOf(parts: DocumentParts): CatalogueDocument {
  return {
    identity: { updateId: parts.id, revisionNumber: parts.revision ?? 1 },
    xml: updateDocument(parts),
    isConfiguration: parts.type === 'Category',
    memberships: parts.categories ?? [],
    bundled: (parts.bundles ?? []).map(({ id, revision }) => ({ updateId: id, revisionNumber: revision })),
    prerequisites: parts.prerequisites ?? [],
  };
}
