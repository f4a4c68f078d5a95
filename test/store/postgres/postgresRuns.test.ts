import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import pg from 'pg';
import type { Run } from '../../../server/contract/generated/types.js';
import { GatedUpstream } from '../../process/GatedUpstream.js';
import { RealSite } from '../../process/RealSite.js';
import { Cleanup } from '../../upstream/harness.js';
import { findPostgres, PostgresServer } from './PostgresServer.js';
import { testDatabase } from './postgresSuite.js';
import { subscribeTo, synchronize } from './synchronizeFrom.js';

const CUT = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'ConfigMgrSync'";
/** Transactions that wait for a table. The view of activity would be the same until the end of the transaction. */
const WAITING = 'SELECT FROM pg_locks WHERE NOT granted AND relation = $1::regclass';
const UPDATES = 300;

/** What happens to the server while a synchronization is under way. */
describe('A synchronization whose PostgreSQL fails meanwhile', function () {
  const cleanup = new Cleanup();
  afterEach(async () => cleanup.run());
  const database = testDatabase();
  let upstream: GatedUpstream;
  let undisturbed: readonly unknown[];

  before(async () => {
    upstream = await GatedUpstream.start(UPDATES);
    const site = await RealSite.make();
    await subscribeTo(site, upstream.url);
    expect((await synchronize(site)).State).to.equal('Succeeded');
    undisturbed = await contentOf(site);
    expect(undisturbed.length).to.be.greaterThan(50);
    await site.remove();
  });
  after(async () => upstream.close());

  const contentOf = async (site: RealSite): Promise<readonly unknown[]> =>
    (await site.client().request('update/list', {})).updates.map((update) => [
      update.CI_ID,
      update.CI_UniqueID,
      update.LocalizedDisplayName,
      update.IsExpired,
      update.IsSuperseded,
    ]);
  const made = async (address = database().address): Promise<RealSite> => {
    const site = await RealSite.make({ database: 'postgres', address });
    cleanup.add(async () => site.remove());
    await subscribeTo(site, upstream.url);
    return site;
  };
  /** Begins a run, and gives it once so many documents were asked for; it waits until the upstream goes on. */
  const begun = async (site: RealSite, documents: number): Promise<{ readonly ended: () => Promise<Run> }> => {
    const reached = upstream.stopAfter(documents);
    const client = site.client();
    const { run } = await client.request('sync/start', { requestId: randomUUID() });
    await reached;
    return { ended: async () => (await client.request('run/wait', { id: run.Id })).run };
  };
  /** Waits until the engine says that it tries again. */
  const waits = async (site: RealSite): Promise<void> => {
    const watcher = fs.watch(path.join(site.path, 'Logs'));
    await new Promise<void>((resolve) => {
      const look = (): void => {
        if (site.log.includes('Trying again.')) resolve();
      };
      watcher.on('change', look);
      look();
    });
    watcher.close();
  };
  /** Cuts all connections once a transaction of the run has come to a table, for which it is kept waiting. */
  const cutIn = async (site: RealSite, table: string): Promise<void> => {
    const { server, name } = database();
    const holder = new pg.Client({ host: server.folder, port: server.port, user: 'postgres', database: name });
    await holder.connect();
    try {
      await holder.query(`BEGIN; LOCK TABLE configmgrsync.${table} IN SHARE MODE`);
      while ((await holder.query(WAITING, [`configmgrsync.${table}`])).rows.length === 0) {
        const end = site.syncLog.find((line) => /^Sync (failed|succeeded)/.test(line));
        expect(end, `the run ended before it wrote to ${table}`).to.equal(undefined);
      }
      server.sql(CUT);
    } finally {
      await holder.end();
    }
  };
  const isWhole = async (site: RealSite, run: Run): Promise<void> => {
    expect([run.State, run.ErrorMessage]).to.deep.equal(['Succeeded', '']);
    expect(await contentOf(site)).to.deep.equal(undisturbed);
    const { code, out } = await site.cli(['check', '--site-path', site.path]);
    expect(code, out).to.equal(0);
  };

  it('waits for a server that restarts, and goes on', async () => {
    const site = await made();
    const { ended } = await begun(site, 100);
    await database().server.stop();
    upstream.goOn();
    await waits(site);
    await database().server.start();
    await isWhole(site, await ended());
    expect(site.syncLog.filter((line) => line.startsWith('Sync failed'))).to.deep.equal([]);
  });

  it('goes on where its connections are cut in the middle of transactions, again and again', async () => {
    const site = await made();
    const { ended } = await begun(site, 20);
    upstream.goOn();
    for (const table of ['document_piece', 'revision', 'document_piece', 'revision', 'software_update'])
      await cutIn(site, table);
    await isWhole(site, await ended());
    expect(site.log.match(/Trying again\./g)).to.have.length.at.least(5);
  });

  it('waits while the server takes no changes', async () => {
    const { server, name } = database();
    const site = await made();
    const { ended } = await begun(site, 100);
    server.sql(`ALTER DATABASE ${name} SET default_transaction_read_only = on`);
    server.sql(CUT);
    upstream.goOn();
    await waits(site);
    server.sql(`ALTER DATABASE ${name} RESET default_transaction_read_only`);
    await isWhole(site, await ended());
    expect(site.log).to.match(/takes no changes: the server is a standby.*Trying again/);
  });

  it('ends with the name of the full disk, and the next one fetches nothing again', async () => {
    const { server, name } = database();
    const site = await made();
    await server.fill('configmgrsync.software_update', name, true);
    const failed = await synchronize(site);
    expect([failed.State, failed.ErrorId]).to.deep.equal(['Failed', 'DatabaseFull']);
    expect(failed.Counts.DocumentsFetched).to.be.greaterThan(UPDATES);
    await server.fill('configmgrsync.software_update', name, false);
    const next = await synchronize(site);
    expect(next.Counts.DocumentsFetched).to.equal(0);
    await isWhole(site, next);
  });

  it('goes on at the standby that takes over', async () => {
    const bin = findPostgres() ?? '';
    const primary = await PostgresServer.make(bin);
    cleanup.add(async () => primary.remove());
    primary.sql('CREATE DATABASE site');
    const standby = await PostgresServer.standbyOf(bin, primary);
    cleanup.add(async () => standby.remove());
    // What is acknowledged is on both.
    primary.sql("ALTER SYSTEM SET synchronous_standby_names = '*'");
    primary.sql('SELECT pg_reload_conf()');
    const hosts = [standby, primary].map(({ folder }) => encodeURIComponent(folder)).join(',');
    const ports = [standby, primary].map(({ port }) => port).join(',');
    const site = await made(`postgresql://postgres@/site?host=${hosts}&port=${ports}`);
    const { ended } = await begun(site, 100);
    await primary.stop();
    upstream.goOn();
    await waits(site);
    standby.sql('SELECT pg_promote()');
    await isWhole(site, await ended());
  });
});
