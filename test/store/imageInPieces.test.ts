import { expect } from 'chai';
import type { Database, SqlJsStatic } from 'sql.js';
import { emptyFile, growingMemory, openInMemory } from '../../server/store/embedded/databaseFile.js';
import { imageInPieces } from '../../server/store/embedded/imageInPieces.js';
import { loadSqlJs } from '../../server/store/embedded/SqlConnection.js';

const ROWS = 3000;

/** A database of some megabytes. */
function largeDatabase(sql: SqlJsStatic, pageSize: number): Database {
  const database = new sql.Database();
  database.exec(`PRAGMA page_size = ${pageSize}; CREATE TABLE row (id INTEGER PRIMARY KEY, text TEXT); BEGIN`);
  for (let id = 0; id < ROWS; id += 1) database.run('INSERT INTO row VALUES (?, ?)', [id, `${id}`.repeat(500)]);
  database.exec('COMMIT');
  return database;
}

function copyOf(sql: SqlJsStatic, database: Database): { image: Uint8Array; steps: number } {
  const copying = imageInPieces(sql, database);
  for (let steps = 1; ; steps += 1) {
    const { done, value } = copying.next();
    if (done === true) return { image: value, steps };
  }
}

function rowsOf(sql: SqlJsStatic, image: Uint8Array): unknown {
  const copy = new sql.Database(image);
  try {
    expect(copy.exec('PRAGMA integrity_check')[0]?.values).to.deep.equal([['ok']]);
    return copy.exec('SELECT count(*), sum(length(text)), max(text) FROM row')[0]?.values;
  } finally {
    copy.close();
  }
}

describe('A database in memory of ours', () => {
  it('begins empty, grows where it lies, takes only what it fills, and grows beyond it', async () => {
    const sql = await loadSqlJs();
    for (const pageSize of [512, 16384]) {
      const memory = growingMemory(pageSize, 9_000_000);
      const database = openInMemory(sql, memory, emptyFile(pageSize));
      expect(database.exec('PRAGMA integrity_check; PRAGMA page_size; PRAGMA user_version')).to.deep.equal([
        { columns: ['integrity_check'], values: [['ok']] },
        { columns: ['page_size'], values: [[pageSize]] },
        { columns: ['user_version'], values: [[0]] },
      ]);
      database.exec("CREATE TABLE row (id INTEGER PRIMARY KEY, text TEXT); INSERT INTO row VALUES (1, 'here it lies')");
      expect(Buffer.from(memory.buffer).includes('here it lies')).to.equal(true);
      expect(memory.buffer.byteLength).to.be.below(5_000_000);
      database.run('INSERT INTO row VALUES (2, ?)', ['and here it grows'.repeat(300_000)]);
      expect(Buffer.from(memory.buffer).includes('and here it grows', 5_000_000)).to.equal(true);
      database.run('INSERT INTO row VALUES (3, ?)', ['x'.repeat(9_000_000)]);
      expect(rowsOf(sql, database.export())).to.deep.equal([[3, 14_100_012, 'x'.repeat(9_000_000)]]);
      database.close();
    }
  });
});

describe('The image of a database', () => {
  for (const pageSize of [4096, 16384])
    it(`is made of pieces and is what one piece is: pages of ${pageSize} bytes`, async () => {
      const sql = await loadSqlJs();
      const database = largeDatabase(sql, pageSize);
      const { image, steps } = copyOf(sql, database);
      expect(steps).to.be.above(3);
      const whole = database.export();
      expect(image.length).to.equal(whole.length);
      expect(rowsOf(sql, image)).to.deep.equal(rowsOf(sql, whole));
      // What comes later changes neither.
      database.run('DELETE FROM row');
      expect(rowsOf(sql, image)).to.deep.equal(rowsOf(sql, whole));
      database.close();
    });

  it('is whole also from a sql.js that keeps a copy of the file it is given', async () => {
    const sql = await loadSqlJs();
    class CopyingDatabase extends sql.Database {
      constructor(data?: ArrayLike<number> | null) {
        super(data == null ? data : Uint8Array.from(data));
      }
    }
    const copying = Object.create(sql, { Database: { value: CopyingDatabase } }) as SqlJsStatic;
    const database = largeDatabase(sql, 16384);
    expect(rowsOf(sql, copyOf(copying, database).image)).to.deep.equal(rowsOf(sql, database.export()));
    database.close();
  });

  it('that is given up leaves the database as it was', async () => {
    const sql = await loadSqlJs();
    const database = largeDatabase(sql, 16384);
    const copying = imageInPieces(sql, database);
    copying.next();
    copying.return(new Uint8Array());
    database.run('INSERT INTO row VALUES (?, ?)', [ROWS, 'x']);
    expect(copyOf(sql, database).image.length).to.be.above(0);
    database.close();
  });
});
