import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import { guidOf, type DocumentParts } from '../../fixtures/updateDocuments.js';
import {
  CATEGORIES,
  CRITICAL,
  OFFICE,
  OFFICE_2019,
  productBelow,
  SECURITY,
  update,
  UPGRADES,
  WINDOWS,
  WINDOWS_10,
} from '../../engine/catalogue.js';
import { child, DEFINITIONS, FIRST, holds, many, month } from './firstCatalogue.js';
import { Lab } from './Lab.js';
import type { Backup } from './ScriptedUpstream.js';

const WINDOWS_12 = guidOf(0xb3),
  OFFICE_2024 = guidOf(0xb4);
const key = (number: number, revision = 1): string => `${guidOf(number)}.${revision}`;

describe('A site that follows its upstream for years equals the model after every round:', () => {
  let folder: string;
  let lab: Lab;
  let backup: Backup;
  before(async () => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'cmsync-'));
    lab = await Lab.open(folder);
    lab.upstream.put(
      ...CATEGORIES,
      { id: DEFINITIONS, title: 'Definition Updates', type: 'Category', category: { type: 'UpdateClassification' } },
      ...FIRST,
    );
  });
  after(async () => {
    await lab.close();
    fs.rmSync(folder, { recursive: true, force: true });
  });
  const put = (...parts: readonly DocumentParts[]): void => lab.upstream.put(...parts);
  const revise = (number: number, changes: Partial<DocumentParts> = {}): DocumentParts =>
    lab.upstream.revise(guidOf(number), changes);
  const counts = async (what: string): Promise<object> => (await lab.sync(what)).Counts;

  it('1, nothing is selected, the categories come', async () => {
    expect(await counts('1')).to.include({ Categories: 10, New: 0 });
    expect(lab.upstream.filters.map((filter) => filter.config)).to.deep.equal([true]);
  });

  it('2, the subscription brings everything', async () => {
    await lab.subscribe({ add: [WINDOWS] }, 'ProductFamily');
    await lab.subscribe({ add: [OFFICE_2019] }, 'Product');
    await lab.subscribe({ add: [SECURITY, CRITICAL, UPGRADES, DEFINITIONS] }, 'UpdateClassification');
    const run = await lab.sync('2');
    expect(run.Counts).to.include({ DocumentsFetched: FIRST.length - 1, Skipped: 7 });
  });

  it('3, nothing is new', async () => {
    const run = await lab.sync('3');
    expect(run).to.include({ Kind: 'Delta' });
    expect(lab.upstream.asked).to.deep.equal([]);
  });

  it('4, updates are added and revised', async () => {
    put(update(6, { created: month(6), supersedes: [5, 4].map(guidOf) }));
    revise(10, { title: 'Update 10 (corrected)' });
    revise(21, { revision: 200, created: month(5) });
    expect(await counts('4')).to.include({ New: 1, Revised: 2, Superseded: 1 });
    expect(lab.upstream.asked).to.have.members([key(6), key(10, 2), key(21, 200)]);
  });

  it('5, the publisher expires: the end of a chain, a bundle, one that superseded', async () => {
    for (const number of [6, 39, 53]) revise(number, { publicationState: 'Expired' });
    expect(await counts('5')).to.include({ Expired: 3, Revised: 0 });
  });

  it('6, children are revised, bundles name the old and the new revisions, and one child less', async () => {
    for (const number of [51, 61, 65, 66]) revise(number);
    revise(63, { bundles: holds([65, 2]) });
    put(update(55, { bundles: holds([61, 2], [63, 2], [66, 1]) }));
    revise(50, { bundles: holds([61, 1]) });
    expect(await counts('6')).to.include({ New: 1, Revised: 3 });
  });

  it('7, a product is renamed, one appears below the selected family, updates move between products', async () => {
    lab.upstream.revise(OFFICE_2019, { title: 'Office 2019 LTSC' });
    put(productBelow(0xb3, 'Windows 12', WINDOWS), productBelow(0xb4, 'Office 2024', OFFICE));
    revise(22, { categories: [WINDOWS_12, SECURITY] });
    revise(23, { categories: [OFFICE_2024, SECURITY] });
    revise(24, { categories: [WINDOWS_10, WINDOWS_12, CRITICAL] });
    put(
      ...many(70, 74, () => ({ categories: [WINDOWS_12, SECURITY] })),
      update(75, { categories: [OFFICE_2024, SECURITY] }),
    );
    const run = await lab.sync('7');
    expect(run.Counts).to.include({ New: 5, Revised: 2, Categories: 3 });
    expect(run.Warnings.join()).to.include('Office 2019').and.to.include('Office 2019 LTSC');
  });

  it('7, prerequisites that no list names come with what needs them, and theirs with them', async () => {
    const elsewhere = { categories: [OFFICE_2024, SECURITY] };
    put(
      { id: guidOf(0x300), type: 'Detectoid', title: 'A detectoid' },
      update(0x301, { ...elsewhere, prerequisites: [guidOf(0x302), guidOf(0x300)] }),
      update(0x302, elsewhere),
      update(0x302, { ...elsewhere, revision: 2 }),
      update(0x303, { prerequisites: [guidOf(0x301), guidOf(0x3ff), guidOf(1)] }),
    );
    expect(await counts('7, prerequisites')).to.include({ New: 1, DocumentsFetched: 4 });
    expect(lab.upstream.related.sort()).to.deep.equal([0x301, 0x302, 0x3ff].map(guidOf));
    lab.upstream.revise(guidOf(0x301));
    await lab.sync('7, what nobody selected is not followed');
    expect(lab.upstream.asked).to.deep.equal([]);
  });

  it('8, documents are spoiled: an update, a child, a revision of a known one', async () => {
    put(...many(80, 83, () => ({})), child(90), update(91, { bundles: holds([90, 1]) }));
    for (const number of [25, 26]) revise(number);
    for (const spoiled of [key(80), key(25, 2), key(26, 2)]) lab.upstream.deliver(spoiled, 'broken');
    for (const spoiled of [key(81), key(82), key(90)]) lab.upstream.deliver(spoiled, 'missing');
    expect(await counts('8')).to.include({ New: 2, Failed: 6 });
  });

  it('9, some of them are repaired, one is replaced by a newer revision, one is not offered any more', async () => {
    for (const repaired of [key(80), key(90), key(25, 2)]) lab.upstream.deliver(repaired, 'good');
    revise(26, { title: 'Update 26, third' });
    lab.upstream.drop(guidOf(82));
    expect(await counts('9')).to.include({ New: 1, Revised: 2 });
    await lab.sync('9, once more');
    expect(lab.upstream.asked).to.have.members([key(81), key(82)]);
    await lab.sync('9, full', { fullSync: true });
    expect(lab.upstream.asked).to.deep.equal([key(81)]);
    lab.upstream.repairAll();
    expect(await counts('9, repaired')).to.include({ New: 1, Failed: 0 });
  });

  it(
    '10, a week passes: what has been expired leaves, what is due by rule expires, also without anything ' + 'new',
    async () => {
      lab.pass(5);
      await lab.sync('10, five days');
      lab.pass(3);
      expect(await lab.sync('10, eight days')).to.include({ Kind: 'Full' });
      lab.pass(40);
      await lab.sync('10, full of July');
      lab.pass(6);
      await lab.sync('10, later in July');
    },
  );

  it('11, the rules become stricter and milder again', async () => {
    await lab.setRules({ rule: { immediately: true, months: 3 } });
    expect(await lab.sync('11, at once')).to.include({ Kind: 'Full' });
    await lab.setRules({ featureRule: { immediately: true, months: 3 }, rule: { immediately: false, months: 1 } });
    expect(await lab.sync('11, features at once')).to.include({ Kind: 'Full' });
    await lab.setRules({ featureRule: { immediately: false, months: 12 }, rule: { immediately: false, months: 12 } });
    expect(await lab.sync('11, a year')).to.include({ Kind: 'Full' });
    await lab.setRules({ rule: { immediately: false, months: 3 } });
    await lab.sync('11, three months');
  });

  it(
    '12, the upstream removes updates: a full synchronization notices, and a list that names one takes it ' + 'back',
    async () => {
      lab.upstream.drop(...[20, 30, 52].map(guidOf));
      expect(await counts('12, delta')).to.include({ Expired: 0 });
      expect((await lab.sync('12, full', { fullSync: true })).Counts).to.include({ Expired: 3 });
      lab.pass(1);
      put(update(20, { categories: [WINDOWS_10, SECURITY], created: month(4, 20) }));
      await lab.sync('12, delta names 20');
    },
  );

  it('13, the upstream drops a classification, and takes it back', async () => {
    lab.upstream.drop(CRITICAL);
    await lab.sync('13, delta');
    expect((await lab.sync('13, full', { fullSync: true })).Warnings.join()).to.include('Critical Updates');
    expect((await lab.site.component()).MissingCategories).to.deep.equal(['UpdateClassification:Critical Updates']);
    lab.pass(9);
    await lab.sync('13, nine days later');
    put(
      ...CATEGORIES.filter((category) => category.id === CRITICAL),
      ...many(31, 35, () => ({ categories: [OFFICE_2019, CRITICAL] })),
    );
    await lab.sync('13, again');
    await lab.sync('13, again, full', { fullSync: true });
    expect((await lab.site.component()).MissingCategories).to.deep.equal([]);
  });

  it('14, the administrator drops a classification and a product, and adds them again', async () => {
    await lab.subscribe({ remove: [SECURITY] }, 'UpdateClassification');
    await lab.subscribe({ remove: [OFFICE_2019] }, 'Product');
    expect(await lab.sync('14, dropped')).to.include({ Kind: 'Full' });
    lab.pass(3);
    await lab.subscribe({ add: [OFFICE_2019] }, 'Product');
    await lab.sync('14, product back in time');
    lab.pass(5);
    await lab.sync('14, removed');
    put(update(92));
    revise(27);
    revise(1, { publicationState: 'Expired' });
    await lab.sync('14, changes that nobody asks for');
    expect(lab.upstream.asked).to.deep.equal([]);
    await lab.subscribe({ add: [SECURITY] }, 'UpdateClassification');
    await lab.sync('14, back');
    expect(lab.upstream.asked).to.have.members([key(27, 2), key(92), key(1, 2)]);
  });

  it('15, a product moves to a family that is not selected, and back', async () => {
    lab.upstream.revise(WINDOWS_12, { categories: [OFFICE] });
    await lab.sync('15, away');
    put(update(76, { categories: [WINDOWS_12, SECURITY] }));
    await lab.sync('15, nobody asks');
    lab.upstream.revise(WINDOWS_12, { categories: [WINDOWS] });
    await lab.sync('15, back');
    expect(lab.upstream.asked).to.include(key(76));
  });

  it(
    '16, the upstream is restored from its backup: nothing newer is taken back, and it is followed ' + 'again',
    async () => {
      backup = lab.upstream.backup();
      lab.pass(1);
      const later = [
        update(93),
        lab.upstream.revise(guidOf(28), { title: 'Update 28, second' }),
        lab.upstream.revise(guidOf(29), { publicationState: 'Expired' }),
      ];
      put(...later);
      await lab.sync('16, before');
      lab.upstream.restore(backup);
      expect(await lab.sync('16, restored')).to.include({ Kind: 'Full' });
      lab.pass(1);
      put(update(94));
      expect(await lab.sync('16, goes on')).to.include({ Kind: 'Delta' });
      expect(lab.upstream.asked).to.deep.equal([key(94)]);
      put(...later);
      await lab.sync('16, caught up');
      expect(lab.upstream.asked).to.deep.equal([]);
    },
  );

  it('17, the server is replaced: everything is listed, nothing fetched twice', async () => {
    lab.pass(1);
    lab.upstream.replace();
    expect(await lab.sync('17')).to.include({ Kind: 'Full' });
    expect(lab.upstream.asked).to.deep.equal([]);
  });

  it('18, the upstream loses everything: the run is refused and nothing expires', async () => {
    backup = lab.upstream.backup();
    lab.upstream.drop(
      ...lab.upstream.documents.filter((document) => !document.isConfig).map((document) => document.identity.updateId),
    );
    await lab.sync('18, lost', { fullSync: true });
    await lab.sync('18, delta after it');
    lab.upstream.restore(backup);
    await lab.sync('18, found again');
  });
});
