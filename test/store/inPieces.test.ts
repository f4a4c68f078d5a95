import fs from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { readUpdateDocument } from '../../server/metadata/readUpdateDocument.js';
import { atOnce, type WaitingSteps } from '../../server/platform/inTurns.js';
import { StepEncoder, decodeSteps } from '../../server/store/embedded/StepEncoder.js';
import { loadSqlJs, SqlConnection } from '../../server/store/embedded/SqlConnection.js';
import { readSnapshot, snapshotFile, writeSnapshot } from '../../server/store/embedded/snapshotFile.js';
import type { Row, SqlSteps, Value } from '../../server/store/sql/Sql.js';
import { prerequisites } from '../../server/store/sql/maintenanceQueries.js';
import { FORMAT } from '../../server/store/sql/schema.js';
import { setting } from '../../server/store/sql/siteQueries.js';
import { boundValues, STATEMENT_NAMES, type StatementName } from '../../server/store/sql/statements.js';
import { revisionRowOf } from '../../server/store/revisionRowOf.js';
import { realFiles } from '../../server/store/StorePlace.js';
import { guidOf, updateDocument } from '../fixtures/updateDocuments.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { testPlace } from './testPlace.js';

const MANY = 3000;
const RELATION = [1, 2, 0] as const;

/** What comes of steps, and how many there were. */
function counted<Result>(work: WaitingSteps<Result>): { readonly result: Result; readonly steps: number } {
  for (let steps = 1; ; steps += 1) {
    const { done, value } = work.next();
    if (done === true) return { result: value, steps };
  }
}

describe('What one update has very many of', () => {
  const home = temporaryFolder();

  it('becomes a row in pieces', () => {
    const supersedes = Array.from({ length: MANY }, (_none, index) => guidOf(0x1000 + index));
    const document = updateDocument({ id: guidOf(1), title: 'Names many', supersedes });
    const location = { segment: 1, position: 0, length: 1 };
    const { result, steps } = counted(revisionRowOf(readUpdateDocument(document, 'it'), location, 0));
    expect(result.relations.map(({ updateId }) => updateId)).to.deep.equal(supersedes);
    expect(steps).to.be.at.least(6);
  });

  it('is replayed in pieces, packed or not', () => {
    const encoder = new StepEncoder();
    for (let target = 0; target < MANY; target += 1) encoder.add('insertRelation', [...RELATION, target, 0]);
    const taken: unknown[] = [];
    const { result, steps } = counted(
      decodeSteps(encoder.take(), STATEMENT_NAMES, (_name, values) => taken.push(values)),
    );
    expect([result, taken.length, taken.at(-1)]).to.deep.equal([true, MANY, [...RELATION, MANY - 1, 0]]);
    expect(steps).to.be.at.least(6);
  });

  it('is replayed as it was, whatever its characters and however long', () => {
    const encoder = new StepEncoder();
    const lone = ['\ud800', 'a\udc00b', 'x\ud83d'];
    // The last ones end where the room for steps ends.
    const texts = ['', 'ä€😀', ...lone, '€'.repeat(200_000), '\0', 'z'.repeat(300_000), '😀'.repeat(131_072), ''];
    for (let filler = 0; filler < 12; filler += 1) texts.push('a'.repeat(131_072 - filler), '');
    for (const text of texts) encoder.add('putSetting', [text, text]);
    const taken: unknown[] = [];
    expect(atOnce(decodeSteps(encoder.take(), STATEMENT_NAMES, (_name, values) => taken.push(values)))).to.equal(true);
    const expected = texts.map((text) => Buffer.from(text, 'utf8').toString('utf8'));
    expect(taken).to.deep.equal(expected.map((text) => [text, text]));
  });

  it('is the same when it is packed aside, while the next one begins', async () => {
    const add = (encoder: StepEncoder, count: number): void => {
      for (let target = 0; target < count; target += 1) encoder.add('insertRelation', [...RELATION, target, 0]);
    };
    for (const count of [0, 1, MANY, 4 * MANY]) {
      const [here, aside] = [new StepEncoder(), new StepEncoder()];
      for (const encoder of [here, aside]) add(encoder, count);
      const later = aside.takeLater();
      aside.add('deleteRevision', [count]);
      expect((await later).equals(here.take()), String(count)).to.equal(true);
      here.add('deleteRevision', [count]);
      expect(aside.take().equals(here.take())).to.equal(true);
    }
  });

  it('is read in pieces, while others ask the same', async () => {
    const connection = new SqlConnection(await loadSqlJs());
    for (let target = 0; target < MANY; target += 1) connection.run('insertRelation', [...RELATION, target, 0]);
    const read = (ids: readonly number[]): SqlSteps<Row[]> =>
      connection.rowsIn('SELECT target FROM relation WHERE revision IN (#) ORDER BY target', ids);
    const first = read([1]);
    expect(first.next().done).to.equal(false);
    const second = counted(read([1]));
    const rest = counted(first);
    for (const { result, steps } of [second, rest]) {
      expect(result.map(([target]) => target)).to.deep.equal([...new Array<undefined>(MANY).keys()]);
      expect(steps).to.be.at.least(3);
    }
    expect(counted(read([2])).result).to.deep.equal([]);
    connection.close();
  });

  it('is told in pieces as what it requires', async () => {
    const connection = new SqlConnection(await loadSqlJs());
    connection.migrate(FORMAT);
    const packed = [...new Array<undefined>(MANY).keys()].join(',');
    const facts = [1, 7, 1, 1, 1, 0, 0, '', '', '', '', 0, 0, 0, '', '', '', '', 1, 0, 1, 0, 0];
    connection.run('storeRevision', [...facts, packed, 0]);
    const { result, steps } = counted(prerequisites(connection, { from: 1, to: 1 }));
    expect(result).to.have.lengthOf(MANY);
    expect(result.at(-1)).to.deep.equal({ revisionId: 1, owner: 7, updateKey: MANY - 1, revisionNumber: 0 });
    expect(steps).to.be.at.least(3);
    connection.close();
  });

  it('is made something of while it is read', async () => {
    const connection = new SqlConnection(await loadSqlJs());
    for (let target = 0; target < MANY; target += 1) connection.run('insertRelation', [...RELATION, target, 0]);
    let made = 0;
    const work = connection.madeIn('SELECT target FROM relation WHERE revision IN (#)', [1], () => (made += 1));
    work.next();
    expect(made).to.be.within(1, MANY - 1);
    expect(counted(work).result).to.have.lengthOf(MANY);
    connection.close();
  });

  it('makes a large snapshot, which is unpacked in pieces where it has room to grow', async () => {
    const place = testPlace(path.join(home(), 'site'));
    const name = { generation: 1, sequence: 1 };
    const database = Buffer.from('0123456789abcdef'.repeat(200_000));
    const digest = 'a'.repeat(64);
    const bytes = await writeSnapshot(realFiles, place.database, { name, database, digest, site: place.siteGuid });
    const file = path.join(place.database, snapshotFile(name));
    const source = { files: realFiles, file, site: place.siteGuid };
    const read = await readSnapshot(source, { journal: undefined, room: 1000 });
    expect(read.bytes).to.equal(bytes).and.to.equal(fs.statSync(file).size);
    expect(database.equals(read.database)).to.equal(true);
    expect(Reflect.get(read.database.buffer, 'maxByteLength')).to.equal(database.length + 1000);
  });
});

/** The values of a step as they come out of a journal. */
function journaled(name: StatementName, values: readonly Value[]): readonly Value[] {
  const encoder = new StepEncoder();
  encoder.add(name, boundValues(name, values));
  const taken: Value[] = [];
  atOnce(decodeSteps(encoder.take(), STATEMENT_NAMES, (_name, read) => taken.push(...read)));
  return taken;
}

describe('A long setting', () => {
  const long = JSON.stringify(Array.from({ length: 5000 }, (_none, index) => guidOf(index)));
  const text = JSON.stringify(['other']);

  it('is read once until it is written, or what was written is taken back', async () => {
    const connection = new SqlConnection(await loadSqlJs());
    connection.run('putSetting', ['long', long]);
    const first = atOnce(setting(connection, 'long'));
    expect(first).to.deep.equal(JSON.parse(long));
    expect(atOnce(setting(connection, 'long'))).to.equal(first);
    connection.run('putSetting', ['another', text]);
    expect(atOnce(setting(connection, 'long'))).to.equal(first);
    connection.control('BEGIN');
    connection.run('putSetting', ['long', text]);
    expect(atOnce(setting(connection, 'long'))).to.deep.equal(['other']);
    connection.run('putSetting', ['long', long.replace('0', '1')]);
    expect(atOnce(setting(connection, 'long'))).to.not.deep.equal(first);
    connection.control('ROLLBACK');
    expect(atOnce(setting(connection, 'long'))).to.deep.equal(first);
    connection.close();
  });

  it('and a short one, also one that is not there, are read anew once they are written or taken back', async () => {
    const connection = new SqlConnection(await loadSqlJs());
    const read = (): unknown => atOnce(setting(connection, 'short'));
    expect(read()).to.equal(undefined);
    connection.run('putSetting', ['short', '1']);
    expect([read(), read()]).to.deep.equal([1, 1]);
    connection.control('BEGIN');
    connection.run('putSetting', ['short', '2']);
    expect(read()).to.equal(2);
    connection.control('ROLLBACK');
    expect(read()).to.equal(1);
    connection.close();
  });

  it('is a text like a short one, with whatever characters', async () => {
    const connection = new SqlConnection(await loadSqlJs());
    const texts = [text, JSON.stringify('Größe\u0000 \u{1f600} \ud800'.repeat(5000))];
    for (const value of texts) {
      connection.run('putSetting', ['one', value]);
      connection.run('putRequest', ['id', 'method', value, 1]);
      expect(atOnce(connection.rows('SELECT value, typeof(value) FROM setting'))).to.deep.equal([[value, 'text']]);
      expect(atOnce(connection.rows('SELECT result, typeof(result) FROM request'))).to.deep.equal([[value, 'text']]);
      expect(journaled('putSetting', ['one', value])).to.deep.equal(['one', value]);
    }
    connection.close();
  });
});
