import { realFiles } from '../../../server/store/StorePlace.js';
import { openSqliteDatabase } from '../../../server/store/sqlite/openSqliteDatabase.js';
import { sampleRevision } from '../sampleRows.js';
import { testPlace } from '../testPlace.js';

/** Writes transactions until it is killed, and tells each that was acknowledged. */
const [folder = '', generation = '1', first = '1'] = process.argv.slice(2);
const database = await openSqliteDatabase({
  place: testPlace(folder),
  files: realFiles,
  generation: Number(generation),
});
for (let number = Number(first); ; number += 1) {
  await database.commit({ revisions: [sampleRevision(number)], settings: { last: number } });
  process.stdout.write(`${number}\n`);
}
