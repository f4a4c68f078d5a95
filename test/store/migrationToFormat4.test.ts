import { expect } from 'chai';
import fs from 'node:fs';
import path from 'node:path';
import { realFiles } from '../../server/store/StorePlace.js';
import { openSiteDatabase } from '../../server/store/embedded/openSiteDatabase.js';
import { FORMAT } from '../../server/store/sql/schema.js';
import { readSeal } from '../../server/store/seal/sealFile.js';
import { rejectionOf } from '../fixtures/rejection.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { putSite } from './fixtures/putSite.js';
import { contentOf, expectSafeMigration, open, WHOLE } from './olderSite.js';

describe('A site of format 3, which has no seal', () => {
  const folder = temporaryFolder();

  it('opens with everything it held and every document, after a copy, and is sealed from then on', async () => {
    const place = putSite(3, folder());
    expect(readSeal(realFiles, place).seal).to.equal(undefined);
    const lines: string[] = [];
    const database = await openSiteDatabase({
      place,
      files: realFiles,
      generation: 3,
      report: (line) => lines.push(line),
    });
    expect(lines).to.have.length(1);
    expect(lines[0]).to.contain(`migrated from format 3 to ${FORMAT}`);
    await database.close();
    expect(readSeal(realFiles, place).seal).to.include({ siteGuid: place.siteGuid, highestDocument: 6 });
    expect(await contentOf(place, 4)).to.deep.equal(WHOLE);
  });

  it('opens again after any file call of the migration that failed, and lacks nothing', async () => {
    await expectSafeMigration(3, folder());
  });

  it('put back into the database of one that was migrated is not taken for it', async () => {
    const place = putSite(3, folder());
    const before = fs.mkdtempSync(path.join(folder(), 'before-'));
    fs.cpSync(place.database, before, { recursive: true });
    expect(await contentOf(place, 3)).to.deep.equal(WHOLE);
    fs.rmSync(place.database, { recursive: true });
    fs.cpSync(before, place.database, { recursive: true });
    expect(await rejectionOf(open(place, 5))).to.equal('StoreCorrupt');
  });
});
