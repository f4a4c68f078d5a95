import { expect } from 'chai';
import { Cleanup } from '../../upstream/harness.js';
import { sampleRevision, sampleUpdate } from '../sampleRows.js';
import { openTestStore } from './openTestStore.js';
import { testDatabase } from './postgresSuite.js';

const INDEXES = "SELECT count(*) FROM pg_indexes WHERE indexname = 'revision_title_trigram'";
const SCANS = "SELECT idx_scan FROM pg_stat_all_indexes WHERE indexrelname = 'revision_title_trigram'";
const UPDATES = 2500;

const titleOf = (id: number): string => (id === 7 ? 'Zebra crossing' : `Update ${id}`);

describe('The index of titles in PostgreSQL', () => {
  const cleanup = new Cleanup();
  afterEach(async () => cleanup.run());
  const database = testDatabase();
  const sql = (text: string): string => database().server.sql(text, database().name);

  it('finds a part of a title, and is made once there are titles', async () => {
    const { database: store } = await openTestStore(database(), cleanup);
    await store.commit({ revisions: [1, 2, 3].map((id) => sampleRevision(id)) });
    expect(sql(INDEXES)).to.equal('0');
    await openTestStore(database(), cleanup);
    expect(sql(INDEXES)).to.equal('1');
    const plan = sql(
      'SET enable_seqscan = off; SET search_path = configmgrsync; ' +
        "EXPLAIN SELECT 1 FROM revision r WHERE r.title ILIKE '%update%' ESCAPE '\\'",
    );
    expect(plan).to.contain('revision_title_trigram');
  });

  it('is what a search by a part of a title reads, with its plan made for that part', async () => {
    const { database: store } = await openTestStore(database(), cleanup);
    const ids = Array.from({ length: UPDATES }, (_none, index) => index + 1);
    await store.commit({ revisions: ids.map((id) => ({ ...sampleRevision(id), title: titleOf(id) })) });
    await store.commit({ softwareUpdates: ids.map((id) => sampleUpdate(id, { updateKey: id, revisionId: id })) });
    await store.close();
    // The first software updates had it made.
    expect(sql(INDEXES)).to.equal('1');
    const { database: again } = await openTestStore(database(), cleanup, { isThere: true });
    const found = await again.updates({ name: '*zebra cross*', wildcard: true });
    expect(found.map(({ title }) => title)).to.deep.equal(['Zebra crossing']);
    await again.close();
    // A session that ends tells what it has used a little later.
    let scans = '0';
    for (let look = 0; look < 100 && scans === '0'; look += 1) scans = sql(SCANS);
    expect(scans).to.equal('1');
  });

  it('uses the extension where an administrator has put it', async () => {
    sql('CREATE SCHEMA "Ext"; CREATE EXTENSION pg_trgm SCHEMA "Ext"');
    const { database: store } = await openTestStore(database(), cleanup);
    await store.commit({
      revisions: [sampleRevision(1)],
      softwareUpdates: [sampleUpdate(1, { updateKey: 1, revisionId: 1 })],
    });
    await store.close();
    expect(sql(INDEXES)).to.equal('1');
  });

  it('is missing where the user may not make it, and the site works', async () => {
    const { server, name } = database();
    server.sql('DROP ROLE IF EXISTS tenant; CREATE ROLE tenant LOGIN');
    sql('CREATE SCHEMA configmgrsync AUTHORIZATION tenant');
    const { database: store } = await openTestStore({ address: server.overSocket(name, 'tenant') }, cleanup);
    await store.commit({
      revisions: [sampleRevision(1)],
      softwareUpdates: [sampleUpdate(1, { updateKey: 1, revisionId: 1 })],
    });
    expect((await store.counts()).revisions).to.equal(1);
    await store.close();
    expect(sql(INDEXES)).to.equal('0');
  });
});
