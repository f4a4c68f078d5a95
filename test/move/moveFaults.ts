import fs from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { removeOldDatabase } from '../../server/move/removeOldDatabase.js';
import { endEngine } from '../../server/relay/runningEngine.js';
import { withoutEngine } from '../../server/repair/withoutEngine.js';
import { closeStore, openSiteStore } from '../../server/store/openSiteStore.js';
import { openSite } from '../../server/site/openSite.js';
import { RealSite } from '../process/RealSite.js';
import { sampleRevision } from '../store/sampleRows.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { caughtFrom } from '../rpc/caught.js';
import { FailingFiles } from '../store/FailingFiles.js';
import { everyFault } from '../store/everyFault.js';
import { folderFilesOf } from '../store/folderFilesOf.js';
import type { StoreFiles } from '../../server/store/StorePlace.js';
import { moved, stateOf } from './movedSites.js';

interface FaultState {
  readonly where: string;
  isDone?: boolean;
}

/** A site whose move between a database in memory and one in a file fails at any file call. */
export function moveFaults(): void {
  describe('A site whose move fails', function () {
    this.timeout(1_200_000);
    const folder = temporaryFolder();
    let site: RealSite;
    before(async () => {
      site = await RealSite.make();
      await site.client().request('site/get', {});
      await endEngine(site.site, { ...site.deps, endSeconds: 30 });
      await withoutEngine(site.site, async (_place, generation) => {
        const store = await openSiteStore({ site: site.site, generation, report: () => undefined });
        const documents = ['<a/>', '<b/>', '<c/>'].map((text) => Buffer.from(text));
        const locations = await store.documents.append('updates', documents);
        const revisions = locations.map((location, index) => sampleRevision(index + 1, { location }));
        await store.database.commit({ settings: { a: 'x' }, revisions });
        await closeStore(store);
      });
    });
    after(async () => site.remove());
    failing(folder, 'embedded', 'sqlite', () => site.path);
    failing(folder, 'sqlite', 'embedded', () => site.path);
  });
}

function failing(
  folder: () => string,
  from: 'embedded' | 'sqlite',
  to: 'embedded' | 'sqlite',
  made: () => string,
): void {
  const move = async (where: string, files: StoreFiles): Promise<unknown> =>
    moved(where, to, { site: { ...(await openSite(where)), files: folderFilesOf(files) } });
  const origin = async (): Promise<string> => {
    const where = path.join(folder(), `origin-${from}`);
    fs.cpSync(made(), where, { recursive: true });
    if (from === 'sqlite') {
      await moved(where, from);
      await removeOldDatabase({
        site: await openSite(where),
        isWhatIf: false,
        isLeft: false,
        endEngine: async () => Promise.resolve(),
      });
    }
    return where;
  };

  it(`has one of both databases, whole, wherever a file call failed, from ${from} to ${to}`, async function () {
    this.timeout(1_200_000);
    const where = await origin();
    const { digest } = await stateOf(where);
    const { wrong, places } = await everyFault<FaultState>({
      folder: folder(),
      kinds: ['kill', 'once'],
      isDistinct: true,
      prepare: async (copy) => {
        fs.cpSync(where, copy, { recursive: true });
        return Promise.resolve({ where: copy });
      },
      work: async (state, files) => {
        await move(state.where, files);
        state.isDone = true;
      },
      verify: async ({ where: copy, isDone }) => {
        const found = await stateOf(copy);
        if (found.digest !== digest) return `it holds something else in ${found.engine}`;
        if (isDone === true && found.engine !== to) return 'it said that it was moved';
        if (found.engine === from && (await moved(copy, to)).Digest !== digest) return 'moved, it holds something else';
        if (((await openSite(copy)).database ?? 'embedded') !== to) return 'it could not be moved afterwards';
        const left = fs.readdirSync(copy).filter((name) => name.startsWith('move'));
        return left.join(' ') === 'move.old' ? '' : `left: ${left.join(' ')}`;
      },
    });
    expect(wrong).to.deep.equal([]);
    expect(places).to.be.greaterThan(100);
  });

  it(`goes on where the disk was full meanwhile, from ${from} to ${to}`, async () => {
    const where = await origin();
    const { digest } = await stateOf(where);
    const failing = new FailingFiles();
    const site = { ...(await openSite(where)), files: folderFilesOf(failing.files) };
    const onProgress = (activity: string): void => void (failing.isFull ||= activity.startsWith('Comparing'));
    const error = await caughtFrom(moved(where, to, { site, onProgress }));
    expect([error.errorId, error.message.includes('ENOSPC')]).to.deep.equal(['StoreWriteFailed', true]);
    expect(await stateOf(where)).to.deep.equal({ engine: from, digest });
    const done = await moved(where, to);
    expect([done.Resumed, done.Digest]).to.deep.equal([true, digest]);
  });
}
