import { expect } from 'chai';
import fs from 'node:fs';
import path from 'node:path';
import { packageFolder } from '../../server/platform/packageFolder.js';
import type { SiteDatabase } from '../../server/store/SiteDatabase.js';
import { realFiles } from '../../server/store/StorePlace.js';
import type { StoreFiles } from '../../server/store/StorePlace.js';
import { findJournals } from '../../server/store/embedded/findJournals.js';
import { openSiteDatabase } from '../../server/store/embedded/openSiteDatabase.js';
import { FORMAT } from '../../server/store/sql/schema.js';
import { rejectionOf } from '../fixtures/rejection.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { guidOf } from '../fixtures/updateDocuments.js';
import { FailingFiles, unsyncedFiles } from './FailingFiles.js';
import { digestOf } from './dumpDatabase.js';
import { putFormat1 } from './fixtures/putFormat1.js';
import { sampleUpdate } from './sampleRows.js';
import { testPlace } from './testPlace.js';

const expected = JSON.parse(
  fs.readFileSync(path.join(packageFolder(), 'test', 'store', 'fixtures', 'format1', 'expected.json'), 'utf8'),
) as Record<string, unknown>;

describe('A site database of format 1', () => {
  const folder = temporaryFolder();
  const lines: string[] = [];
  beforeEach(() => {
    lines.length = 0;
  });
  const database = (): string => path.join(folder(), 'database');
  const open = async (generation: number, files: StoreFiles = unsyncedFiles): Promise<SiteDatabase> =>
    openSiteDatabase({ place: testPlace(folder()), files, generation, report: (line) => lines.push(line) });
  const put = (what: 'snapshot' | 'journals'): void => {
    testPlace(folder());
    fs.writeFileSync(path.join(folder(), 'site.json'), '{"siteCode":"ABC"}');
    putFormat1(database(), what);
  };
  const contentOf = (where: string): Map<string, string> =>
    new Map(
      fs
        .readdirSync(where)
        .filter((file) => fs.statSync(path.join(where, file)).isFile())
        .sort()
        .map((file) => [file, fs.readFileSync(path.join(where, file), 'latin1')]),
    );

  for (const what of ['snapshot', 'journals'] as const) {
    it(`opens with everything it held (${what}), after a copy, and is of format ${FORMAT} from then on`, async () => {
      put(what);
      const before = contentOf(database());
      const opened = await open(3);
      const found = {
        settings: { a: await opened.setting('a'), list: await opened.setting('list') },
        counts: await opened.counts(),
        nextIds: await opened.nextIds(),
        categories: await opened.categories(),
        softwareUpdates: await opened.allSoftwareUpdates(),
        updates: await opened.updates({ wildcard: false }),
        related: [...(await opened.relatedIds([1, 2, 3, 4]))],
        runs: await opened.runs({}),
        statuses: await opened.statuses(),
        request: await opened.requestResult(guidOf(9)),
        locations: await Promise.all([1, 2, 3, 4].map(async (id) => opened.documentLocation(id))),
      };
      expect(JSON.parse(JSON.stringify(found))).to.containSubset(expected);
      expect(found.softwareUpdates.map((row) => [row.standing, row.supersededSince, row.isRemoved])).to.deep.equal([
        [0, 0, false],
        [0, 0, false],
      ]);
      const backup = path.join(database(), 'backup-format1');
      expect(contentOf(backup)).to.deep.equal(new Map([...before, ['site.json', '{"siteCode":"ABC"}']]));
      expect(fs.readdirSync(database()).sort()).to.deep.equal(
        ['backup-format1', ...before.keys(), 'journal.3.0', 'journal.3.1', 'snapshot.3.1'].sort(),
      );
      expect(lines).to.deep.equal([
        `The site database was migrated from format 1 to ${FORMAT}; the previous one is in ${backup}.`,
      ]);
      await opened.close();
    });
  }

  it('is migrated and copied once', async () => {
    put('snapshot');
    const first = await open(3);
    const keys = await first.updateKeys([guidOf(2)]);
    await first.commit({
      softwareUpdates: [
        sampleUpdate(16_777_217, { updateKey: keys.get(guidOf(2)) ?? 0, revisionId: 4, supersededSince: 77 }),
      ],
    });
    const digest = await digestOf(first, ['a']);
    await first.close();
    fs.rmSync(path.join(database(), 'backup-format1'), { recursive: true });
    lines.length = 0;
    const second = await open(4);
    expect(await digestOf(second, ['a'])).to.equal(digest);
    await second.close();
    expect(fs.existsSync(path.join(database(), 'backup-format1'))).to.equal(false);
    expect(lines).to.deep.equal([]);
    expect(findJournals({ files: realFiles, place: testPlace(folder()), seal: undefined }).format).to.equal(FORMAT);
  });

  it('stays as it is when there is no room for the copy, and says which file could not be written', async () => {
    put('snapshot');
    const before = contentOf(database());
    const failing = new FailingFiles();
    failing.isFull = true;
    const error: unknown = await open(3, failing.files).catch((caught: unknown) => caught);
    expect(error).to.include({ errorId: 'StoreWriteFailed' });
    expect(String(error)).to.contain(path.join(database(), 'journal.3.0')).and.contain('ENOSPC');
    expect(contentOf(database())).to.deep.equal(before);
    expect(fs.readdirSync(database()).filter((file) => file.startsWith('backup'))).to.deep.equal([]);
    failing.isFull = false;
    await (await open(4, failing.files)).close();
  });

  it('that an older version used again after a migration was cut short is copied as it is then', async () => {
    put('journals');
    fs.mkdirSync(path.join(database(), 'backup-format1'));
    fs.writeFileSync(path.join(database(), 'backup-format1', 'journal.1.0'), 'of the first attempt');
    fs.mkdirSync(path.join(database(), 'backup-format1.tmp'));
    const before = contentOf(database());
    await (await open(5)).close();
    expect(contentOf(path.join(database(), 'backup-format1'))).to.deep.equal(
      new Map([...before, ['site.json', '{"siteCode":"ABC"}']]),
    );
    expect(fs.readdirSync(database())).not.to.include('backup-format1.tmp');
  });

  it('is not touched when it is damaged', async () => {
    put('snapshot');
    const file = path.join(database(), 'journal.1.1');
    const bytes = fs.readFileSync(file);
    bytes[bytes.length - 3] = (bytes.at(-3) ?? 0) ^ 1;
    fs.writeFileSync(file, bytes);
    const before = contentOf(database());
    expect(await rejectionOf(open(3))).to.equal('StoreCorrupt');
    expect([contentOf(database()), fs.readdirSync(database()).length]).to.deep.equal([before, 3]);
  });
});
