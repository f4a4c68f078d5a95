import { expect } from 'chai';
import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';
import { SyncError } from '../../server/errors/SyncError.js';
import type { SiteDatabase } from '../../server/store/SiteDatabase.js';
import type { StoreFiles } from '../../server/store/StorePlace.js';
import { openSiteDatabase } from '../../server/store/embedded/openSiteDatabase.js';
import { FORMAT } from '../../server/store/sql/schema.js';
import { rejectionOf } from '../fixtures/rejection.js';
import { repetitions } from '../fixtures/repetitions.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { guidOf } from '../fixtures/updateDocuments.js';
import { FailingFiles, unsyncedFiles } from './FailingFiles.js';
import { digestOf } from './dumpDatabase.js';
import { relation, sampleRevision, sampleUpdate } from './sampleRows.js';
import { testPlace } from './testPlace.js';

/** From one byte that is damaged to the next. */
const BYTES = repetitions(5, 1);

describe('The embedded database after a kill', () => {
  const home = temporaryFolder();
  const folder = (): string => path.join(home(), 'database');
  const opened: SiteDatabase[] = [];
  const open = async (generation: number, files: StoreFiles = unsyncedFiles): Promise<SiteDatabase> => {
    const database = await openSiteDatabase({ place: testPlace(home()), files, generation });
    opened.push(database);
    return database;
  };
  afterEach(async () => {
    for (const database of opened.splice(0)) await database.close().catch(() => undefined);
  });
  const journal = (generation: number): string => path.join(folder(), `journal.${generation}.0`);
  const seals = (generation: number): string[] =>
    [home(), path.join(home(), 'documents')].map((where) => path.join(where, `seal.${generation}`));
  /** Three transactions in journal 1; gives the file's length after each. */
  const commitThree = async (): Promise<number[]> => {
    const database = await open(1);
    const ends: number[] = [];
    for (const a of [1, 2, 3]) {
      await database.commit({ settings: { a }, revisions: [sampleRevision(a)] });
      ends.push(fs.statSync(journal(1)).size);
    }
    return ends;
  };

  it('holds everything that was committed', async () => {
    const first = await open(1);
    await first.commit({
      settings: { a: 'x', big: 'y'.repeat(600_000) },
      revisions: Array.from({ length: 300 }, (_unused, index) =>
        sampleRevision(index + 1, {
          relations: [relation('category', guidOf(1000)), relation('superseded', guidOf(index))],
        }),
      ),
    });
    const keys = await first.updateKeys([guidOf(7)]);
    await first.commit({
      softwareUpdates: [
        sampleUpdate(16_777_217, { updateKey: keys.get(guidOf(7)) ?? 0, revisionId: 7, modified: 1_700_000_000_123.5 }),
      ],
      run: { id: 1, state: 'Running', json: '{}' },
    });
    await first.commit({
      settings: { none: null, negative: -5 },
      statuses: [{ server: 's', json: '\u00e9' }],
      messages: [{ id: 1, messageId: 6701, time: 1_700_000_000_000, json: '{}' }],
    });
    const before = await digestOf(first, ['a', 'big', 'none', 'negative']);
    for (const generation of [2, 3])
      expect(await digestOf(await open(generation), ['a', 'big', 'none', 'negative'])).to.equal(before);
  });

  /** The same, with the third not acknowledged: the seal is as it was before. */
  const commitTwoOfThree = async (): Promise<{ second: number; third: number; putSeals: () => void }> => {
    const database = await open(1);
    const commit = async (a: number): Promise<number> => {
      await database.commit({ settings: { a }, revisions: [sampleRevision(a)] });
      return fs.statSync(journal(1)).size;
    };
    await commit(1);
    const second = await commit(2);
    const sealed = seals(1).map((file) => fs.readFileSync(file));
    const third = await commit(3);
    const putSeals = (): void => {
      for (const [index, file] of seals(1).entries()) fs.writeFileSync(file, sealed[index] ?? '');
    };
    putSeals();
    return { second, third, putSeals };
  };

  it('leaves out a last transaction that is torn at any byte', async () => {
    const { second, third, putSeals } = await commitTwoOfThree();
    const whole = fs.readFileSync(journal(1));
    const values: unknown[] = [];
    for (let length = second; length < third; length += BYTES) {
      fs.writeFileSync(journal(1), whole.subarray(0, length));
      const database = await open(2);
      values.push(await database.setting('a'), (await database.counts()).revisions);
      await opened.pop()?.close();
      for (const file of [journal(2), ...seals(2)]) fs.rmSync(file);
      putSeals();
    }
    expect(new Set(values)).to.deep.equal(new Set([2]));
    expect(values).to.have.length(Math.ceil((third - second) / BYTES) * 2);
  });

  it('goes on after a torn transaction', async () => {
    const { third } = await commitTwoOfThree();
    fs.truncateSync(journal(1), third - 1);
    await (await open(2)).commit({ settings: { b: 1 } });
    const database = await open(3);
    expect([await database.setting('a'), await database.setting('b')]).to.deep.equal([2, 1]);
  });

  it('refuses a damaged transaction that others follow, whatever part of it is damaged', async () => {
    const [first = 0, second = 0] = await commitThree();
    const whole = fs.readFileSync(journal(1));
    const answers = new Set<string>();
    for (let at = first; at < second; at += 3 * BYTES) {
      fs.writeFileSync(journal(1), whole);
      flip(journal(1), at);
      answers.add(await rejectionOf(open(2)));
    }
    expect([...answers]).to.deep.equal(['StoreCorrupt']);
  });

  it('refuses a damaged last transaction that was acknowledged, whether the engine was closed or killed', async () => {
    const [, second = 0] = await commitThree();
    for (const end of ['killed', 'closed']) {
      if (end === 'closed') await opened.pop()?.close();
      const whole = fs.readFileSync(journal(1));
      flip(journal(1), second + 20);
      const error: unknown = await open(2).catch((caught: unknown) => caught);
      expect(error, end).to.include({ errorId: 'StoreCorrupt' });
      expect(String(error))
        .to.contain(`the transaction at byte ${second} is damaged`)
        .and.contain('1 of 3 known documents');
      fs.writeFileSync(journal(1), whole);
    }
    expect(await (await open(3)).setting('a')).to.equal(3);
  });

  it('goes on from a journal that was closed', async () => {
    await commitThree();
    await opened.pop()?.close();
    for (const generation of [2, 3]) {
      const database = await open(generation);
      expect(await database.setting('a')).to.equal(3);
      await opened.pop()?.close();
    }
  });

  it('refuses a damaged transaction of an earlier journal by name', async () => {
    const [first = 0] = await commitThree();
    await (await open(2)).commit({ settings: { b: 1 } });
    flip(journal(1), first + 12);
    const error = await open(3).catch((caught: unknown) => caught);
    expect(error).to.be.instanceOf(SyncError).with.property('errorId', 'StoreCorrupt');
    expect((error as SyncError).data).to.include({ path: journal(1) });
  });

  it('refuses a missing earlier journal', async () => {
    await commitThree();
    await open(2);
    fs.rmSync(journal(1));
    expect(await rejectionOf(open(3))).to.equal('StoreCorrupt');
  });

  it('never passes over the committed transactions of a journal whose header is damaged', async () => {
    await commitThree();
    const whole = fs.readFileSync(journal(1));
    const lost: number[] = [];
    for (let at = 0; at < 16 + whole.readUInt32LE(8); at += 7 * BYTES) {
      fs.writeFileSync(journal(1), whole);
      flip(journal(1), at);
      const database = await open(2).catch(() => undefined);
      if (database !== undefined && (await database.setting('a')) !== 3) lost.push(at);
      fs.rmSync(journal(2), { force: true });
    }
    expect(lost, 'bytes whose damage loses acknowledged transactions silently').to.deep.equal([]);
  });

  it('passes over a journal that was never finished being created', async () => {
    await commitThree();
    fs.writeFileSync(journal(2), fs.readFileSync(journal(1)).subarray(0, 20));
    expect(await (await open(3)).setting('a')).to.equal(3);
  });

  it('refuses a journal of a newer format', async () => {
    await commitThree();
    const bytes = fs.readFileSync(journal(1));
    const header = bytes.toString('utf8', 16, 16 + bytes.readUInt32LE(8));
    const newer = Buffer.from(header.replace(`"format":${FORMAT}`, `"format":${FORMAT + 1}`));
    bytes.writeUInt32LE(newer.length, 8);
    bytes.writeUInt32LE(zlib.crc32(newer), 12);
    newer.copy(bytes, 16);
    fs.writeFileSync(journal(1), bytes);
    expect(await rejectionOf(open(2))).to.equal('StoreNewerFormat');
  });

  it('gives a generation to one engine only', async () => {
    await open(1);
    expect(await rejectionOf(open(1))).to.equal('StoreWriteFailed');
  });

  it('is as before when the folder cannot be opened for writing at any call', async () => {
    await commitThree();
    for (const file of [journal(1), ...seals(1)])
      fs.cpSync(file, path.join(home(), 'kept', path.relative(home(), file)));
    for (let n = 1; ; n += 1) {
      const failing = new FailingFiles();
      failing.failAt(n, 'kill');
      const database = await open(2, failing.files).catch(() => undefined);
      if (!failing.hasFailed) break;
      // Removing the seals of the engine before comes last, and is not needed.
      if (database !== undefined) expect(await database.setting('a'), `call ${n}`).to.equal(3);
      expect(await (await open(3)).setting('a'), `call ${n}`).to.equal(3);
      for (const generation of [2, 3])
        for (const file of [journal(generation), ...seals(generation)]) fs.rmSync(file, { force: true });
      fs.cpSync(path.join(home(), 'kept'), home(), { recursive: true });
    }
  });

  it('reports a write that fails, and goes on in another journal', async () => {
    // The first call of a commit only looks whether another engine took over; the write and the sync follow.
    for (let n = 2; n <= 3; n += 1) {
      const failing = new FailingFiles();
      const database = await open(n * 2, failing.files);
      await database.commit({ settings: { a: n } });
      failing.failAt(n, 'once');
      expect(await rejectionOf(database.commit({ settings: { a: 'lost' } }))).to.equal('StoreWriteFailed');
      expect(await database.setting('a')).to.equal(n);
      await database.commit({ settings: { b: n } });
      expect(fs.existsSync(path.join(folder(), `journal.${n * 2}.1`))).to.equal(true);
      const next = await open(n * 2 + 1);
      expect([await next.setting('a'), await next.setting('b')]).to.deep.equal([n, n]);
    }
  });

  it('fails every commit while the disk is full and goes on when it has room again', async () => {
    const failing = new FailingFiles();
    const database = await open(1, failing.files);
    await database.commit({ settings: { a: 1 } });
    failing.isFull = true;
    for (let n = 0; n < 4; n += 1)
      expect(await rejectionOf(database.commit({ settings: { a: 'lost', [`s${n}`]: 1 } }))).to.equal(
        'StoreWriteFailed',
      );
    expect([await database.setting('a'), await database.setting('s0')]).to.deep.equal([1, undefined]);
    failing.isFull = false;
    await database.commit({ settings: { b: 2 } });
    const next = await open(2);
    expect([await next.setting('a'), await next.setting('b'), await next.setting('s0')]).to.deep.equal([
      1,
      2,
      undefined,
    ]);
  });

  it('passes over a journal whose bytes never reached the disk', async () => {
    await commitThree();
    fs.writeFileSync(journal(2), Buffer.alloc(700));
    expect(await (await open(3)).setting('a')).to.equal(3);
  });

  it('names the file that cannot be read or written', async () => {
    await commitThree();
    for (const [refuse, errorId] of [
      [{ code: 'EIO', path: /journal\.1\.0$/ }, 'StoreReadFailed'],
      [{ code: 'EROFS', path: /journal\.2\.0$/ }, 'StoreWriteFailed'],
      [{ code: 'EACCES', path: /cmsync-[^/\\]*$/ }, 'StoreReadFailed'],
    ] as const) {
      const failing = new FailingFiles();
      failing.refuse = refuse;
      const error = await open(2, failing.files).catch((caught: unknown) => caught);
      expect(error).to.include({ errorId });
      expect(String((error as SyncError).data['path'])).to.match(refuse.path);
      expect(String(error)).to.contain(refuse.code);
    }
  });

  it('writes nothing for a commit of nothing', async () => {
    const database = await open(1);
    const before = fs.statSync(journal(1)).size;
    await database.commit({});
    expect(fs.statSync(journal(1)).size).to.equal(before);
  });

  it('is not changed by an engine of a lower generation that goes on writing', async () => {
    const stale = await open(1);
    await stale.commit({ settings: { a: 1 } });
    const current = await open(2);
    await rejectionOf(stale.commit({ settings: { a: 'stale' } }));
    await current.commit({ settings: { b: 2 } });
    await rejectionOf(stale.commit({ settings: { b: 'stale' } }));
    const next = await open(3);
    expect([await next.setting('a'), await next.setting('b')]).to.deep.equal([1, 2]);
  });
});

function flip(file: string, at: number): void {
  const bytes = fs.readFileSync(file);
  bytes[at] = (bytes[at] ?? 0) ^ 0x10;
  fs.writeFileSync(file, bytes);
}
