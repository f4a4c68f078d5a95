import { expect } from 'chai';
import fs from 'node:fs';
import path from 'node:path';
import { openSiteDatabase } from '../../server/store/embedded/openSiteDatabase.js';
import { FORMAT } from '../../server/store/sql/schema.js';
import { readSeal } from '../../server/store/seal/sealFile.js';
import { rejectionOf } from '../fixtures/rejection.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { guidOf } from '../fixtures/updateDocuments.js';
import { unsyncedFiles } from './FailingFiles.js';
import { putSite } from './fixtures/putSite.js';
import { contentOf, documentsOf, expectSafeMigration, open, WHOLE } from './olderSite.js';

const BACKUP = ['documents.seal.2', 'journal.1.0', 'journal.1.1', 'journal.2.0', 'seal.2', 'site.json', 'snapshot.1.1'];

describe('A site of format 4, whose segments do not say whose they are', () => {
  const folder = temporaryFolder();

  it('opens with everything it held and every document, after a copy of the seal too', async () => {
    const place = putSite(4, folder());
    const before = readSeal(unsyncedFiles, place).seal;
    const lines: string[] = [];
    const report = (line: string): unknown => lines.push(line);
    await (await openSiteDatabase({ place, files: unsyncedFiles, generation: 3, report })).close();
    expect(lines.map((line) => line.split(';')[0])).to.deep.equal([
      `The site database was migrated from format 4 to ${FORMAT}`,
    ]);
    const backup = path.join(place.database, 'backup-format4');
    expect(fs.readdirSync(backup).sort()).to.deep.equal(BACKUP);
    expect(fs.readFileSync(path.join(backup, 'seal.2'), 'utf8')).to.contain(before?.position?.digest);
    expect(await contentOf(place, 4)).to.deep.equal(WHOLE);
  });

  it('opens again after any file call of the migration that failed, and lacks nothing', async () => {
    await expectSafeMigration(4, folder());
  });

  it('says in its new segments whose they are; an old one is read whoever asks', async () => {
    const place = putSite(4, folder());
    await (await open(place, 3)).close();
    const documents = documentsOf(place, 3);
    const [location] = await documents.append('updates', [Buffer.from('a document of this site')]);
    await documents.close();
    const other = documentsOf(place, 4, guidOf(9));
    expect(await rejectionOf(other.read(location!))).to.equal('StoreCorrupt');
    const states = await other.inspect();
    expect(states.map(({ problem }) => problem)).to.deep.equal([
      undefined,
      undefined,
      `it belongs to another site (${place.siteGuid})`,
    ]);
    await other.close();
  });
});
