import type { DocumentParts } from '../../fixtures/updateDocuments.js';
import type { Revision } from './model.js';
import type { CategoryRevision } from './ModelCategories.js';

/** What the model knows of an update document. */
export function toRevision(parts: DocumentParts): Revision {
  return {
    id: parts.id,
    number: parts.revision ?? 1,
    title: parts.title ?? 'An update',
    created: Date.parse(parts.created ?? '2024-01-09T18:00:00.000Z'),
    isExpired: parts.publicationState === 'Expired',
    isDeployable: parts.deployable ?? (parts.type ?? 'Software') === 'Software',
    categories: parts.categories ?? [],
    supersedes: parts.supersedes ?? [],
    bundles: parts.bundles ?? [],
  };
}

/** What the model knows of a category document. */
export function toCategory(parts: DocumentParts): CategoryRevision {
  return {
    id: parts.id,
    number: parts.revision ?? 1,
    title: (parts.title ?? '').trim(),
    type: parts.category?.type ?? '',
    parent: parts.categories?.[0] ?? '',
  };
}
