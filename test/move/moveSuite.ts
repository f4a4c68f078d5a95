import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import type { OldDatabase, StoreCheckResult, SiteMove, SoftwareUpdate } from '../../server/contract/generated/types.js';
import { endEngine } from '../../server/relay/runningEngine.js';
import type { SiteDescription } from '../../server/site/SiteFolder.js';
import { openSite } from '../../server/site/openSite.js';
import { forwardRequest } from '../../server/relay/forwardRequest.js';
import { plainFiles } from '../../server/platform/files/folderFiles.js';
import { backUpThroughRelay } from '../../server/relay/siteBackup.js';
import { readManifest } from '../../server/repair/BackupManifest.js';
import { replaceStore } from '../../server/repair/restoredStore.js';
import { loadNodeSqlite } from '../../server/store/sqlite/nodeSqlite.js';
import { type SampleUpstream, startSampleUpstream } from '../bench/SampleUpstream.js';
import { repetitions } from '../fixtures/repetitions.js';
import { RealSite } from '../process/RealSite.js';
import { caughtFrom } from '../rpc/caught.js';
import { copyOf, type EngineWord, killedMove, moved, stateOf } from './movedSites.js';

/** Places at which a move is killed: an activity and how much of it in percent. */
const PLACES: readonly (readonly [string, number])[] = [
  ['Copying', 40],
  ['Reading', 50],
  ['Copying', 1],
  ['Comparing', 80],
  ['Copying', 70],
  ['Comparing', 30],
  ['Copying', 100],
];
const MOST_RENAMES = 30;
/** Of how many of these places and of the renames one is met. */
const STEP = repetitions(3, 1);

/** Moves between a database in memory and one in a file; in a Node.js that has `node:sqlite`. */
export function moveSuite(): void {
  describe('A site that is moved to another database', function () {
    let upstream: SampleUpstream;
    let site: RealSite;
    let copies = 0;
    const end = async (): Promise<void> => endEngine(site.site, { ...site.deps, endSeconds: 30 });
    const move = async (...options: string[]): Promise<{ code: number; out: string; err: string }> =>
      site.cli(['site', 'move', '--site-path', site.path, '--json', ...options]);
    const shown = async (): Promise<unknown> => {
      const client = site.client();
      const { updates } = await client.request('update/list', {});
      const { runs } = await client.request('run/list', {});
      return { updates, runs, component: await client.request('component/get', {}) };
    };
    /** A copy of the site with its database in that engine. */
    const copyIn = async (engine: EngineWord): Promise<string> => {
      copies += 1;
      const copy = copyOf(site.path, `C${copies}`);
      const { engine: current } = await stateOf(copy);
      if (current !== engine) {
        await moved(copy, engine);
        fs.rmSync(path.join(copy, 'move.old'), { recursive: true });
        const file = path.join(copy, 'site.json');
        fs.writeFileSync(file, JSON.stringify({ ...JSON.parse(fs.readFileSync(file, 'utf8')), kept: undefined }));
      }
      return copy;
    };

    before(async () => {
      upstream = await startSampleUpstream(['--updates', '300', '--seed', '3', '--exit-with-parent']);
      site = await RealSite.make();
      const client = site.client();
      await client.request('component/set', {
        requestId: randomUUID(),
        synchronizeAction: 'SynchronizeFromAnUpstreamDataSourceLocation',
        upstreamSourceLocation: upstream.url,
        allProducts: true,
        allClassifications: true,
      });
      const { run } = await client.request('sync/start', { requestId: randomUUID() });
      expect((await client.request('run/wait', { id: run.Id })).run.State).to.equal('Succeeded');
      const { updates } = await client.request('update/list', {});
      const ids = updates.slice(0, 3).map(({ CI_ID }: SoftwareUpdate) => CI_ID);
      await client.request('update/set', { requestId: randomUUID(), ciIds: ids, customSeverity: 'Low' });
      await end();
    });
    after(async () => {
      await site.remove();
      await upstream.stop();
    });

    for (const [from, to] of [
      ['embedded', 'sqlite'],
      ['sqlite', 'embedded'],
    ] as const) {
      it(`goes on from wherever it was killed, from ${from} to ${to}`, async () => {
        const origin = await copyIn(from);
        const { digest } = await stateOf(origin);
        for (const [index, place] of PLACES.entries()) {
          if (index % STEP > 0) continue;
          const copy = copyOf(origin, `K${from}${index}`);
          await killedMove(copy, to, place);
          expect(await stateOf(copy), place.join(' ')).to.deep.equal({ engine: from, digest });
          const done = await moved(copy, to);
          expect([done.Resumed, done.Digest], place.join(' ')).to.deep.equal([place[0] !== 'Reading', digest]);
          expect(await stateOf(copy)).to.deep.equal({ engine: to, digest });
          fs.rmSync(copy, { recursive: true });
        }
      });

      it(`has one of both databases, whole, from between any two renames, from ${from} to ${to}`, async () => {
        const origin = await copyIn(from);
        const { digest } = await stateOf(origin);
        const met = new Set<string>();
        let isOver = false;
        for (let rename = 1; !isOver; rename += STEP) {
          expect(rename).to.be.lessThan(MOST_RENAMES);
          const copy = copyOf(origin, `R${from}${rename}`);
          isOver = await killedMove(copy, to, ['rename', rename]).then(
            () => false,
            () => true,
          );
          const text = fs.readFileSync(path.join(copy, 'site.json'), 'utf8');
          const decided = text.includes('"moving"');
          // No version opens what it names then: those before this one would make an empty database.
          if (decided) expect((JSON.parse(text) as SiteDescription).database).to.equal('moving');
          const found = await stateOf(copy);
          expect(found.digest, `rename ${rename}`).to.equal(digest);
          if (decided) expect(found.engine).to.equal(to);
          met.add(`${found.engine}${decided ? ', finished by who opened it' : ''}`);
          expect(fs.readFileSync(path.join(copy, 'site.json'), 'utf8')).to.not.contain('"moving"');
          if (found.engine === from) expect((await moved(copy, to)).Digest).to.equal(digest);
          expect(fs.readdirSync(path.join(copy, 'move.old'))).to.include.members(['database', 'documents']);
          expect(fs.existsSync(path.join(copy, 'move.new'))).to.equal(false);
          fs.rmSync(copy, { recursive: true });
        }
        expect([...met].sort()).to.deep.equal([from, to, `${to}, finished by who opened it`].sort());
      });
    }

    it('begins anew where the site was used since', async () => {
      const copy = await copyIn('embedded');
      await killedMove(copy, 'sqlite', ['Copying', 70]);
      const site2 = await openSite(copy);
      const client = site.client({}, site2);
      await client.request('component/set', { requestId: randomUUID(), waitMonth: 7 });
      await endEngine(site2, { ...site.deps, endSeconds: 30 });
      expect(fs.readFileSync(path.join(copy, 'Logs', 'engine.log'), 'utf8')).to.match(/was interrupted.*--drop-old/);
      const { digest } = await stateOf(copy);
      const done = await moved(copy, 'sqlite');
      expect([done.Resumed, done.Digest]).to.deep.equal([false, digest]);
      expect(done.Warnings[0]).to.contain('was used since an earlier move');
    });

    it('moves nothing that is damaged, and names it', async () => {
      const copy = await copyIn('sqlite');
      const [segment = ''] = fs.readdirSync(path.join(copy, 'documents')).filter((name) => name.endsWith('.seg'));
      const file = path.join(copy, 'documents', segment);
      const bytes = fs.readFileSync(file);
      bytes.fill(0x55, bytes.length - 200, bytes.length - 100);
      fs.writeFileSync(file, bytes);
      const error = await caughtFrom(moved(copy, 'embedded'));
      expect(error.errorId).to.equal('StoreCorrupt');
      expect(error.message)
        .to.contain(file)
        .and.to.match(/the document of the update [0-9a-f-]{36} cannot be read/);
      expect((await openSite(copy)).database).to.equal('sqlite');
      expect(fs.existsSync(path.join(copy, 'move.old'))).to.equal(false);
    });

    it('names the rows in which a copy differs, keeps the database, and removes the copy', async () => {
      const copy = await copyIn('embedded');
      await killedMove(copy, 'sqlite', ['Comparing', 1]);
      const file = path.join(copy, 'move.new', 'database', 'site.sqlite');
      const database = new (loadNodeSqlite('PR1').DatabaseSync)(file, { returnArrays: true });
      database.exec("UPDATE revision SET title = title || 'x' WHERE id = 205");
      database.close();
      const error = await caughtFrom(moved(copy, 'sqlite'));
      expect([error.errorId, error.message]).to.deep.equal([
        'MoveDiffers',
        'The copy of the database of site ABC is not the same as the original: the rows 201 to 400 of the table ' +
          'revision, or their documents, differ.',
      ]);
      expect(fs.existsSync(path.join(copy, 'move.new'))).to.equal(false);
      expect((await openSite(copy)).database).to.equal(undefined);
      expect((await moved(copy, 'sqlite')).Resumed).to.equal(false);
    });

    it('is not begun where its service has an older Node.js, and says where that is not known', async () => {
      const copy = await copyIn('embedded');
      const record = { service: 'configmgrsync-ABC', account: 'nobody', accountId: '65534', installed: '' };
      const file = path.join(copy, 'service.json');
      fs.writeFileSync(file, JSON.stringify({ ...record, versions: { node: '20.19.0' } }));
      const error = await caughtFrom(moved(copy, 'sqlite'));
      expect([error.errorId, error.message]).to.satisfy(
        ([id, text]: [string, string]) => id === 'MoveRefused' && /service ran with Node\.js 20\.19\.0/.test(text),
      );
      expect(fs.existsSync(path.join(copy, 'move.new'))).to.equal(false);
      fs.writeFileSync(file, JSON.stringify(record));
      expect((await moved(copy, 'sqlite')).Warnings.join(' ')).to.match(/not known with which Node\.js/);
    });

    it('is not begun where there is no room', async () => {
      const copy = await copyIn('embedded');
      const opened = await openSite(copy);
      const files = { ...opened.files, statfsSync: () => ({ bavail: 1, blocks: 10, bsize: 4096 }) };
      const error = await caughtFrom(moved(copy, 'sqlite', { site: { ...opened, files } }));
      expect([error.errorId, error.message]).to.satisfy(
        ([id, text]: [string, string]) => id === 'MoveRefused' && /the disk has 0\.0 MB free/.test(text),
      );
      expect(fs.readdirSync(copy).filter((name) => name.startsWith('move'))).to.deep.equal([]);
    });

    it('is moved by the verb in both directions, shows the same, and synchronizes nothing again', async () => {
      const before = await shown();
      const wanted = JSON.parse((await move('--database', 'sqlite', '--what-if')).out) as SiteMove;
      expect([wanted.WhatIf, wanted.Documents, wanted.Warnings.length]).to.deep.equal([true, null, 1]);
      expect((await openSite(site.path)).database).to.equal(undefined);
      const same = await move('--database', 'embedded');
      expect([same.code, same.err]).to.satisfy(([code, err]: [number, string]) => code === 6 && /already/.test(err));
      for (const [word, name] of [
        ['sqlite', 'Sqlite'],
        ['embedded', 'Embedded'],
      ] as const) {
        const { code, out, err } = await move('--database', word);
        expect(code, err).to.equal(0);
        const done = JSON.parse(out) as SiteMove;
        expect([done.Database, done.Resumed, done.Documents]).to.satisfy(
          ([database, resumed, documents]: [string, boolean, number]) =>
            database === name && !resumed && documents > 300,
        );
        expect(err).to.contain('Backups of the old database').and.to.contain('is kept in');
        expect((await site.client().request('site/get', {})).Database).to.equal(name);
        expect(await shown()).to.deep.equal(before);
        expect((await site.cli(['check', '--site-path', site.path])).code).to.equal(0);
        const client = site.client();
        const { run } = await client.request('sync/start', { requestId: randomUUID() });
        const { State, Counts } = (await client.request('run/wait', { id: run.Id })).run;
        expect([State, Counts.DocumentsFetched]).to.deep.equal(['Succeeded', 0]);
        const again = await move('--database', word === 'sqlite' ? 'embedded' : 'sqlite');
        expect([again.code, again.err]).to.satisfy(
          ([failed, text]: [number, string]) => failed === 6 && /still kept.*--drop-old/.test(text),
        );
        const dropped = JSON.parse((await move('--drop-old')).out) as OldDatabase;
        expect([dropped.Size > 0, fs.existsSync(dropped.Path)]).to.deep.equal([true, false]);
        const nothing = await move('--drop-old');
        expect([nothing.code, nothing.err]).to.satisfy(
          ([failed, text]: [number, string]) =>
            failed === 1 && /^OldDatabaseMissing: .*keeps no old database/m.test(text),
        );
        Object.assign(before as object, (await shown()) as object);
      }
    });

    it('is known to sessions that were open before, whatever they do without an engine', async () => {
      const copy = await copyIn('embedded');
      const before = await openSite(copy);
      await moved(copy, 'sqlite');
      const restored = replaceStore({ site: before } as Parameters<typeof replaceStore>[0]);
      expect((await caughtFrom(restored)).message).to.contain('was moved to another database meanwhile');
      const client = site.client({}, before);
      const backup = path.join(site.home, `backup-${path.basename(copy)}`);
      const quiet = { signal: new AbortController().signal, onProgress: () => undefined, say: () => undefined };
      await backUpThroughRelay(client, { requestId: randomUUID(), path: backup }, quiet);
      expect(readManifest(plainFiles, backup).site.database).to.equal('sqlite');
      await endEngine(before, { ...site.deps, endSeconds: 30 });
      const into = ['restore', '--path', backup, '--site-path', path.join(site.home, 'restored'), '--json'];
      const done = await site.cli(into);
      expect(done.code, done.err).to.equal(0);
      expect((await stateOf(path.join(site.home, 'restored'))).engine).to.equal('sqlite');
      const file = path.join(copy, 'database', 'site.sqlite');
      const bytes = fs.readFileSync(file);
      fs.writeFileSync(file, Buffer.from(bytes).fill(0x55, 0, 4096));
      const asked = { method: 'store/check', params: {} };
      const { findings } = (await forwardRequest(site.client({}, before), asked)) as StoreCheckResult;
      expect(findings.map(({ Path }) => Path)).to.include(file);
      fs.writeFileSync(file, bytes);
      const drop = ['site', 'move', '--site-path', copy, '--drop-old'];
      expect((await site.cli(drop)).code).to.equal(0);
      expect((await moved(copy, 'embedded', { site: before })).Database).to.equal('Embedded');
    });

    it('removes the copy of an interrupted move', async () => {
      const copy = await copyIn('embedded');
      await killedMove(copy, 'sqlite', ['Copying', 40]);
      const drop = ['site', 'move', '--site-path', copy, '--drop-old', '--json'];
      const nowhere = await site.cli([...drop, '--leave-on-server']);
      expect([nowhere.code, nowhere.err]).to.satisfy(
        ([failed, text]: [number, string]) => failed !== 0 && /nothing is left on a server/.test(text),
      );
      const { code, out } = await site.cli(drop);
      const dropped = JSON.parse(out) as OldDatabase;
      expect([code, dropped.Database, dropped.Path]).to.deep.equal([0, null, path.join(copy, 'move.new')]);
      expect(fs.existsSync(dropped.Path)).to.equal(false);
    });
  });
}
