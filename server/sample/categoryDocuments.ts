import {
  atLeastOne,
  escapeText,
  type GeneratedDocument,
  handlerType,
  NAMESPACES,
  openUpdate,
} from './GeneratedDocument.js';
import { productTree, type TreeCategory } from './products.js';

const PUBLISHER = '42f20e12-2856-447d-a8b2-68f06c2e9b45';

/** One Category document for every entry of the real product tree, parents first. */
export function* categoryDocuments(): Generator<GeneratedDocument, void, undefined> {
  for (const entry of productTree.classifications) yield documentOf(entry, 'UpdateClassification');
  for (const entry of productTree.companies) yield documentOf(entry, 'Company');
  for (const entry of productTree.families) yield documentOf(entry, 'ProductFamily');
  for (const entry of productTree.products) yield documentOf(entry, 'Product');
}

function documentOf(entry: TreeCategory, categoryType: string): GeneratedDocument {
  const memberships = entry.parent === undefined ? [] : [entry.parent];
  return {
    identity: { updateId: entry.id, revisionNumber: entry.revision },
    xml: Buffer.from(xmlOf(entry, categoryType), 'utf8'),
    isConfiguration: true,
    memberships,
    bundled: [],
    fileUrls: [],
  };
}

function xmlOf(entry: TreeCategory, categoryType: string): string {
  const parent = entry.parent;
  return (
    openUpdate(['pub', 'lar', 'cat']) +
    `<upd:UpdateIdentity UpdateID="${entry.id}" RevisionNumber="${entry.revision}" />` +
    `<upd:Properties DefaultPropertiesLanguage="en" UpdateType="Category" ExplicitlyDeployable="false" ` +
    `IsPublic="true" Handler="${NAMESPACES.cat}"` +
    ` PublicationState="Published" CreationDate="2014-02-07T01:26:44.796Z" ` +
    `PublisherID="${PUBLISHER}"></upd:Properties>` +
    `<upd:LocalizedPropertiesCollection>${titlesOf(entry)}</upd:LocalizedPropertiesCollection>` +
    (parent === undefined
      ? ''
      : `<upd:Relationships><upd:Prerequisites>${atLeastOne([parent], true)}</upd:Prerequisites></upd:Relationships>`) +
    '<upd:ApplicabilityRules><upd:IsInstalled><lar:True /></upd:IsInstalled></upd:ApplicabilityRules>' +
    `${handlerType('cat:Category')}<cat:CategoryInformation CategoryType="${categoryType}"${flagsOf(entry)} ` +
    `/></upd:HandlerSpecificData></upd:Update>`
  );
}

function titlesOf(entry: TreeCategory): string {
  const titles = Object.entries<string | undefined>({ en: entry.title, ...entry.titles });
  return titles.map(([language, title]) => (title === undefined ? '' : titleOf(language, title))).join('');
}

function titleOf(language: string, title: string): string {
  const text = escapeText(title);
  return (
    `<upd:LocalizedProperties><upd:Language>${language}</upd:Language><upd:Title>${text}</upd:Title>` +
    `<upd:Description>${text}</upd:Description></upd:LocalizedProperties>`
  );
}

function flagsOf(entry: TreeCategory): string {
  return (
    flag('ProhibitsSubcategories', entry.prohibitsSubcategories) +
    flag('ProhibitsUpdates', entry.prohibitsUpdates) +
    flag('ExcludedByDefault', entry.excludedByDefault)
  );
}

function flag(name: string, value: boolean | undefined): string {
  return value === undefined ? '' : ` ${name}="${value}"`;
}
