import { expect } from 'chai';
import { createHash } from 'node:crypto';
import path from 'node:path';
import { DigestTable, type ServedSite } from '../../server/downstream/ContentIndex.js';
import { SiteCatalogue, type SiteCatalogueOptions } from '../../server/downstream/SiteCatalogue.js';
import { identityKey, type UpdateIdentity } from '../../server/metadata/UpdateIdentity.js';
import { readUpdateDocument } from '../../server/metadata/readUpdateDocument.js';
import { plainFiles } from '../../server/platform/files/folderFiles.js';
import type { CatalogueDocument } from '../../server/sample/CatalogueEntry.js';
import { STATE } from '../../server/state/siteState.js';
import { LicenseTermsStore } from '../../server/store/LicenseTermsStore.js';
import { SegmentedDocumentStore } from '../../server/store/SegmentedDocumentStore.js';
import { realFiles } from '../../server/store/StorePlace.js';
import { openSiteDatabase } from '../../server/store/embedded/openSiteDatabase.js';
import { encodeFileAddresses } from '../../server/store/fileAddresses.js';
import { atOnce } from '../../server/platform/inTurns.js';
import { revisionRowOf } from '../../server/store/revisionRowOf.js';
import { rejectionOf } from '../fixtures/rejection.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { category, configFilter, id, listed, update, updatesFilter } from '../sample/catalogueFixture.js';
import { testPlace } from '../store/testPlace.js';
import { ALONE, wholeList } from './aloneWork.js';
import { servedCatalogueAcceptance } from './servedCatalogueAcceptance.js';

const [PRODUCT, SECURITY] = [2, 8] as const;

const optionsOf = (number: number): SiteCatalogueOptions => ({
  newGuid: () => id(number),
  sourceBase: async () => Promise.resolve(new URL('http://sup.test:8530/')),
});

describe('SiteCatalogue', () => {
  const folder = temporaryFolder();
  let site: ServedSite;
  let catalogue: SiteCatalogue;
  const at = (name: string): string => path.join(folder(), name);
  const openSite = async (generation = 1): Promise<ServedSite> => {
    return {
      database: await openSiteDatabase({ place: testPlace(folder()), files: realFiles, generation }),
      licenseTerms: new LicenseTermsStore(at('LicenseTerms'), plainFiles),
      documents: new SegmentedDocumentStore({ folder: at('documents'), files: realFiles, generation, site: id(1) }),
    };
  };
  const close = async (): Promise<void> => {
    await site.documents.close();
    await site.database.close();
  };
  beforeEach(async () => {
    site = await openSite();
    catalogue = await SiteCatalogue.open(site, optionsOf(900));
  });
  afterEach(close);

  /** Stores as a synchronization does; `isWhole` false: it is still under way. */
  const store = async (documents: readonly CatalogueDocument[], isWhole = true): Promise<void> => {
    const locations = await site.documents.append(
      'updates',
      documents.map((document) => document.xml),
    );
    const revisions = documents.map((document, index) =>
      atOnce(revisionRowOf(readUpdateDocument(document.xml, identityKey(document.identity)), locations[index]!, 0)),
    );
    await site.database.commit({ revisions });
    if (isWhole)
      await site.database.commit({ settings: { [STATE.servedChange]: await site.database.highestRevision() } });
  };

  servedCatalogueAcceptance('The store of a site', async () =>
    Promise.resolve({ catalogue, put: async (...documents) => store(documents) }),
  );

  it('serves what was whole at the end of a synchronization, not what has come since', async () => {
    await store([category(PRODUCT), category(SECURITY), update(20, [PRODUCT, SECURITY])]);
    const { anchor } = await wholeList(catalogue, configFilter());
    await store([update(20, [PRODUCT, SECURITY], [], { revision: 2 }), update(21, [PRODUCT, SECURITY])], false);
    expect((await wholeList(catalogue, updatesFilter([], []))).anchor).to.equal(anchor);
    expect(
      await listed(catalogue, updatesFilter([PRODUCT], [SECURITY])),
      'the revision that was latest before',
    ).to.deep.equal(['20.1']);
    await store([]);
    expect(await listed(catalogue, updatesFilter([PRODUCT], [SECURITY], anchor))).to.deep.equal(['20.2', '21.1']);
  });

  it('has another key for every other list of documents, and none where one of them is not there', async () => {
    await store([category(PRODUCT), category(SECURITY), update(20, [PRODUCT, SECURITY]), update(21, [PRODUCT])]);
    const [first, second] = [20, 21].map((number) => ({ updateId: id(number), revisionNumber: 1 })) as [
      UpdateIdentity,
      UpdateIdentity,
    ];
    const key = await catalogue.documentsKey([first, second]);
    expect(key).to.equal(await catalogue.documentsKey([first, second]));
    for (const others of [[second, first], [first], [first, second, second]])
      expect(await catalogue.documentsKey(others))
        .to.not.equal(key)
        .and.not.equal(undefined);
    expect(await catalogue.documentsKey([first, { ...second, revisionNumber: 2 }])).to.equal(undefined);
  });

  it('lists more than it reads in one piece, and lets others work in between', async () => {
    await store([
      category(PRODUCT),
      category(SECURITY),
      ...Array.from({ length: 4500 }, (_, index) => update(1000 + index, [PRODUCT, SECURITY])),
    ]);
    let turns = 0;
    let isDone = false;
    const count = (): void => {
      turns += 1;
      if (!isDone) setImmediate(count);
    };
    setImmediate(count);
    const list = await wholeList(catalogue, updatesFilter([PRODUCT], [SECURITY]));
    isDone = true;
    expect(list.revisions).to.have.length(4500);
    expect(new Set(list.revisions.map(identityKey)).size).to.equal(4500);
    expect(turns).to.be.greaterThan(3);
  });

  it(
    'never gives the id of a removed revision again, so that an anchor never covers what it did not ' + 'mean',
    async () => {
      await store([
        category(PRODUCT),
        category(SECURITY),
        update(20, [PRODUCT, SECURITY]),
        update(21, [PRODUCT, SECURITY]),
      ]);
      const { anchor } = await wholeList(catalogue, updatesFilter([], []));
      const key = (await site.database.updateKeys([id(21)])).get(id(21))!;
      await site.database.commit({
        removedRevisions: [{ revisionId: 4, updateKey: key, revisionNumber: 1, isKnown: true }],
      });
      expect((await site.database.nextIds()).revision).to.equal(5);
      await close();
      site = await openSite(2);
      catalogue = await SiteCatalogue.open(site, optionsOf(901));
      await store([update(22, [PRODUCT, SECURITY])]);
      expect(await listed(catalogue, updatesFilter([PRODUCT], [SECURITY], anchor))).to.deep.equal(['22.1']);
    },
  );

  it('keeps its id for the life of the database, and takes another one when that has lost something', async () => {
    expect(catalogue.serverId).to.equal(id(900));
    await close();
    site = await openSite(2);
    expect((await SiteCatalogue.open(site, optionsOf(901))).serverId).to.equal(id(900));
    await site.database.commit({ settings: { [STATE.servedBy]: null } });
    expect((await SiteCatalogue.open(site, optionsOf(902))).serverId).to.equal(id(902));
  });

  it('stops reading documents once an answer is full, and reads none where one is missing', async () => {
    await store([update(20, []), update(21, []), update(22, [])]);
    const wanted = [20, 21, 22].map((number) => ({ updateId: id(number), revisionNumber: 1 }));
    expect(await catalogue.documents(wanted, { maxBytes: 1 }, ALONE)).to.have.length(1);
    expect(
      await catalogue.documents([...wanted, { updateId: id(23), revisionNumber: 1 }], { maxBytes: 1 }, ALONE),
    ).to.deep.equal([undefined, undefined, undefined, undefined]);
  });

  const request = (): UpdateIdentity[] => [20, 21, 22].map((number) => ({ updateId: id(number), revisionNumber: 1 }));
  const read = async (wanted: readonly UpdateIdentity[]): Promise<unknown[]> =>
    (await catalogue.documents(wanted, { maxBytes: 1 }, ALONE)).map((document) => document?.identity);

  it('looks up once where the documents of a request lie', async () => {
    await store([update(20, []), update(21, []), update(22, [])]);
    const documentsOf = site.database.documentsOf.bind(site.database);
    const lookedUp: string[] = [];
    Object.assign(site.database, {
      documentsOf: async (wanted: readonly UpdateIdentity[]) => {
        lookedUp.push(...wanted.map(identityKey));
        return documentsOf(wanted);
      },
    });
    for (const wanted of [request(), request()]) {
      await catalogue.documentsKey(wanted);
      for (const [at] of wanted.entries()) expect(await read(wanted.slice(at))).to.deep.equal([wanted[at]]);
    }
    expect(lookedUp).to.deep.equal([...request(), ...request()].map(identityKey));
  });

  it('looks up again where a document lies that maintenance has moved or removed since', async () => {
    await store([update(20, []), update(21, []), update(22, [])]);
    await close(); // a file that is written stays
    site = await openSite(2);
    catalogue = await SiteCatalogue.open(site, optionsOf(900));
    const wanted = request();
    await catalogue.documentsKey(wanted);
    const updateKey = (await site.database.updateKeys([id(21)])).get(id(21))!;
    const [location] = await site.documents.append('compactedUpdates', [update(20, []).xml]);
    await site.database.commit({
      removedRevisions: [{ revisionId: 2, updateKey, revisionNumber: 1, isKnown: true }],
      movedDocuments: [{ revisionId: 1, location: location! }],
    });
    for (const { segment } of await site.documents.segments())
      if (segment !== location!.segment) await site.documents.drop(segment);
    expect(await read(wanted.slice(0, 1)), 'moved').to.deep.equal([wanted[0]]);
    expect(await read(wanted.slice(1, 2)), 'removed').to.deep.equal([undefined]);
    expect(await rejectionOf(read(wanted.slice(2))), 'damaged').to.equal('StoreCorrupt');
  });

  it('says the languages of its upstream, and has another anchor when they change', async () => {
    const before = await catalogue.configuration();
    expect(before.languages[0]).to.deep.include({ languageId: 0, enabled: true });
    const languages = [{ languageId: 1033, shortLanguage: 'en', longLanguage: 'English', enabled: true }];
    await site.database.commit({ settings: { [STATE.languages]: languages } });
    const after = await catalogue.configuration();
    expect(after.languages).to.deep.equal(languages);
    expect(after.anchor).not.to.equal(before.anchor);
  });

  it('knows where files are that its documents name, also those that came since it was first asked', async () => {
    const sha1 = (number: number): Buffer => createHash('sha1').update(String(number)).digest();
    const put = async (number: number): Promise<void> => {
      const document = update(number, []);
      const notes = encodeFileAddresses([
        { digest: sha1(number).toString('base64'), url: `http://download.microsoft.com/${number}` },
        { digest: 'AA==', url: 'http://x.test' },
        { digest: sha1(-number).toString('base64'), url: '' },
      ]);
      const [location] = await site.documents.append('updates', [document.xml], [notes]);
      await site.database.commit({
        revisions: [atOnce(revisionRowOf(readUpdateDocument(document.xml, 'x'), location!, 0))],
      });
    };
    await put(20);
    const ask = async (number: number): Promise<string | undefined> =>
      catalogue.contentAddress(sha1(number).toString('hex'));
    expect([await ask(20), await ask(-20), await ask(21)]).to.deep.equal([
      'http://download.microsoft.com/20',
      undefined,
      undefined,
    ]);
    await put(21);
    expect(await Promise.all([ask(21), ask(20)])).to.deep.equal([
      'http://download.microsoft.com/21',
      'http://download.microsoft.com/20',
    ]);
    await site.database.commit({
      removedRevisions: [
        {
          revisionId: 1,
          updateKey: (await site.database.updateKeys([id(20)])).get(id(20))!,
          revisionNumber: 1,
          isKnown: false,
        },
      ],
    });
    expect(await ask(20), 'its document is gone').to.equal(undefined);
  });

  it('sends clients only where the site itself would go', async () => {
    const sha1 = (number: number): Buffer => createHash('sha1').update(String(number)).digest();
    const addresses = {
      'http://sup.test:8530/Content/a.cab': true,
      'https://tlu.dl.delivery.mp.microsoft.com/filestreamingservice/a?P1=1': true,
      'http://download.windowsupdate.com/c/a.cab': true,
      'http://sup.test:8531/Content/a.cab': false,
      'http://microsoft.com.test/a.cab': false,
      'http://evil.test/?microsoft.com': false,
      'javascript:alert(1)': false,
      'file:///etc/passwd': false,
      '//evil.test/a.cab': false,
      'a\r\nset-cookie: x': false,
    };
    for (const [index, url] of Object.keys(addresses).entries()) {
      const document = update(20 + index, []);
      const notes = encodeFileAddresses([{ digest: sha1(index).toString('base64'), url }]);
      const [location] = await site.documents.append('updates', [document.xml], [notes]);
      await site.database.commit({
        revisions: [atOnce(revisionRowOf(readUpdateDocument(document.xml, 'x'), location!, 0))],
      });
    }
    for (const [index, [url, isTaken]] of Object.entries(addresses).entries())
      expect(await catalogue.contentAddress(sha1(index).toString('hex')), url).to.equal(isTaken ? url : undefined);
  });

  it('keeps a number for each SHA-1, however many there are', () => {
    const table = new DigestTable();
    const digest = (number: number): Buffer => createHash('sha1').update(`d${number}`).digest();
    for (let number = 1; number <= 5000; number += 1) table.set(digest(number), number);
    for (let number = 1; number <= 5000; number += 50) table.set(digest(number), number + 1);
    expect(table.size).to.equal(5000);
    for (let number = 1; number <= 5000; number += 1)
      expect(table.get(digest(number))).to.equal(number % 50 === 1 ? number + 1 : number);
    expect(table.get(digest(5001))).to.equal(undefined);
  });

  it('hands out licence terms that were downloaded, by their SHA-1', async () => {
    const sha1 = 'a9993e364706816aba3e25717850c26c9cd0d89d';
    expect(await catalogue.contentFile(sha1)).to.equal(undefined);
    await site.licenseTerms.write(Buffer.from(sha1, 'hex').toString('base64'), Buffer.from('abc'));
    expect(Buffer.from((await catalogue.contentFile(sha1))!).toString()).to.equal('abc');
  });
});
