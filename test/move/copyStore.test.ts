import path from 'node:path';
import { expect } from 'chai';
import { copyStore } from '../../server/move/copyStore.js';
import { closeStore } from '../../server/store/openSiteStore.js';
import { differenceOf, storeDigest } from '../../server/move/storeDigest.js';
import { atOnce } from '../../server/platform/inTurns.js';
import { DELIVERY_STATE } from '../../server/store/Deliveries.js';
import type { Store } from '../../server/store/Store.js';
import { loadSqlJs, SqlConnection } from '../../server/store/embedded/SqlConnection.js';
import { openStore } from '../../server/store/openStore.js';
import { FORMAT } from '../../server/store/sql/schema.js';
import { TABLES } from '../../server/store/sql/tables.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { guidOf } from '../fixtures/updateDocuments.js';
import { unsyncedFiles } from '../store/FailingFiles.js';
import { openTestStore } from '../store/postgres/openTestStore.js';
import { testDatabase } from '../store/postgres/postgresSuite.js';
import { relation, sampleCategory, sampleRevision, sampleUpdate } from '../store/sampleRows.js';
import { testPlace } from '../store/testPlace.js';
import { Cleanup } from '../upstream/harness.js';

const quiet = { signal: new AbortController().signal, onProgress: () => undefined, onRows: () => undefined };

/** Something in every table, texts and bytes that engines could take for something else among it. */
async function fill({ database, documents }: Store): Promise<void> {
  const texts = ['<a/>', '<b>ü\u{1f600}</b>', '<c/>'];
  const locations = await documents.append(
    'updates',
    texts.map((text) => Buffer.from(text)),
    texts.map((_text, index) => Buffer.alloc(index)),
  );
  const revisions = locations.map((location, index) =>
    sampleRevision(index + 1, {
      location,
      title: `Zürich 'quoted' \u{1f600} ${index} \\ %_`,
      stored: 2 ** 45 + index,
      relations: [
        relation('category', guidOf(7)),
        relation('superseded', guidOf(8)),
        relation('bundled', guidOf(9), 2),
      ],
    }),
  );
  await database.commit({
    settings: { long: 'x'.repeat(70_000), none: null, list: [1.5, -2, 2 ** 50] },
    revisions,
    request: { requestId: guidOf(50), method: 'a/b', result: '{"ä":1}', time: 5 },
    run: { id: 1, state: 'Succeeded', json: '{}' },
    statuses: [
      { server: 'ä', json: '{}' },
      { server: 'Z', json: '{}' },
    ],
    messages: [{ id: 1, messageId: 6701, time: 2 ** 41, json: '{}' }],
    linkNodes: [
      { nodeId: 1, json: '{"a":1}' },
      { nodeId: 2, json: '{}' },
    ],
    linkReports: [{ nodeId: 2, report: '{"r":1}', lastSeen: 77 }],
    alertDeliveries: [
      { alertId: 1, isRaised: true, receivers: ['a', 'b'], json: '{"x":1}' },
      { alertId: 2, isRaised: true, receivers: ['a'], json: '{}' },
    ],
  });
  const keys = await database.updateKeys([guidOf(1), guidOf(2)]);
  await database.commit({
    softwareUpdates: [
      sampleUpdate(1, {
        updateKey: keys.get(guidOf(1)) ?? 0,
        revisionId: 1,
        isExpired: true,
        expiredSince: 9,
        isRemoved: true,
      }),
      sampleUpdate(5, { updateKey: keys.get(guidOf(2)) ?? 0, revisionId: 2, customSeverity: 6, standing: 3 }),
    ],
    categories: [
      sampleCategory(1, { updateKey: keys.get(guidOf(1)) ?? 0, updateId: guidOf(1), revisionId: 1, title: 'c' }),
    ],
    overrides: [{ ciId: 5, customSeverity: 2, maxExecutionSeconds: 42, modified: 99 }],
    runChanges: { run: 1, changes: [{ ciId: 5, kinds: 3 }] },
    removedRevisions: [{ revisionId: 3, updateKey: 3, revisionNumber: 1, isKnown: true }],
    deliverySteps: [
      { kind: 'gather', receiver: 'a', batch: 1, last: 1 },
      { kind: 'putOff', receiver: 'a', batch: 1, attempts: 2, due: 500, error: 'no', isRefused: true },
      { kind: 'end', receiver: 'b', batch: 0, state: DELIVERY_STATE.dead, time: 600, error: 'gone' },
    ],
  });
}

describe('The copy of a store', () => {
  const folder = temporaryFolder();
  const cleanup = new Cleanup();
  afterEach(async () => cleanup.run());
  const database = testDatabase();
  const open = async (name: string): Promise<Store> => {
    const place = testPlace(path.join(folder(), name));
    const store = await openStore(undefined, { place, files: unsyncedFiles, generation: 1, report: () => undefined });
    cleanup.add(async () => closeStore(store));
    return store;
  };
  const differs = async (one: Store, other: Store): Promise<string | undefined> =>
    differenceOf(await storeDigest(one, 'documents', quiet), await storeDigest(other, 'documents', quiet));

  it('knows every table and column of a database', async () => {
    const connection = new SqlConnection(await loadSqlJs());
    connection.migrate(FORMAT);
    const rows = atOnce(
      connection.rows(
        "SELECT m.name, p.name FROM sqlite_master m, pragma_table_info(m.name) p WHERE m.type = 'table' AND m.name " +
          "NOT LIKE 'sqlite_%'",
      ),
    );
    connection.close();
    const known = Object.entries(TABLES).flatMap(([name, { columns }]) => columns.map((column) => `${name}.${column}`));
    expect(known.sort()).to.deep.equal(rows.map(([table, column]) => `${String(table)}.${String(column)}`).sort());
  });

  it('has every row and document, in memory, in PostgreSQL and back', async () => {
    const source = await open('source');
    await fill(source);
    for (const [table, count] of Object.entries(await source.database.tableCounts()))
      expect(count, table).to.be.greaterThan(0);
    const inPostgres = await openTestStore(database(), cleanup);
    const back = await open('back');
    for (const [from, to] of [
      [source, inPostgres],
      [inPostgres, back],
    ] as const) {
      expect(await copyStore({ source: from, target: to, ...quiet })).to.equal(0);
      expect(await differs(from, to)).to.equal(undefined);
      expect(await to.database.setting('long')).to.equal('x'.repeat(70_000));
    }
    expect(await differs(source, back)).to.equal(undefined);
    const again = await copyStore({ source, target: back, ...quiet });
    expect(again).to.equal(Object.values(await source.database.tableCounts()).reduce((sum, one) => sum + one, 0));
  });

  it('is told from its original by any change of a row or a document', async () => {
    const [source, target] = [await open('source'), await open('target')];
    await fill(source);
    await copyStore({ source, target, ...quiet });
    const [location] = await target.documents.append('updates', [Buffer.from('<b>u</b>')], [Buffer.alloc(1)]);
    if (location === undefined) throw new TypeError('It was not stored.');
    const before = await target.database.documentLocation(2);
    await target.database.commit({ movedDocuments: [{ revisionId: 2, location }] });
    expect(await differs(source, target)).to.contain('of the table revision, or their documents, differ');
    if (before !== undefined) await target.database.commit({ movedDocuments: [{ revisionId: 2, location: before }] });
    expect(await differs(source, target)).to.equal(undefined);
    await target.database.commit({ settings: { none: 0 } });
    expect(await differs(source, target)).to.match(/the rows 1 to \d of the table setting differ/);
    await target.database.commit({ settings: { none: null, more: 1 } });
    expect(await differs(source, target)).to.match(/the table setting has \d rows instead of \d/);
  });
});
