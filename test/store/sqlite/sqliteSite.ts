import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import type { CheckReport } from '../../../server/cli/verbs/check.js';
import type { Site } from '../../../server/contract/generated/types.js';
import { endEngine } from '../../../server/relay/runningEngine.js';
import { openSite } from '../../../server/site/openSite.js';
import { loadNodeSqlite } from '../../../server/store/sqlite/nodeSqlite.js';
import { type SampleUpstream, startSampleUpstream } from '../../bench/SampleUpstream.js';
import { RealSite } from '../../process/RealSite.js';

/** A site whose database is a file, by the verbs of the command line and its real engine. */
export function sqliteSite(): void {
  describe('A site whose database is a file of SQLite', function () {
    let upstream: SampleUpstream;
    let site: RealSite;
    let updates: number;
    const within = (...names: string[]): string => path.join(site.path, ...names);
    const file = (): string => within('database', 'site.sqlite');

    const synchronize = async (): Promise<{ State: string; fetched: number }> => {
      const client = site.client();
      const { run } = await client.request('sync/start', { requestId: randomUUID() });
      const { State, Counts } = (await client.request('run/wait', { id: run.Id })).run;
      return { State, fetched: Counts.DocumentsFetched };
    };
    const subscribe = async (): Promise<void> => {
      await site.client().request('component/set', {
        requestId: randomUUID(),
        synchronizeAction: 'SynchronizeFromAnUpstreamDataSourceLocation',
        upstreamSourceLocation: upstream.url,
        allProducts: true,
        allClassifications: true,
      });
    };
    const listed = async (): Promise<number> => (await site.client().request('update/list', {})).updates.length;
    /** Code of the verb, and the kinds of repair that it names. */
    const check = async (): Promise<{ code: number; repairs: string[]; offline: boolean }> => {
      const { code, out, err } = await site.cli(['check', '--site-path', site.path, '--json']);
      if (out === '') throw new TypeError(err);
      const { Findings, Offline } = JSON.parse(out) as CheckReport;
      const damage = Findings.filter(({ Severity }) => Severity === 'Damage');
      return { code, repairs: [...new Set(damage.map(({ Repair }) => Repair))], offline: Offline };
    };
    const repair = async (...options: string[]): Promise<{ code: number; err: string }> =>
      site.cli(['repair', '--site-path', site.path, ...options]);
    const pageOf = (name: string): number => {
      const reader = new (loadNodeSqlite('PR1').DatabaseSync)(file(), { returnArrays: true, readOnly: true });
      const row = reader.prepare('SELECT rootpage FROM sqlite_master WHERE name = ?').get(name);
      reader.close();
      return Number(row?.[0]) - 1;
    };
    const end = async (): Promise<void> => endEngine(site.site, { ...site.deps, endSeconds: 30 });
    /** Ends the engine as it should, so that all is in the file, and changes bytes of a page. */
    const damage = async (name: string, change: (bytes: Buffer, page: number) => void): Promise<void> => {
      await end();
      const bytes = fs.readFileSync(file());
      change(bytes, pageOf(name) * bytes.readUInt16BE(16));
      fs.writeFileSync(file(), bytes);
    };

    before(async () => {
      upstream = await startSampleUpstream(['--updates', '40', '--seed', '3', '--all-current']);
      site = await RealSite.make({ database: 'sqlite' });
      await subscribe();
      expect((await synchronize()).State).to.equal('Succeeded');
      updates = await listed();
      expect(updates).to.be.greaterThan(20);
    });
    after(async () => {
      await site.remove();
      await upstream.stop();
    });

    it('is made by the verb, says what it is, and is whole after its engine was killed', async () => {
      expect(site.site.database).to.equal('sqlite');
      expect((await site.client().request('site/get', {})).Database).to.equal('Sqlite');
      expect(fs.readdirSync(within('database')).sort().slice(0, 2)).to.deep.equal(['engine.1', 'site.sqlite']);
      await site.kill();
      expect(await listed()).to.equal(updates);
      expect(await check()).to.deep.equal({ code: 0, repairs: [], offline: false });
      const refused = await site.cli([
        'site',
        'new',
        '--site-code',
        'OPS',
        '--database',
        'sqlite',
        '--operator',
        'root',
      ]);
      expect([refused.code, refused.err]).to.satisfy(
        ([code, err]: [number, string]) => code === 2 && /no operators/.test(err),
      );
      expect(fs.existsSync(path.join(site.home, 'OPS'))).to.equal(false);
    });

    it('is backed up while it works, restored elsewhere and in its place, and read', async () => {
      const backup = path.join(site.home, 'backup');
      const made = await site.cli(['backup', '--site-path', site.path, '--path', backup]);
      expect([made.code, made.err]).to.deep.equal([0, made.err]);
      const copy = path.join(site.home, 'copy');
      expect((await site.cli(['restore', '--path', backup, '--site-path', copy])).code).to.equal(0);
      const found = await site.cli(['updates', '--site-path', copy, '--json']);
      expect(JSON.parse(found.out)).to.have.length(updates);
      const whole = await site.cli(['check', '--site-path', copy, '--json']);
      expect([whole.code, (JSON.parse(whole.out) as CheckReport).Healthy]).to.deep.equal([0, true]);
      await endEngine(await openSite(copy), { ...site.deps, endSeconds: 30 });
      const again = await site.cli(['restore', '--path', backup, '--site-path', site.path, '--replace']);
      expect([again.code, again.err]).to.deep.equal([0, again.err]);
      expect(await listed()).to.equal(updates);
      expect(await check()).to.deep.equal({ code: 0, repairs: [], offline: false });
      expect(await synchronize()).to.deep.equal({ State: 'Succeeded', fetched: 0 });
    });

    it('makes a damaged index again from its table, and loses nothing', async () => {
      await damage('revision_article', (bytes, page) => {
        const at = bytes.indexOf('50', page + 8);
        bytes.write('60', at);
      });
      expect(await check()).to.deep.equal({ code: 7, repairs: ['Rewrite'], offline: false });
      expect((await repair()).code).to.equal(0);
      expect(await check()).to.deep.equal({ code: 0, repairs: [], offline: false });
      expect(await listed()).to.equal(updates);
    });

    it('is rebuilt from its documents where a table is damaged, though its engine starts', async () => {
      await damage('revision', (bytes, page) => {
        // The first leaf, which an engine that starts does not read.
        const leaf = bytes.readUInt32BE(page + bytes.readUInt16BE(page + 12));
        const at = (leaf - 1) * bytes.readUInt16BE(16);
        bytes.fill(0xff, at, at + 64);
      });
      expect(await check()).to.deep.equal({ code: 7, repairs: ['Rebuild'], offline: false });
      const quick = await site.cli(['check', '--quick', '--site-path', site.path]);
      expect([quick.code, /site\.sqlite is damaged/.test(quick.err)], quick.err).to.deep.equal([7, true]);
      for (const option of [[], ['--accept-loss']]) {
        const refused = await repair(...option);
        expect([refused.code, refused.err]).to.satisfy(
          ([code, err]: [number, string]) => code === 7 && /--rebuild/.test(err),
        );
      }
      const made = await repair('--rebuild');
      expect(made.code, made.err).to.equal(0);
      expect(made.err).to.match(/was rebuilt from \d+ documents/);
      await subscribe();
      expect(await synchronize()).to.deep.equal({ State: 'Succeeded', fetched: 0 });
      expect(await listed()).to.equal(updates);
      expect(await check()).to.deep.equal({ code: 0, repairs: [], offline: false });
    });

    it('is rebuilt where no engine opens it, and a copy of the damaged file is kept', async () => {
      await damage('revision', (bytes) => bytes.fill(0, 0, 4096));
      expect(await check()).to.deep.equal({ code: 7, repairs: ['Rebuild'], offline: true });
      expect((await repair('--rebuild')).code).to.equal(0);
      const kept = fs.readdirSync(within('database')).filter((name) => name.startsWith('backup-repair'));
      expect(fs.readdirSync(within('database', kept.sort().at(-1) ?? ''))).to.include('site.sqlite');
      await subscribe();
      expect(await synchronize()).to.deep.equal({ State: 'Succeeded', fetched: 0 });
    });

    it('opens an older copy of its file only once the loss is accepted', async () => {
      await end();
      const older = fs.readFileSync(file());
      await site.client().request('component/set', { requestId: randomUUID(), waitMonth: 5 });
      await end();
      fs.writeFileSync(file(), older);
      expect(await check()).to.deep.equal({ code: 7, repairs: ['AcceptLoss'], offline: true });
      expect((await repair('--rebuild')).err).to.contain('can be read');
      const refused = await repair();
      expect([refused.code, refused.err]).to.satisfy(
        ([code, err]: [number, string]) => code === 7 && /newer than this file/.test(err),
      );
      expect((await repair('--accept-loss')).code).to.equal(0);
      expect(await check()).to.deep.equal({ code: 0, repairs: [], offline: false });
      expect(await listed()).to.equal(updates);
    });

    it('is not opened in a folder that others can change', async () => {
      await end();
      fs.chmodSync(within('database'), 0o770);
      const { code, err } = await site.cli(['status', '--site-path', site.path]);
      expect([code, err]).to.satisfy(([, text]: [number, string]) => /can be changed by another account/.test(text));
      fs.chmodSync(within('database'), 0o700);
      expect(await listed()).to.equal(updates);
    });

    it('is shown in the list of sites', async () => {
      const sites = await site.json<Site[]>('site', 'list');
      expect(sites.map(({ Database }) => Database)).to.include('Sqlite');
    });
  });
}
