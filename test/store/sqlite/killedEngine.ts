import { Random } from '../../../server/sample/Random.js';
import { realFiles } from '../../../server/store/StorePlace.js';
import { openSqliteDatabase } from '../../../server/store/sqlite/openSqliteDatabase.js';
import { sampleRevision } from '../sampleRows.js';
import { testPlace } from '../testPlace.js';

/** Most revisions of one transaction. */
const MOST = 30;

/**
 * Writes transactions of different size until it is killed, brings the log into the file now and then, and tells each
 * number that was acknowledged.
 */
const [folder = '', generation = '1', first = '1'] = process.argv.slice(2);
const random = new Random(Number(generation));
const database = await openSqliteDatabase({
  place: testPlace(folder),
  files: realFiles,
  generation: Number(generation),
});
for (let next = Number(first); ;) {
  const revisions = Array.from({ length: 1 + random.below(MOST) }, (_none, index) => sampleRevision(next + index));
  next += revisions.length;
  await database.commit({ revisions, settings: { last: next - 1 } });
  process.stdout.write(`${next - 1}\n`);
  if (random.below(5) === 0) await database.fold();
}
