import { expect } from 'chai';
import { PostgresTransactions } from '../../../server/store/postgres/PostgresTransactions.js';
import { lookAtStore } from '../../../server/store/postgres/lookAtStore.js';
import { parsePostgresAddress } from '../../../server/store/postgres/PostgresAddress.js';
import { systemClock } from '../../../server/platform/Clock.js';
import { OWN_MIGRATIONS, STORE_TABLE } from '../../../server/store/postgres/postgresTables.js';
import { DIALECTS, inDialect } from '../../../server/store/sql/dialects.js';
import { FIRST_FORMAT, FORMAT, MIGRATIONS, SCHEMA } from '../../../server/store/sql/schema.js';
import { rejectionOf } from '../../fixtures/rejection.js';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';
import { guidOf } from '../../fixtures/updateDocuments.js';
import { Cleanup } from '../../upstream/harness.js';
import { digestOf } from '../dumpDatabase.js';
import { answersOf, expectedOfFormat8, insertsOf, tablesOfFormat8 } from '../formatEight.js';
import { sampleRevision } from '../sampleRows.js';
import { openTestStore } from './openTestStore.js';
import { testDatabase } from './postgresSuite.js';

describe('A store in PostgreSQL', () => {
  const cleanup = new Cleanup();
  afterEach(async () => cleanup.run());
  const database = testDatabase();
  const folder = temporaryFolder();
  const sql = (text: string): string =>
    database().server.sql(`SET search_path = configmgrsync; ${text}`, database().name);

  it('is there again when it is opened again, and whoever had it before writes no more', async () => {
    const first = await openTestStore(database(), cleanup);
    const commit = { revisions: [sampleRevision(1)], settings: { a: [1, 'x'] } };
    await first.database.commit(commit);
    const second = await openTestStore(database(), cleanup);
    expect(await digestOf(second.database, ['a'])).to.equal(await digestOf(first.database, ['a']));
    expect(await rejectionOf(first.database.commit({ settings: { a: 2 } }))).to.equal('StoreSuperseded');
    await second.database.commit({ settings: { a: 3 } });
    expect(await first.database.setting('a')).to.equal(3);
  });

  it('is made by one engine where several begin at once', async () => {
    const stores = await Promise.all([1, 2, 3, 4].map(async () => openTestStore(database(), cleanup)));
    const outcomes = await Promise.all(
      stores.map(async ({ database: one }) => rejectionOf(one.commit({ settings: { a: 1 } }))),
    );
    expect(outcomes.sort()).to.deep.equal(['StoreSuperseded', 'StoreSuperseded', 'StoreSuperseded', 'fulfilled']);
    expect(sql('SELECT format FROM store')).to.equal(String(FORMAT));
  });

  it('is refused where it is of another site or of a newer version', async () => {
    await openTestStore(database(), cleanup);
    for (const isThere of [false, true]) {
      const refusal = async (): Promise<string> => rejectionOf(openTestStore(database(), cleanup, { isThere }));
      sql(`UPDATE store SET site = '${guidOf(7)}', format = ${FORMAT}`);
      expect(await refusal()).to.equal('DatabaseOfOtherSite');
      sql(`UPDATE store SET site = '${guidOf(1)}', format = ${FORMAT + 1}`);
      expect(await refusal()).to.equal('StoreNewerFormat');
      sql(`UPDATE store SET format = ${FORMAT}, own_format = own_format + 1`);
      expect(await refusal()).to.equal('StoreNewerFormat');
      sql('UPDATE store SET own_format = own_format - 1');
    }
  });

  it('is told to be of a newer version where that has changed the tables meanwhile', async () => {
    const { database: one } = await openTestStore(database(), cleanup);
    sql('ALTER TABLE revision DROP COLUMN prerequisites');
    expect(await rejectionOf(one.neededBy([1])), 'no newer version did that').to.equal('InternalError');
    sql(`UPDATE store SET format = ${FORMAT + 1}`);
    expect(await rejectionOf(one.neededBy([1]))).to.equal('StoreNewerFormat');
    sql('DROP TABLE sup_status');
    expect(await rejectionOf(one.statuses())).to.equal('StoreNewerFormat');
  });

  it('is not opened where what was written last could not be read this once', async () => {
    await openTestStore(database(), cleanup);
    const transactions = new PostgresTransactions(parsePostgresAddress(database().address), {
      clock: systemClock,
      random: () => 0,
    });
    cleanup.add(async () => transactions.close());
    const looking = transactions.read(async ({ query }) => {
      const failing: typeof query = async (text, values) => query(text.includes('past_lease') ? 'wrong' : text, values);
      return lookAtStore({ query: failing }, guidOf(1), 1);
    });
    expect(await rejectionOf(looking)).to.equal('InternalError');
  });

  it('is never taken as it is where it is of an older version', async () => {
    await openTestStore(database(), cleanup);
    sql(`UPDATE store SET format = ${FORMAT - 1}`);
    // What is to be made is there already.
    expect(await rejectionOf(openTestStore(database(), cleanup, { isThere: true }))).to.equal('InternalError');
  });

  it('of format 8 answers as before once it is migrated', async () => {
    const tables = [SCHEMA, ...MIGRATIONS.slice(0, 8 - FIRST_FORMAT), ...OWN_MIGRATIONS]
      .map((text) => inDialect(text, DIALECTS.postgres))
      .join('');
    const rows = insertsOf(await tablesOfFormat8(folder()), (hex) => `'\\x${hex}'`);
    database().server.sql('CREATE SCHEMA configmgrsync', database().name);
    const store = `INSERT INTO store VALUES(true, '${guidOf(1)}', 8, ${OWN_MIGRATIONS.length}, 0, '');`;
    sql(`${STORE_TABLE}${store}${tables}${rows}`);
    for (const server of ['one', 'two']) {
      const { database: opened } = await openTestStore(database(), cleanup, { server });
      expect(await answersOf(opened)).to.deep.equal(expectedOfFormat8());
      expect(await opened.danglingReferences('revision', { from: 1, to: 99 })).to.deep.equal([]);
    }
    expect(sql('SELECT format FROM store')).to.equal(String(FORMAT));
  });

  it('names what is for files alone', async () => {
    const { database: store } = await openTestStore(database(), cleanup);
    expect(await rejectionOf(store.hold())).to.equal('StoreInDatabase');
    expect(await rejectionOf(store.rewrite())).to.equal('StoreInDatabase');
    expect((await store.inspect(false)).problems).to.deep.equal([]);
  });

  it('commits once when the server restarts and when connections are cut', async () => {
    const { database: store } = await openTestStore(database(), cleanup);
    const { server } = database();
    for (let round = 1; round <= 6; round += 1) {
      const committing = store.commit({
        revisions: [sampleRevision(round)],
        run: { id: round, state: 'x', json: '{}' },
      });
      if (round % 3 === 0) await server.stop().then(async () => server.start());
      else
        server.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'ConfigMgrSync'");
      await committing;
    }
    expect(await store.counts()).to.deep.equal({ revisions: 6, categories: 0, softwareUpdates: 0 });
    expect(await store.nextIds()).to.include({ revision: 7, run: 7 });
  });
});
