import fs from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import type { CheckReport } from '../../../server/cli/verbs/check.js';
import { endEngine } from '../../../server/relay/runningEngine.js';
import { type SampleUpstream, startSampleUpstream } from '../../bench/SampleUpstream.js';
import { RealSite } from '../../process/RealSite.js';
import { Cleanup } from '../../upstream/harness.js';
import { damageTable } from './damageTable.js';
import { suiteDatabase } from './postgresSuite.js';
import { synchronize, synchronizeFrom } from './synchronizeFrom.js';

describe('The upkeep of a site in PostgreSQL', function () {
  const cleanup = new Cleanup();
  // Before the database is taken from under its engine.
  after(async () => cleanup.run());
  const database = suiteDatabase();
  let upstream: SampleUpstream;
  let site: RealSite;
  let updates: number;
  before(async () => {
    upstream = await startSampleUpstream(['--updates', '40', '--seed', '3', '--all-current']);
    cleanup.add(async () => upstream.stop());
    site = await made();
    expect((await synchronizeFrom(site, upstream.url)).State).to.equal('Succeeded');
    updates = await listed(site);
    expect(updates).to.be.greaterThan(20);
  });

  const made = async (address = database().address, siteCode = 'ABC'): Promise<RealSite> => {
    const one = await RealSite.make({ siteCode, database: 'postgres', address });
    cleanup.add(async () => one.remove());
    return one;
  };
  const listed = async (one: RealSite): Promise<number> =>
    (await one.client().request('update/list', {})).updates.length;
  const sql = (text: string): string =>
    database().server.sql(`SET search_path = configmgrsync; ${text}`, database().name);
  const check = async (): Promise<{ code: number; found: [string, string][] }> => {
    const { code, out, err } = await site.cli(['check', '--site-path', site.path, '--json']);
    if (out === '') throw new TypeError(err);
    if (!out.includes('"Findings"')) throw new TypeError(out);
    const damage = (JSON.parse(out) as CheckReport).Findings.filter(({ Severity }) => Severity === 'Damage');
    return { code, found: damage.map(({ Kind, Repair }) => [Kind, Repair]) };
  };

  it('is checked, and a damaged document is fetched again', async () => {
    expect(await check()).to.deep.equal({ code: 0, found: [] });
    sql(
      'UPDATE document_piece SET bytes = set_byte(bytes, 100, get_byte(bytes, 100) # 1) WHERE (segment, block) = ' +
        '(SELECT segment, max(block) FROM document_piece GROUP BY segment ORDER BY segment DESC LIMIT 1)',
    );
    await endEngine(site.site, { ...site.deps, endSeconds: 30 });
    const { code, found } = await check();
    expect([code, new Set(found.map(String))]).to.deep.equal([7, new Set(['Document,Fetch'])]);
    const repaired = await site.cli(['repair', '--site-path', site.path]);
    expect([repaired.code, repaired.out]).to.satisfy(
      ([end, out]: [number, string]) => end === 0 && out.includes(`Repaired ${found.length} documents; 0 findings`),
    );
    expect(await check()).to.deep.equal({ code: 0, found: [] });
  });

  it('has no backup of files, and takes none', async () => {
    const target = path.join(site.home, 'backup');
    const { code, err } = await site.cli(['backup', '--site-path', site.path, '--path', target]);
    expect(code).to.equal(1);
    expect(err).to.match(/StoreInDatabase: .*\n.*pg_dump/);
    expect(fs.readdirSync(site.home).filter((name) => name.startsWith('backup'))).to.deep.equal([]);
    const other = await RealSite.make({ siteCode: 'DEF' });
    cleanup.add(async () => other.remove());
    const backup = path.join(other.home, 'backup');
    expect((await other.cli(['backup', '--site-path', other.path, '--path', backup])).code).to.equal(0);
    const restored = await site.cli(['restore', '--path', backup, '--site-path', site.path, '--replace']);
    expect(restored.err).to.contain('RestoreRefused');
    expect(await listed(site)).to.equal(updates);
  });

  it('exports and imports', async () => {
    const file = path.join(site.home, 'package.cab');
    const exported = await site.cli(['export', '--path', file, '--site-path', site.path]);
    expect([exported.code, exported.err]).to.deep.equal([0, exported.err]);
    const { server, name } = database();
    server.sql(`CREATE DATABASE ${name}_copy`);
    cleanup.add(async () => Promise.resolve(void server.sql(`DROP DATABASE ${name}_copy WITH (FORCE)`)));
    const copy = await made(server.overSocket(`${name}_copy`), 'DEF');
    const imported = await copy.cli(['import', '--path', file, '--site-path', copy.path]);
    expect([imported.code, imported.err]).to.deep.equal([0, imported.err]);
    expect(server.sql('SELECT count(*) FROM configmgrsync.revision', `${name}_copy`)).to.equal(
      sql('SELECT count(*) FROM revision'),
    );
  });

  it('says how large it is, and gives room back', async () => {
    const { Size } = await synchronize(site);
    expect(Size?.DocumentBytes).to.be.greaterThan(100_000);
    expect(Size?.DatabaseBytes).to.be.greaterThan(100_000);
    const cleaned = await site.cli(['maintenance', '--site-path', site.path]);
    expect([cleaned.code, cleaned.err]).to.deep.equal([0, cleaned.err]);
  });

  // The last one: it leaves the damage.
  it('names a table that only the server can repair, and writes no files', async () => {
    await endEngine(site.site, { ...site.deps, endSeconds: 30 });
    await damageTable(database(), 'relation');
    const { code, found } = await check();
    expect(code).to.equal(7);
    expect(found[0]).to.deep.equal(['Database', 'None']);
    for (const options of [[], ['--accept-loss'], ['--rebuild']]) {
      const end = await site.cli(['repair', '--site-path', site.path, ...options]);
      expect([end.code, /relation in the data/.test(end.out + end.err)], end.out + end.err).to.deep.equal([7, true]);
    }
  });
});
