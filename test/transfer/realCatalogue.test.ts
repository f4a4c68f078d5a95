import { expect } from 'chai';
import { identityKey } from '../../server/metadata/UpdateIdentity.js';
import type { UpdateMetadata } from '../../server/metadata/UpdateMetadata.js';
import { readUpdateDocument } from '../../server/metadata/readUpdateDocument.js';
import { catalogueFromPackage } from '../../server/sample/catalogueFromPackage.js';
import { productTree } from '../../server/sample/products.js';
import { openWsusPackage } from '../../server/transfer/openPackage.js';
import type { WsusPackage } from '../../server/transfer/package.js';
import { wholeList } from '../downstream/aloneWork.js';
import { describeWithRealCatalogue } from './realCatalogue.js';

const KNOWN_EXPORT = '2024-06-19T17:11:14Z';

describeWithRealCatalogue('the real export', (path) => {
  let opened: WsusPackage;
  const all: UpdateMetadata[] = [];
  let largest = 0;

  before(async () => {
    opened = await openWsusPackage(path);
    for await (const document of opened.documents()) {
      all.push(readUpdateDocument(document.xml, identityKey(document.identity)));
      largest = Math.max(largest, Buffer.from(document.xml).toString('utf8').length);
    }
  });

  it('has one document for every update that its package.xml lists', () => {
    expect(all.map((metadata) => identityKey(metadata.identity))).to.have.members([...opened.updates.keys()]);
  });

  it('has the counts of the reference', () => {
    if (opened.header.creationTime !== KNOWN_EXPORT) return;
    const latest = latestOf(all);
    const revisions = new Map<string, UpdateMetadata[]>();
    for (const one of all) revisions.set(one.identity.updateId, [...(revisions.get(one.identity.updateId) ?? []), one]);
    expect(all.length).to.equal(4125);
    expect(latest.length).to.equal(4087);
    expect([...revisions.values()].filter((several) => several.length > 1).length).to.equal(36);
    expect(latest.filter((metadata) => metadata.updateType === 'Detectoid').length).to.equal(3660);
    expect(latest.filter((metadata) => metadata.publicationState === 'Expired').length).to.equal(6);
    expect(largest).to.equal(850_355);
    expect(countTypes(latest)).to.deep.equal({ UpdateClassification: 12, Product: 356, ProductFamily: 57, Company: 2 });
  });

  it('is where the product tree of the generator comes from', () => {
    if (opened.header.creationTime !== KNOWN_EXPORT) return;
    const ids = latestOf(all)
      .filter((metadata) => metadata.category !== undefined)
      .map((metadata) => metadata.identity.updateId);
    const tree = [
      ...productTree.classifications,
      ...productTree.companies,
      ...productTree.families,
      ...productTree.products,
    ];
    expect(tree.map((entry) => entry.id)).to.have.members(ids);
  });

  it('can be read twice', async () => {
    expect(await keysOf(opened)).to.deep.equal(await keysOf(opened));
  });

  it('becomes a catalogue that lists every revision', async () => {
    const catalogue = await catalogueFromPackage(path);
    const list = await wholeList(catalogue, {
      config: true,
      anchor: '',
      categories: [],
      classifications: [],
      languages: [],
    });
    const updates = await wholeList(catalogue, {
      config: false,
      anchor: '',
      categories: [],
      classifications: [],
      languages: [],
    });
    expect(catalogue.serverId).to.equal(opened.header.serverId);
    expect(list.revisions.length + updates.revisions.length).to.be.at.least(latestOf(all).length);
    const [served] = await catalogue.documents(list.revisions.slice(0, 1));
    expect(served?.identity).to.deep.equal(list.revisions[0]);
  });
});

async function keysOf(opened: WsusPackage): Promise<string[]> {
  const keys: string[] = [];
  for await (const document of opened.documents()) keys.push(identityKey(document.identity));
  return keys;
}

function latestOf(all: readonly UpdateMetadata[]): UpdateMetadata[] {
  const latest = new Map<string, UpdateMetadata>();
  for (const metadata of all) {
    const known = latest.get(metadata.identity.updateId);
    if (known === undefined || known.identity.revisionNumber < metadata.identity.revisionNumber)
      latest.set(metadata.identity.updateId, metadata);
  }
  return [...latest.values()];
}

function countTypes(latest: readonly UpdateMetadata[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { category } of latest)
    if (category !== undefined) counts[category.categoryType] = (counts[category.categoryType] ?? 0) + 1;
  return counts;
}
