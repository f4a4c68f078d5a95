import { expect } from 'chai';
import { Cleanup } from '../../upstream/harness.js';
import { sampleRevision } from '../sampleRows.js';
import { openTestStore } from './openTestStore.js';
import { testDatabase } from './postgresSuite.js';

const INDEXES = "SELECT count(*) FROM pg_indexes WHERE indexname = 'revision_title_trigram'";

describe('The index of titles in PostgreSQL', () => {
  const cleanup = new Cleanup();
  afterEach(async () => cleanup.run());
  const database = testDatabase();
  const sql = (text: string): string => database().server.sql(text, database().name);

  it('finds a part of a title, and is made once', async () => {
    const { database: store } = await openTestStore(database(), cleanup);
    await store.commit({ revisions: [1, 2, 3].map((id) => sampleRevision(id)) });
    await openTestStore(database(), cleanup);
    expect(sql(INDEXES)).to.equal('1');
    const plan = sql(
      'SET enable_seqscan = off; SET search_path = configmgrsync; ' +
        "EXPLAIN SELECT 1 FROM revision r WHERE r.title ILIKE '%update%' ESCAPE '\\'",
    );
    expect(plan).to.contain('revision_title_trigram');
  });

  it('uses the extension where an administrator has put it', async () => {
    sql('CREATE SCHEMA "Ext"; CREATE EXTENSION pg_trgm SCHEMA "Ext"');
    await openTestStore(database(), cleanup);
    expect(sql(INDEXES)).to.equal('1');
  });

  it('is missing where the user may not make it, and the site works', async () => {
    const { server, name } = database();
    server.sql('DROP ROLE IF EXISTS tenant; CREATE ROLE tenant LOGIN');
    sql('CREATE SCHEMA configmgrsync AUTHORIZATION tenant');
    const { database: store } = await openTestStore({ address: server.overSocket(name, 'tenant') }, cleanup);
    await store.commit({ revisions: [sampleRevision(1)] });
    expect((await store.counts()).revisions).to.equal(1);
    expect(sql(INDEXES)).to.equal('0');
  });
});
