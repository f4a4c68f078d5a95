import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { XMLParser } from 'fast-xml-parser';
import fc from 'fast-check';
import { SUPPORTED_CLASSIFICATIONS } from '../../server/criteria/classifications.js';
import { readUpdateDocument } from '../../server/metadata/readUpdateDocument.js';
import type { UpdateMetadata } from '../../server/metadata/UpdateMetadata.js';
import { identityKey } from '../../server/metadata/UpdateIdentity.js';
import type { GeneratedDocument } from '../../server/sample/GeneratedDocument.js';
import {
  DEFAULT_DOCUMENT_CHARS,
  generateCatalogue,
  type GeneratorOptions,
} from '../../server/sample/catalogueFromGenerator.js';
import { productTree } from '../../server/sample/products.js';
import { repetitions } from '../fixtures/repetitions.js';

const ROOT_ORDER = [
  'UpdateIdentity',
  'Properties',
  'LocalizedPropertiesCollection',
  'Relationships',
  'ApplicabilityRules',
  'Files',
  'HandlerSpecificData',
];
const PROPERTY_ORDER = [
  'InstallationBehavior',
  'MoreInfoUrl',
  'SupportUrl',
  'SecurityBulletinID',
  'CveID',
  'KBArticleID',
];
const DIGEST = 'b9ab7de45b10fb7c8a886eb1c666409f224ba509cef08c7fa754ceb684a78c26';

describe('generateCatalogue', () => {
  const documents = [...generateCatalogue({ updates: 3000, seed: 42, giants: false })];
  const configuration = documents.filter((document) => document.isConfiguration);
  const updates = documents.filter((document) => !document.isConfiguration);
  const read = new Map<string, UpdateMetadata>(
    documents.map((document) => [identityKey(document.identity), readUpdateDocument(document.xml, 'it')]),
  );
  const metadata = updates.map((document) => read.get(identityKey(document.identity))!);
  const offered = metadata.filter((update) => update.explicitlyDeployable);
  const share = (test: (update: UpdateMetadata) => boolean, of = offered): number => of.filter(test).length / of.length;

  it('gives the same bytes for the same options, on every machine', () => {
    expect(digestOf({ updates: 200, seed: 1 })).to.equal(DIGEST);
    expect(digestOf({ updates: 200, seed: 1 })).to.equal(digestOf({ updates: 200, seed: 1 }));
  });

  it('gives another catalogue for another seed, under the same tree', () => {
    const ids = (seed: number): string[] =>
      [...generateCatalogue({ updates: 20, seed })].map((document) => document.identity.updateId);
    const [first, second] = [ids(1), ids(2)];
    expect(first.slice(0, 427)).to.deep.equal(second.slice(0, 427));
    expect(first.slice(427).filter((id) => second.includes(id))).to.deep.equal([]);
  });

  it('makes exactly as many updates as asked', () => {
    fc.assert(
      fc.property(fc.nat(60), fc.integer(), (count, seed) => {
        expect(updatesOf({ updates: count, seed, size: 3000 }).length).to.equal(count);
      }),
      { numRuns: repetitions(5, 200) },
    );
  });

  it('makes nothing but live updates that stand alone where all shall be current', () => {
    const made = updatesOf({ updates: 400, seed: 3, size: 3000, allCurrent: true });
    const current = made.map((document) => readUpdateDocument(document.xml, 'it'));
    expect(current.length).to.equal(400);
    expect(made.filter(({ memberships }) => !memberships.some((id) => SUPPORTED_CLASSIFICATIONS.has(id)))).to.be.empty;
    expect(
      current.filter(
        (update) =>
          !update.explicitlyDeployable ||
          update.publicationState === 'Expired' ||
          update.supersededUpdates.length > 0 ||
          update.bundledUpdates.length > 0,
      ),
    ).to.deep.equal([]);
  });

  it('begins with the real tree and about 200 detectoids', () => {
    const types = configuration.map((document) => read.get(identityKey(document.identity))!);
    const count = (type: string): number => types.filter((one) => one.category?.categoryType === type).length;
    expect([count('UpdateClassification'), count('Product'), count('ProductFamily'), count('Company')]).to.deep.equal([
      12, 356, 57, 2,
    ]);
    expect(types.filter((one) => one.updateType === 'Detectoid').length).to.be.within(180, 220);
    expect(documents.slice(0, configuration.length)).to.deep.equal(configuration);
  });

  it('keeps the flags, titles and parents of the tree', () => {
    for (const entry of [...productTree.families, ...productTree.products]) {
      const document = read.get(`${entry.id}.${entry.revision}`)!;
      expect(document.category?.prohibitsUpdates).to.equal(entry.prohibitsUpdates ?? false);
      expect(document.category?.excludedByDefault).to.equal(entry.excludedByDefault ?? false);
      expect(document.prerequisites).to.deep.equal([{ isCategory: true, updateIds: [entry.parent] }]);
    }
  });

  it('writes well-formed documents in the order of the reference', () => {
    for (const document of updates.slice(0, 500)) {
      const tree = parseInOrder(document.xml);
      expect(tree.children).to.deep.equal(ROOT_ORDER.filter((name) => tree.children.includes(name)));
      expect([...new Set(tree.properties)]).to.deep.equal(
        PROPERTY_ORDER.filter((name) => tree.properties.includes(name)),
      );
    }
  });

  it('says of every document what the document says itself', () => {
    for (const document of documents) {
      const own = read.get(identityKey(document.identity))!;
      expect(own.identity).to.deep.equal(document.identity);
      expect(
        own.prerequisites.filter((clause) => clause.isCategory).flatMap((clause) => clause.updateIds),
      ).to.deep.equal(document.memberships);
      expect(own.bundledUpdates.flat()).to.deep.equal(document.bundled);
      expect(own.files.map((file) => file.digest)).to.deep.equal(document.fileUrls.map((url) => url.digest));
    }
  });

  it('meets the wanted size on average', () => {
    const mean =
      updates.reduce((sum, document) => sum + Buffer.from(document.xml).toString('utf8').length, 0) / updates.length;
    expect(mean).to.be.within(DEFAULT_DOCUMENT_CHARS * 0.95, DEFAULT_DOCUMENT_CHARS * 1.05);
  });

  it('names children before their bundles, in exact revisions, and supersedes only what came before', () => {
    const seen = new Set<string>();
    const ids = new Set<string>();
    for (const document of updates) {
      for (const child of document.bundled) expect(seen.has(identityKey(child))).to.equal(true);
      for (const id of read.get(identityKey(document.identity))!.supersededUpdates) expect(ids.has(id)).to.equal(true);
      seen.add(identityKey(document.identity));
      ids.add(document.identity.updateId);
    }
  });

  it('gives children no category clause and every offered update exactly two', () => {
    for (const update of metadata) {
      expect(update.prerequisites.filter((clause) => clause.isCategory).length).to.equal(
        update.explicitlyDeployable ? 2 : 0,
      );
      expect(update.updateType).to.equal('Software');
    }
  });

  it('has the proportions of a real catalogue', () => {
    expect(share((update) => update.publicationState === 'Expired')).to.be.within(0.005, 0.04);
    expect(share((update) => update.bundledUpdates.length > 0)).to.be.within(0.5, 0.95);
    expect(share((update) => update.supersededUpdates.length > 0)).to.be.within(0.6, 0.98);
    expect(share((update) => update.msrcSeverity !== '')).to.be.within(0.3, 0.7);
    expect(share((update) => update.localizedProperties.length > 10)).to.be.within(0.2, 0.7);
    expect(share((update) => update.osUpgrade)).to.be.within(0.005, 0.1);
    expect(share((update) => update.eulaId !== '')).to.be.within(0.005, 0.1);
    expect(
      share((update) => update.prerequisites.some((clause) => clause.isCategory && clause.updateIds.length > 1)),
    ).to.be.within(0.02, 0.3);
  });

  it('numbers security updates by bulletin, then by CVE alone, and never others', () => {
    for (const update of metadata) {
      expect(update.cveIds.length > 0).to.equal(update.msrcSeverity !== '');
      if (update.securityBulletinIds.length > 0) expect(update.creationDate < '2017-04').to.equal(true);
    }
    expect(metadata.some((update) => update.securityBulletinIds.length > 0)).to.equal(true);
  });

  it('spreads its dates over the years, in order, and titles tell the month', () => {
    const dates = metadata.map((update) => update.creationDate.slice(0, 4));
    expect(new Set(dates).size).to.be.at.least(10);
    const cumulative = offered.filter((update) => update.localizedProperties[0]!.title.startsWith('20'));
    expect(cumulative.length).to.be.greaterThan(100);
    for (const update of cumulative)
      expect(update.localizedProperties[0]!.title.slice(0, 7)).to.equal(update.creationDate.slice(0, 7));
  });

  it('has Defender definitions, upgrades and files with both digests', () => {
    const titles = offered.map((update) => update.localizedProperties[0]!.title);
    expect(titles.some((title) => title.startsWith('Security Intelligence Update for Microsoft Defender'))).to.equal(
      true,
    );
    expect(titles.some((title) => /^Windows 11, version 24H2/.test(title))).to.equal(true);
    const files = metadata.flatMap((update) => update.files);
    expect(
      files.every(
        (file) =>
          Buffer.from(file.digest, 'base64').length === 20 &&
          Buffer.from(file.sha256, 'base64').length === 32 &&
          file.size > 0,
      ),
    ).to.equal(true);
  });

  it('writes handler types as Microsoft does, for other implementations that compare the text', () => {
    const types = documents.flatMap(
      ({ xml }) =>
        Buffer.from(xml)
          .toString()
          .match(/(?<=xsi:type=")[^"]*/g) ?? [],
    );
    expect([...new Set(types)].sort()).to.deep.equal([
      'OSInstallerMetadata',
      'cat:Category',
      'cbs:Cbs',
      'cmd:CommandLineInstallation',
    ]);
  });

  it('has a few giants from 1,000 updates on, unless told otherwise', () => {
    const giants = (options: GeneratorOptions): number[] =>
      updatesOf(options)
        .map((document) => document.xml.length)
        .filter((size) => size > 900_000);
    expect(giants({ updates: 1000, seed: 9, size: 2000 })).to.have.length(1);
    expect(giants({ updates: 999, seed: 9, size: 2000 })).to.deep.equal([]);
    expect(giants({ updates: 1000, seed: 9, size: 2000, giants: false })).to.deep.equal([]);
    expect(giants({ updates: 5000, seed: 9, size: 2000 })).to.have.length(2);
    expect(giants({ updates: 5000, seed: 9, size: 2000, giants: 'first' })).to.have.length(1);
    expect(giants({ updates: 1000, seed: 9, size: 2000, giantChars: 6_000_000 })[0]).to.be.within(6_000_000, 6_010_000);
  });
});

function updatesOf(options: GeneratorOptions): GeneratedDocument[] {
  return [...generateCatalogue(options)].filter((document) => !document.isConfiguration);
}

function digestOf(options: GeneratorOptions): string {
  const hash = createHash('sha256');
  for (const document of generateCatalogue(options)) hash.update(document.xml);
  return hash.digest('hex');
}

type Ordered = Record<string, Ordered[] | undefined>;

function parseInOrder(xml: Uint8Array): { children: string[]; properties: string[] } {
  const parser = new XMLParser({ preserveOrder: true, removeNSPrefix: true, ignoreAttributes: false });
  const [root] = parser.parse(Buffer.from(xml).toString('utf8')) as Ordered[];
  const children = root!['Update']!;
  const properties = children.find((child) => 'Properties' in child)!['Properties']!;
  return { children: children.map(nameOf), properties: properties.map(nameOf) };
}

function nameOf(node: Ordered): string {
  return Object.keys(node).find((key) => key !== ':@') ?? '';
}
