import { XMLParser } from 'fast-xml-parser';

/** An element as fast-xml-parser reads it, with namespaces resolved by us. */
export interface OracleElement {
  readonly uri: string;
  readonly local: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly OracleElement[];
  readonly text: string;
}

type RawNode = Record<string, unknown> & { ':@'?: Record<string, string> };

const UPDATE = 'http://schemas.microsoft.com/msus/2002/12/Update';
const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  processEntities: false,
  cdataPropName: '#cdata',
  maxNestedTags: 1000,
});
const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function decode(text: string): string {
  return text.replace(
    /&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi,
    (_whole, hex: string | undefined, digits: string | undefined, name: string | undefined) =>
      name === undefined
        ? String.fromCodePoint(Number.parseInt(hex ?? digits ?? '', hex === undefined ? 10 : 16))
        : (NAMED[name] ?? '?'),
  );
}

function toElement(node: RawNode, scope: ReadonlyMap<string, string>): OracleElement {
  const name = Object.keys(node).find((key) => key !== ':@') ?? '';
  const raw = node[':@'] ?? {};
  const bound = new Map(scope);
  for (const [key, value] of Object.entries(raw)) {
    if (key === 'xmlns') bound.set('', decode(value));
    else if (key.startsWith('xmlns:')) bound.set(key.slice(6), decode(value));
  }
  const colon = name.indexOf(':');
  const nodes = node[name] as RawNode[];
  const text = nodes
    .map((child) =>
      '#text' in child
        ? decode(String(child['#text']))
        : '#cdata' in child
          ? textOfNode((child['#cdata'] as RawNode[])[0])
          : '',
    )
    .join('');
  return {
    uri: bound.get(colon < 0 ? '' : name.slice(0, colon)) ?? '',
    local: name.slice(colon + 1),
    text,
    attributes: Object.fromEntries(
      Object.entries(raw)
        .filter(([key]) => !key.includes(':') && key !== 'xmlns')
        .map(([key, value]) => [key, decode(value)]),
    ),
    children: nodes
      .filter(
        (child) =>
          !('#text' in child) && !('#cdata' in child) && !Object.keys(child).some((key) => key.startsWith('?')),
      )
      .map((child) => toElement(child, bound)),
  };
}

/** A whole document as it reads it. */
export function oracleTree(xml: string): OracleElement {
  const roots = (parser.parse(xml.replace(/^\ufeff/, '')) as RawNode[]).filter(
    (node) => !Object.keys(node).some((key) => key.startsWith('?') || key === '#text'),
  );
  return toElement(roots[0] ?? {}, new Map());
}

const all = (element: OracleElement | undefined, local: string): readonly OracleElement[] =>
  (element?.children ?? []).filter((child) => child.local === local && child.uri === UPDATE);
const one = (element: OracleElement | undefined, local: string): OracleElement | undefined => all(element, local)[0];
const idOf = (element: OracleElement): string => (element.attributes['UpdateID'] ?? '').toLowerCase();
const member = (element: OracleElement): { updateId: string; revisionNumber: number } => ({
  updateId: idOf(element),
  revisionNumber: Number(element.attributes['RevisionNumber'] ?? 0),
});

function clauses(
  element: OracleElement | undefined,
): readonly { isCategory: boolean; members: { updateId: string; revisionNumber: number }[] }[] {
  return (element?.children ?? [])
    .filter((child) => child.uri === UPDATE)
    .flatMap((child) => {
      if (child.local === 'UpdateIdentity') return [{ isCategory: false, members: [member(child)] }];
      return child.local === 'AtLeastOne'
        ? [{ isCategory: child.attributes['IsCategory'] === 'true', members: all(child, 'UpdateIdentity').map(member) }]
        : [];
    });
}

/** What fast-xml-parser finds of the things both readers must agree in. */
export function oracleView(xml: string): unknown {
  const root = oracleTree(xml);
  const properties = one(root, 'Properties');
  const relationships = one(root, 'Relationships');
  const category = one(root, 'HandlerSpecificData')?.children.find(
    (child) => child.local === 'CategoryInformation' && child.uri.endsWith('/UpdateHandlers/Category'),
  );
  const identity = one(root, 'UpdateIdentity');
  return {
    identity: identity === undefined ? undefined : member(identity),
    updateType: properties?.attributes['UpdateType'] ?? '',
    publicationState: properties?.attributes['PublicationState'] ?? '',
    creationDate: properties?.attributes['CreationDate'] ?? '',
    kbArticleIds: all(properties, 'KBArticleID').map((child) => child.text),
    securityBulletinIds: all(properties, 'SecurityBulletinID').map((child) => child.text),
    languages: all(properties, 'Language').map((child) => child.text),
    texts: all(one(root, 'LocalizedPropertiesCollection'), 'LocalizedProperties').map((texts) => ({
      language: (one(texts, 'Language')?.text ?? '').trim().toLowerCase(),
      title: one(texts, 'Title')?.text ?? '',
      description: one(texts, 'Description')?.text ?? '',
    })),
    prerequisites: clauses(one(relationships, 'Prerequisites')).map((clause) => ({
      isCategory: clause.isCategory,
      updateIds: clause.members.map((entry) => entry.updateId),
    })),
    bundledUpdates: clauses(one(relationships, 'BundledUpdates')).map((clause) => clause.members),
    supersededUpdates: all(one(relationships, 'SupersededUpdates'), 'UpdateIdentity').map(idOf),
    files: all(one(root, 'Files'), 'File').map((file) => ({
      fileName: file.attributes['FileName'] ?? '',
      size: Number(file.attributes['Size'] ?? 0),
      sha256: one(file, 'AdditionalDigest')?.text ?? '',
    })),
    categoryType: category?.attributes['CategoryType'],
    prohibitsUpdates: category === undefined ? undefined : category.attributes['ProhibitsUpdates'] === 'true',
  };
}

function textOfNode(node: RawNode | undefined): string {
  const text = node?.['#text'];
  return typeof text === 'string' || typeof text === 'number' ? String(text) : '';
}
