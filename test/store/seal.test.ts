import { expect } from 'chai';
import fs from 'node:fs';
import path from 'node:path';
import { SyncError } from '../../server/errors/SyncError.js';
import { SegmentedDocumentStore } from '../../server/store/SegmentedDocumentStore.js';
import type { SiteDatabase } from '../../server/store/SiteDatabase.js';
import { realFiles } from '../../server/store/StorePlace.js';
import type { StoreFiles } from '../../server/store/StorePlace.js';
import { openSiteDatabase } from '../../server/store/embedded/openSiteDatabase.js';
import { SealKeeper } from '../../server/store/seal/SealKeeper.js';
import { decodeSeal, encodeSeal, laterSeal, readSeal, SEAL_SLOT } from '../../server/store/seal/sealFile.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { guidOf, updateDocument } from '../fixtures/updateDocuments.js';
import { FailingFiles, unsyncedFiles } from './FailingFiles.js';
import { sampleRevision } from './sampleRows.js';
import { testPlace } from './testPlace.js';

describe('The seal of a site', () => {
  const home = temporaryFolder();
  const opened: SiteDatabase[] = [];
  const lines: string[] = [];
  const site = (): string => path.join(home(), 'site');
  const at = (...names: string[]): string => path.join(site(), ...names);
  const open = async (
    generation: number,
    {
      files = unsyncedFiles,
      where = site(),
      guid = guidOf(1),
    }: { files?: StoreFiles; where?: string; guid?: string } = {},
  ): Promise<SiteDatabase> => {
    const place = testPlace(where, guid);
    const database = await openSiteDatabase({ place, files, generation, report: (line) => lines.push(line) });
    opened.push(database);
    return database;
  };
  const closeAll = async (): Promise<void> => {
    for (const database of opened.splice(0)) await database.close();
  };
  afterEach(closeAll);
  beforeEach(() => {
    lines.length = 0;
  });
  /** An engine that stores four documents, the last alone, and ends; `generation` is its own. */
  const fill = async (generation: number, where = site(), guid = guidOf(1)): Promise<void> => {
    const database = await open(generation, { where, guid });
    const documents = new SegmentedDocumentStore({
      folder: path.join(where, 'documents'),
      files: realFiles,
      generation,
      site: guid,
    });
    for (const numbers of [[1, 2, 3], [4]]) {
      const ids = numbers.map((number) => generation * 100 + number);
      const locations = await documents.append(
        'updates',
        ids.map((id) => updateDocument({ id: guidOf(id) })),
      );
      const revisions = ids.map((id, index) => sampleRevision(id, { location: locations[index]! }));
      await database.commit({ revisions, settings: { a: generation } });
    }
    await documents.close();
    await closeAll();
  };
  const refusal = async (generation: number): Promise<SyncError> => {
    const error: unknown = await open(generation).catch((caught: unknown) => caught);
    expect(error, 'opened although something is missing').to.be.instanceOf(SyncError);
    expect((error as SyncError).errorId).to.equal('StoreCorrupt');
    return error as SyncError;
  };
  const damage = (file: string): void => fs.writeFileSync(file, 'damaged');

  it('refuses a journal that was cut to half after a clean end, and says how much is missing', async () => {
    await fill(1);
    const size = fs.statSync(at('database', 'journal.1.0')).size;
    fs.truncateSync(at('database', 'journal.1.0'), Math.floor(size / 2));
    const error = await refusal(2);
    expect(error.data['path']).to.equal(at('database', 'journal.1.0'));
    expect(error.message).to.contain(`${size} bytes of it were confirmed`).and.contain('4 documents known');
    expect(fs.readdirSync(at('database'))).to.deep.equal(['journal.1.0']);
  });

  it('refuses the newest journal cut at any byte that was acknowledged, after a kill too, and no other', async () => {
    const database = await open(1);
    const ends: number[] = [];
    for (const a of [1, 2]) {
      await database.commit({ settings: { a } });
      ends.push(fs.statSync(at('database', 'journal.1.0')).size);
    }
    const whole = fs.readFileSync(at('database', 'journal.1.0'));
    for (let length = 0; length < (ends[1] ?? 0); length += length < 4000 ? 97 : 1) {
      fs.writeFileSync(at('database', 'journal.1.0'), whole.subarray(0, length));
      expect((await refusal(2)).data['path'], `${length} bytes`).to.equal(at('database', 'journal.1.0'));
    }
    fs.writeFileSync(at('database', 'journal.1.0'), Buffer.concat([whole, Buffer.from('begun')]));
    expect(await (await open(2)).setting('a')).to.equal(2);
  });

  it('refuses an empty database, with or without the seal, and begins none', async () => {
    await fill(1);
    for (const name of fs.readdirSync(at('database'))) fs.rmSync(at('database', name));
    expect((await refusal(2)).message)
      .to.contain('journal.1.0')
      .and.contain('4 documents known');
    for (const name of ['seal.1', path.join('documents', 'seal.1')]) fs.rmSync(at(name));
    expect((await refusal(3)).message).to.contain('documents of one exist');
    expect(fs.readdirSync(at('database'))).to.deep.equal([]);
    fs.rmdirSync(at('database'));
    const place = { ...testPlace(path.join(home(), 'other')), database: at('database') };
    const error: unknown = await openSiteDatabase({ place, files: unsyncedFiles, generation: 4 }).catch(
      (caught: unknown) => caught,
    );
    expect(error).to.include({ errorId: 'StoreCorrupt' });
  });

  it('refuses the database of another site, and names both', async () => {
    await fill(1);
    await fill(1, path.join(home(), 'other'), guidOf(2));
    fs.rmSync(at('database'), { recursive: true });
    fs.cpSync(path.join(home(), 'other', 'database'), at('database'), { recursive: true });
    expect((await refusal(2)).message).to.contain(guidOf(2));
    // With its seal too it is site.json that does not fit.
    for (const name of ['seal.1', path.join('documents', 'seal.1')])
      fs.copyFileSync(path.join(home(), 'other', name), at(name));
    const error = await refusal(2);
    expect(error.data['path']).to.equal(at('site.json'));
    expect(error.message).to.contain(guidOf(1)).and.contain(guidOf(2));
  });

  it('refuses an older copy of the database', async () => {
    await fill(1);
    fs.cpSync(at('database'), path.join(home(), 'older'), { recursive: true });
    await fill(2);
    fs.rmSync(at('database'), { recursive: true });
    fs.cpSync(path.join(home(), 'older'), at('database'), { recursive: true });
    expect((await refusal(3)).message)
      .to.contain('journal.2.0')
      .and.contain('8 documents known');
  });

  it('refuses a journal under another name', async () => {
    await fill(1);
    fs.renameSync(at('database', 'journal.1.0'), at('database', 'journal.1.1'));
    expect((await refusal(2)).message).to.contain('journal.1.0 under another name');
  });

  it('opens a whole site that was put back', async () => {
    await fill(1);
    fs.cpSync(site(), path.join(home(), 'older'), { recursive: true });
    await fill(2);
    fs.rmSync(site(), { recursive: true });
    fs.cpSync(path.join(home(), 'older'), site(), { recursive: true });
    expect(await (await open(2)).setting('a')).to.equal(1);
  });

  for (const [name, spoil] of [
    ['missing', (file: string) => fs.rmSync(file)],
    ['damaged', damage],
    [
      'of another site',
      (file: string) => fs.writeFileSync(file, encodeSeal({ siteGuid: guidOf(9), position: null, highestDocument: 0 })),
    ],
  ] as const)
    it(`opens with one copy of it ${name}, makes it anew, and refuses where both are`, async () => {
      await fill(1);
      for (const [generation, folder] of [
        [2, site()],
        [3, at('documents')],
      ] as const) {
        spoil(path.join(folder, `seal.${generation - 1}`));
        expect(await (await open(generation)).setting('a')).to.equal(1);
        expect(lines.splice(0).some((line) => line.includes('The other copy is used'))).to.equal(name !== 'missing');
        await closeAll();
        expect(
          [site(), at('documents')].map((where) => fs.existsSync(path.join(where, `seal.${generation}`))),
        ).to.deep.equal([true, true]);
      }
      for (const folder of [site(), at('documents')]) spoil(path.join(folder, 'seal.3'));
      expect((await refusal(4)).message).to.contain('seal');
    });

  it('takes the later of two copies', async () => {
    await fill(1);
    const older = fs.readFileSync(at('seal.1'));
    const database = await open(2);
    await database.commit({ settings: { a: 5 } });
    await closeAll();
    fs.writeFileSync(at('documents', 'seal.2'), older);
    fs.truncateSync(at('database', 'journal.2.0'), 4096);
    await refusal(3);
  });

  it('passes over a newest journal that was cut in its header while nothing was in it, and says so', async () => {
    await fill(1);
    await open(2);
    fs.truncateSync(at('database', 'journal.2.0'), 30);
    expect(await (await open(3)).setting('a')).to.equal(1);
    expect(lines).to.have.length(1);
    expect(lines[0]).to.contain('journal.2.0 was never completely created');
  });

  it('costs a commit no sync', async () => {
    const syncs: string[] = [];
    const files: StoreFiles = new Proxy(realFiles, {
      get: (target, name) => {
        const call = Reflect.get(target, name) as (...values: unknown[]) => unknown;
        if (!/^f(data)?sync/.test(String(name))) return call;
        return (...values: unknown[]) => (syncs.push(String(name)), call(...values));
      },
    });
    const database = await open(1, { files });
    syncs.length = 0;
    for (let a = 0; a < 5; a += 1) await database.commit({ settings: { a } });
    expect(syncs).to.deep.equal(['fdatasync', 'fdatasync', 'fdatasync', 'fdatasync', 'fdatasync']);
  });

  it('is written over where somebody holds a copy on Windows, and what is held hides no reason', async () => {
    await fill(1);
    const held = (): never => {
      throw Object.assign(new TypeError('EBUSY: held'), { code: 'EBUSY' });
    };
    const files: StoreFiles = { ...realFiles, rmSync: held };
    const place = testPlace(site());
    const at = (length: number): Parameters<SealKeeper['renew']>[0] => ({
      ...{ generation: 5, sequence: 0, length, digest: 'ab'.repeat(32) },
    });
    const options = { files, place, generation: 5, report: () => undefined, platform: 'win32' as const };
    const seal = SealKeeper.create(options, { position: at(1), highestDocument: 7 });
    seal.renew(at(2), 8);
    expect(readSeal(realFiles, place).seal).to.deep.include({ position: at(2), highestDocument: 8 });
    seal.note(at(3), 9);
    expect(readSeal(realFiles, place).seal?.highestDocument).to.equal(9);
    seal.close();
    damage(path.join(site(), 'database', 'journal.1.0'));
    const error: unknown = await open(9, { files }).catch((caught: unknown) => caught);
    expect(error).to.include({ errorId: 'StoreCorrupt' });
  });

  it('that cannot be renewed makes no commit fail, and is told once', async () => {
    const failing = new FailingFiles();
    const database = await open(1, { files: failing.files });
    for (const a of [1, 2, 3]) {
      // After the look, the write, the sync and the second look.
      failing.failAt(5, 'once');
      await database.commit({ settings: { a } });
    }
    expect(lines).to.have.length(1);
    expect(lines[0]).to.contain('The seal of the site could not be renewed');
    expect(await (await open(2)).setting('a')).to.equal(3);
  });

  it('is one sector of text, and nothing where a byte of it differs', () => {
    const seal = {
      siteGuid: guidOf(1),
      position: { generation: 3, sequence: 2, length: 1e12, digest: 'ab'.repeat(32) },
      highestDocument: 1e9,
    };
    const slot = encodeSeal(seal);
    expect([slot.length, decodeSeal(slot)]).to.deep.equal([SEAL_SLOT, seal]);
    const read = new Set<unknown>();
    for (let byte = 0; byte < SEAL_SLOT; byte += 1) {
      const damaged = Buffer.from(slot);
      damaged[byte] = (damaged[byte] ?? 0) ^ 1;
      read.add(decodeSeal(damaged));
    }
    expect([...read]).to.deep.equal([undefined]);
    expect(laterSeal(seal, { ...seal, position: null })).to.equal(seal);
  });
});
