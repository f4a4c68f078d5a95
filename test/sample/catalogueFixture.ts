import { wholeList } from '../downstream/aloneWork.js';
import type { UpdateIdentity } from '../../server/metadata/UpdateIdentity.js';
import { identityKey } from '../../server/metadata/UpdateIdentity.js';
import type { CatalogueDocument } from '../../server/sample/CatalogueEntry.js';
import type { ServedCatalogue } from '../../server/downstream/ServedCatalogue.js';
import { MemoryCatalogue } from '../../server/sample/MemoryCatalogue.js';
import type { RevisionFilter } from '../../server/wire/getRevisionIdList.js';
import type { FilterEntry } from '../../server/wire/fields.js';

/** A GUID that can be told by its number. */
export function id(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

/** What of a document is not the usual. */
export interface DocumentExtras {
  readonly revision?: number;
  readonly prerequisites?: readonly number[];
  readonly title?: string;
}

/** An update of a product (or several) and a classification, with children if wanted. */
export function update(
  number: number,
  categories: readonly number[],
  bundled: readonly UpdateIdentity[] = [],
  extras: DocumentExtras = {},
): CatalogueDocument {
  return document({ number, type: 'Software', categories, bundled, ...extras });
}

/** A category below its parent. */
export function category(number: number, parents: readonly number[] = [], revision = 1): CatalogueDocument {
  return document({ number, type: 'Category', categories: parents, bundled: [], revision });
}

/** Something that computers are asked for. */
export function detectoid(number: number): CatalogueDocument {
  return document({ number, type: 'Detectoid', categories: [], bundled: [] });
}

/** A catalogue with these documents, in one change. */
export function catalogueOf(...documents: CatalogueDocument[]): MemoryCatalogue {
  const catalogue = new MemoryCatalogue({ serverId: id(999), languages: [] });
  catalogue.add(documents);
  return catalogue;
}

/** A filter for updates; a number asks for changes only, a number in an array for everything again. */
export function updatesFilter(
  categories: readonly (number | [number])[],
  classifications: readonly (number | [number])[],
  anchor = '',
): RevisionFilter {
  return {
    config: false,
    anchor,
    categories: categories.map(entry),
    classifications: classifications.map(entry),
    languages: [],
  };
}

/** The filter for configuration. */
export function configFilter(anchor = ''): RevisionFilter {
  return { config: true, anchor, categories: [], classifications: [], languages: [] };
}

/** `number.revision` of the listed revisions. */
export async function listed(catalogue: ServedCatalogue, filter: RevisionFilter): Promise<string[]> {
  const list = await wholeList(catalogue, filter);
  return list.revisions.map((identity) => identityKey(identity).replace(/^0{8}-0{4}-4000-8000-0*/, ''));
}

function entry(asked: number | [number]): FilterEntry<string> {
  return Array.isArray(asked) ? { id: id(asked[0]), delta: false } : { id: id(asked), delta: true };
}

interface DocumentShape extends DocumentExtras {
  readonly number: number;
  readonly type: string;
  readonly categories: readonly number[];
  readonly bundled: readonly UpdateIdentity[];
}

function document({
  number,
  type,
  categories,
  bundled,
  revision = 1,
  prerequisites = [],
  title = `Document ${number}`,
}: DocumentShape): CatalogueDocument {
  const clauses = categories
    .map((one) => `<u:AtLeastOne IsCategory="true"><u:UpdateIdentity UpdateID="${id(one)}" /></u:AtLeastOne>`)
    .join('');
  const before = prerequisites.map((one) => `<u:UpdateIdentity UpdateID="${id(one)}" />`).join('');
  const children = bundled
    .map((child) => `<u:UpdateIdentity UpdateID="${child.updateId}" RevisionNumber="${child.revisionNumber}" />`)
    .join('');
  const xml =
    `<u:Update xmlns:u="http://schemas.microsoft.com/msus/2002/12/Update"><u:UpdateIdentity ` +
    `UpdateID="${id(number)}" RevisionNumber="${revision}" />` +
    `<u:Properties UpdateType="${type}" PublicationState="Published" ` +
    `/><u:LocalizedPropertiesCollection><u:LocalizedProperties><u:Language>en</u:Language><u:Title>${title}</u:Title>` +
    `</u:LocalizedProperties></u:LocalizedPropertiesCollection><u:Relationships><u:Prerequisites>` +
    `${before}${clauses}</u:Prerequisites>` +
    `<u:BundledUpdates>${children}</u:BundledUpdates></u:Relationships></u:Update>`;
  return { identity: { updateId: id(number), revisionNumber: revision }, xml: Buffer.from(xml, 'utf8') };
}
