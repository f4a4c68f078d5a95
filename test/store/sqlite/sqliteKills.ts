import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { Random } from '../../../server/sample/Random.js';
import type { SiteDatabase } from '../../../server/store/SiteDatabase.js';
import { openSqliteDatabase } from '../../../server/store/sqlite/openSqliteDatabase.js';
import { repetitions } from '../../fixtures/repetitions.js';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';
import { caughtFrom } from '../../rpc/caught.js';
import { unsyncedFiles } from '../FailingFiles.js';
import { sampleRevision } from '../sampleRows.js';
import { testPlace } from '../testPlace.js';

const ENGINE = fileURLToPath(new URL('killedEngine.js', import.meta.url));
const ROUNDS = repetitions(10, 1000);
const WAL_HEADER = 32;
const FRAME_HEADER = 24;

/** SQLite makes its file calls itself, so none of them can be made to fail: it is killed, and its log is cut. */
export function sqliteKills(): void {
  describe('The file of SQLite and its log', () => {
    const folder = temporaryFolder();
    const open = async (generation: number, where = folder()): Promise<SiteDatabase> =>
      openSqliteDatabase({ place: testPlace(where), files: unsyncedFiles, generation });

    it('have all that was acknowledged whenever the engine was killed', async function () {
      this.timeout(ROUNDS * 30_000);
      const random = new Random(22);
      let last = 0;
      for (let round = 1; round <= ROUNDS; round += 1) {
        const acknowledged = await killAfter(1 + random.below(12), [folder(), String(2 * round), String(last + 1)]);
        const database = await open(2 * round + 1);
        last = Number(await database.setting('last'));
        expect(last, `round ${round}`).to.be.at.least(acknowledged);
        expect((await database.counts()).revisions, `round ${round}`).to.equal(last);
        if (round % 5 === 0) expect((await database.inspect(false)).problems).to.deep.equal([]);
        await database.close();
      }
    });

    it('tell what is missing wherever the log was cut', async function () {
      const origin = path.join(folder(), 'origin');
      const database = await open(1, origin);
      await database.fold();
      for (let number = 1; number <= 4; number += 1)
        await database.commit({ revisions: [sampleRevision(number)], settings: { last: number } });
      const copies = path.join(folder(), 'copies');
      fs.cpSync(origin, copies, { recursive: true });
      await database.close();
      const { frame, frames, end } = logOf(copies);
      expect(frames).to.be.above(8);
      for (let length = WAL_HEADER; length <= end; length += frame / 2) {
        const where = path.join(folder(), `cut-${length}`);
        fs.cpSync(copies, where, { recursive: true });
        fs.truncateSync(path.join(testPlace(where).database, 'site.sqlite-wal'), length);
        const found = await open(2, where).then(
          async (opened) => {
            const last = Number(await opened.setting('last'));
            await opened.close();
            return `opened with ${last}`;
          },
          async (error: unknown) => (await caughtFrom(Promise.reject(error as Error))).errorId,
        );
        expect(found, `${length} of ${end} bytes`).to.equal(length < end ? 'StoreCorrupt' : 'opened with 4');
        fs.rmSync(where, { recursive: true });
      }
    });
  });
}

/** Has an engine write, kills it after so many acknowledged transactions, and gives the last acknowledged number. */
async function killAfter(transactions: number, args: readonly string[]): Promise<number> {
  const engine = spawn(process.execPath, [ENGINE, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(engine, 'exit');
  let [seen, acknowledged] = [0, 0];
  for await (const line of createInterface(engine.stdout)) {
    acknowledged = Number(line);
    seen += 1;
    if (seen === transactions) engine.kill('SIGKILL');
  }
  await ended;
  expect(seen, 'transactions of an engine').to.be.at.least(transactions);
  return acknowledged;
}

/**
 * The log of a database that was not closed: size of a frame, how many there are and where they end; frames of earlier
 * rounds follow (https://sqlite.org/fileformat.html#walformat).
 */
function logOf(where: string): { readonly frame: number; readonly frames: number; readonly end: number } {
  const wal = fs.readFileSync(path.join(testPlace(where).database, 'site.sqlite-wal'));
  const frame = FRAME_HEADER + wal.readUInt32BE(8);
  const salts = wal.toString('latin1', 16, 24);
  let frames = 0;
  for (let at = WAL_HEADER; wal.toString('latin1', at + 8, at + 16) === salts; at += frame) frames += 1;
  return { frame, frames, end: WAL_HEADER + frames * frame };
}
