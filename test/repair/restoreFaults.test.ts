import { getEventListeners } from 'node:events';
import { expect } from 'chai';
import fs from 'node:fs';
import path from 'node:path';
import { request } from 'undici';
import { BackupHolds } from '../../server/api/backup.js';
import { plainFiles } from '../../server/platform/files/folderFiles.js';
import { realSealer } from '../../server/platform/sealSecret.js';
import { checkFiles, readManifest } from '../../server/repair/BackupManifest.js';
import { backUpSite } from '../../server/repair/backUpSite.js';
import { exchangeStore } from '../../server/repair/restoredStore.js';
import type { SiteFolder } from '../../server/site/SiteFolder.js';
import { finishRestore, RESTORE_FILES } from '../../server/site/restoreRecord.js';
import { realFiles, type StoreFiles } from '../../server/store/StorePlace.js';
import { openSiteDatabase } from '../../server/store/embedded/openSiteDatabase.js';
import { highestGeneration } from '../../server/store/highestGeneration.js';
import { SERVED_BY } from '../../server/store/settingNames.js';
import { parseFault } from '../../server/wire/fault.js';
import { writeGetConfigDataRequest } from '../../server/wire/getConfigData.js';
import { SERVER_SYNC_PATH } from '../../server/wire/operations.js';
import { serveSite } from '../downstream/Chain.js';
import { cookieOf } from '../downstream/cookieOf.js';
import { TestSite } from '../engine/TestSite.js';
import { CATEGORIES, update } from '../engine/catalogue.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { guidOf } from '../fixtures/updateDocuments.js';
import { caughtFrom } from '../rpc/caught.js';
import { FailingFiles } from '../store/FailingFiles.js';
import { everyFault } from '../store/everyFault.js';
import { folderFilesOf } from '../store/folderFilesOf.js';
import { testPlace } from '../store/testPlace.js';
import { Cleanup } from '../upstream/harness.js';

const watch = { signal: new AbortController().signal, onBytes: () => undefined };
describe('Backup and restore where file calls fail', () => {
  const folder = temporaryFolder();
  let origin: string;
  let backup: string;

  const siteAt = (where: string, files: StoreFiles = realFiles): SiteFolder => ({
    siteCode: 'CS1',
    siteName: 'Test',
    siteGuid: guidOf(1),
    serverName: 'cs1.test',
    type: 'Primary',
    created: '2024-06-01T00:00:00.000Z',
    requestId: 'r',
    operators: [],
    secret: 'ab'.repeat(32),
    pipeName: 'p',
    identity: fs.lstatSync(where, { throwIfNoEntry: false }) ?? { dev: 0, ino: 0 },
    use: { as: 'self' },
    path: where,
    files: folderFilesOf(files),
  });

  async function backUp(site: TestSite, target: string, files: StoreFiles = realFiles): Promise<unknown> {
    const holds = new BackupHolds({ ...site.context, site: siteAt(site.context.site.path) });
    const closed = new AbortController().signal;
    const backedUp = await backUpSite({
      site: siteAt(site.context.site.path),
      source: { begin: async () => holds.begin({ closed }), end: async (id) => (await holds.end({ id })).held },
      target,
      password: undefined,
      version: '0.0.0',
      sealer: realSealer(),
      now: () => new Date(0),
      signal: watch.signal,
      onProgress: () => undefined,
      files: folderFilesOf(files),
    });
    // A session stays for days.
    expect(getEventListeners(closed, 'abort')).to.have.length(0);
    return backedUp;
  }

  /** What the next engine finds: which of the two states, or what is wrong. */
  async function stateOf(where: string): Promise<string> {
    try {
      await finishRestore(siteAt(where));
      const place = testPlace(where);
      const generation = highestGeneration(realFiles, place) + 1;
      const database = await openSiteDatabase({ place, files: realFiles, generation });
      const { revisions } = await database.counts();
      const isNew = (await database.setting(SERVED_BY)) === null;
      await database.close();
      const left = fs.readdirSync(where).filter((name) => name.startsWith('restore'));
      return `${revisions} documents, ${isNew ? 'another' : 'the same'} server, left: ${left.join(' ')}`;
    } catch (error) {
      return String(error);
    }
  }

  const before = 'the site as it was';
  let states: Readonly<Record<string, string>>;
  beforeEach(async () => {
    origin = fs.mkdtempSync(path.join(folder(), 'o-'));
    backup = path.join(folder(), `backup-${path.basename(origin)}`);
    const site = await TestSite.open(origin);
    site.source.put(...CATEGORIES);
    await site.set({ addProduct: ['Windows 11'], addUpdateClassification: ['Security Updates'] });
    site.source.put(...[1, 2, 3].map((number) => update(number)));
    expect((await site.sync()).State).to.equal('Succeeded');
    await site.database.commit({ settings: { [SERVED_BY]: guidOf(9) } });
    await backUp(site, backup);
    const { documents } = readManifest(plainFiles, backup);
    site.source.put(...[4, 5].map((number) => update(number)));
    expect((await site.sync()).State).to.equal('Succeeded');
    const { revisions } = await site.database.counts();
    await site.database.close();
    expect(revisions).to.be.greaterThan(documents);
    states = {
      [`${revisions} documents, the same server, left: `]: before,
      [`${documents} documents, another server, left: `]: 'the site of the backup',
    };
  });

  const restore = async (where: string, files: StoreFiles): Promise<void> => {
    const site = siteAt(where, files);
    const opened = { files: plainFiles, folder: backup, manifest: readManifest(plainFiles, backup), keys: undefined };
    const generation = highestGeneration(files, testPlace(where)) + 1;
    await exchangeStore({ site, backup: opened, watch, sealer: realSealer(), report: () => undefined }, generation);
  };

  it('a restore that is killed or fails leaves the site as it was or as in the backup', async function () {
    const { wrong, places } = await everyFault<{ where: string; isDone?: boolean }>({
      folder: folder(),
      kinds: ['kill', 'once'],
      prepare: async (where) => {
        fs.cpSync(origin, where, { recursive: true });
        return Promise.resolve({ where });
      },
      work: async (state, files) => {
        await restore(state.where, files);
        state.isDone = true;
      },
      verify: async (state) => {
        const found = await stateOf(state.where);
        const known = states[found];
        if (known === undefined) return found;
        return state.isDone === true && known === before ? 'it said that it was restored' : '';
      },
    });
    expect(places).to.be.greaterThan(50);
    expect(wrong).to.deep.equal([]);
  });

  it('a backup gets its name whole or not at all', async function () {
    const site = await TestSite.open(origin, { generation: 5 });
    const { wrong, places } = await everyFault<{ target: string; isDone?: boolean }>({
      folder: folder(),
      kinds: ['kill', 'once', 'torn'],
      prepare: async (where) => Promise.resolve({ target: path.join(where, 'copies', 'backup') }),
      work: async (state, files) => {
        await backUp(site, state.target, files);
        state.isDone = true;
      },
      verify: async ({ target, isDone }) => {
        if (!fs.existsSync(target)) return isDone === true ? 'it is not there' : '';
        // Where only the last sync of its name failed it stands there, and must be whole.
        const manifest = readManifest(plainFiles, target);
        await checkFiles({ files: plainFiles, folder: target, manifest, watch });
        return '';
      },
    });
    await site.database.close();
    expect(places).to.be.greaterThan(30);
    expect(wrong).to.deep.equal([]);
  });

  it('a full disk is told with the file, and leaves nothing', async () => {
    const failing = new FailingFiles();
    const site = await TestSite.open(path.join(origin), { generation: 6 });
    failing.isFull = true;
    const error = await caughtFrom(backUp(site, path.join(folder(), 'full'), failing.files));
    expect(error.errorId).to.equal('BackupWriteFailed');
    expect(error.message).to.contain('ENOSPC').and.to.contain(folder());
    expect(fs.readdirSync(folder()).filter((name) => name.startsWith('full'))).to.deep.equal([]);
    await site.database.close();
  });

  it('a disk without room is told before anything is written, and nothing is left', async () => {
    const small: StoreFiles = { ...realFiles, statfsSync: () => ({ bavail: 1, blocks: 10, bsize: 4096 }) };
    const site = await TestSite.open(path.join(origin), { generation: 6 });
    const error = await caughtFrom(backUp(site, path.join(folder(), 'small'), small));
    await site.database.close();
    expect(error.errorId).to.equal('BackupWriteFailed');
    expect(error.message).to.match(/it needs \d+\.\d MB, and the disk has 0\.0 MB free; free some space/);
    expect(fs.readdirSync(folder()).filter((name) => name.startsWith('small'))).to.deep.equal([]);
    const refused = await caughtFrom(restore(origin, small));
    expect([refused.errorId, refused.message.includes('the disk has 0.0 MB free')]).to.deep.equal([
      'StoreWriteFailed',
      true,
    ]);
    expect(states[await stateOf(origin)]).to.equal(before);
  });

  it('a downstream server that was served before a restore is told that the server is another one', async () => {
    const cleanup = new Cleanup();
    const serve = async (): Promise<string> => {
      const generation = highestGeneration(realFiles, testPlace(origin)) + 1;
      const site = await TestSite.open(origin, { generation });
      cleanup.add(async () => site.database.close());
      return serveSite(cleanup, site);
    };
    const url = await serve();
    const cookie = await cookieOf(url);
    const asked = writeGetConfigDataRequest({ cookie, configAnchor: '' }, '1.1');
    const answerOf = async (server: string): Promise<[number, string | undefined]> => {
      const { statusCode, body } = await request(`${server}/${SERVER_SYNC_PATH}`, { method: 'POST', body: asked });
      const bytes = Buffer.from(await body.arrayBuffer());
      return [statusCode, statusCode === 200 ? undefined : parseFault(bytes)?.errorCode];
    };
    try {
      expect(await answerOf(url)).to.deep.equal([200, undefined]);
      await cleanup.run();
      expect(await answerOf(await serve())).to.deep.equal([200, undefined]);
      await cleanup.run();
      await restore(origin, realFiles);
      expect(await answerOf(await serve())).to.deep.equal([500, 'ServerChanged']);
    } finally {
      await cleanup.run();
    }
  });

  it('a restore decided by a note is finished by whoever opens the site, from between any two renames', async () => {
    const where = fs.mkdtempSync(path.join(folder(), 'n-'));
    fs.cpSync(origin, where, { recursive: true });
    await restore(where, realFiles);
    expect(Object.keys(states)[1]).to.equal(await stateOf(where));
    expect(fs.existsSync(path.join(where, RESTORE_FILES.record))).to.equal(false);
  });
});
