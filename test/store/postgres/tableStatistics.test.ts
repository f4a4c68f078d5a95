import { expect } from 'chai';
import { Cleanup } from '../../upstream/harness.js';
import { sampleRevision, sampleUpdate } from '../sampleRows.js';
import { openTestStore } from './openTestStore.js';
import { testDatabase } from './postgresSuite.js';

const UPDATES = 2500;
const COUNTED =
  "SELECT string_agg(relname, ' ' ORDER BY relname) FROM pg_class WHERE relnamespace = 'configmgrsync'::regnamespace " +
  "AND relkind = 'r' AND reltuples > 0";
const QUERY =
  "SELECT s.id FROM revision r JOIN software_update s ON s.revision = r.id WHERE r.article = '5000007' AND s.id > 0";

describe('What PostgreSQL has counted', function () {
  const cleanup = new Cleanup();
  afterEach(async () => cleanup.run());
  const database = testDatabase();
  const sql = (text: string): string =>
    database().server.sql(`SET search_path = configmgrsync; ${text}`, database().name);

  it('is each table that has grown, the software updates of the end of a run too', async () => {
    const { database: store } = await openTestStore(database(), cleanup);
    const ids = Array.from({ length: UPDATES }, (_none, index) => index + 1);
    await store.commit({ revisions: ids.map((id) => sampleRevision(id)) });
    await store.commit({
      softwareUpdates: ids.map((id) => sampleUpdate(id, { updateKey: id, revisionId: id })),
    });
    await store.close();
    expect(sql(COUNTED)).to.equal('description identity revision software_update');
    expect(sql(`EXPLAIN ${QUERY}`)).to.contain('software_update_revision');
  });

  it('is nothing for a few rows', async () => {
    const { database: store } = await openTestStore(database(), cleanup);
    await store.commit({ revisions: [sampleRevision(1)] });
    await store.close();
    expect(sql(COUNTED)).to.equal('');
  });
});
