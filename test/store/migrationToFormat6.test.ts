import { expect } from 'chai';
import fs from 'node:fs';
import path from 'node:path';
import { FORMAT } from '../../server/store/sql/schema.js';
import { openSiteDatabase } from '../../server/store/embedded/openSiteDatabase.js';
import { scanSegment } from '../../server/store/scanSegment.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { unsyncedFiles } from './FailingFiles.js';
import { putSite } from './fixtures/putSite.js';
import { contentOf, documentsOf, expectSafeMigration, open, WHOLE } from './olderSite.js';

describe('A site of format 5, whose documents are packed one by one', () => {
  const folder = temporaryFolder();

  it('opens with everything it held and every document, after a copy', async () => {
    const place = putSite(5, folder());
    const lines: string[] = [];
    const report = (line: string): unknown => lines.push(line);
    await (await openSiteDatabase({ place, files: unsyncedFiles, generation: 3, report })).close();
    expect(lines.map((line) => line.split(';')[0])).to.deep.equal([
      `The site database was migrated from format 5 to ${FORMAT}`,
    ]);
    expect(fs.readdirSync(path.join(place.database, 'backup-format5'))).to.include('snapshot.1.1');
    expect(await contentOf(place, 4)).to.deep.equal(WHOLE);
  });

  it('opens again after any file call of the migration that failed, and lacks nothing', async () => {
    await expectSafeMigration(5, folder());
  });

  it('gets blocks beside its old segments, and both are found without their rows', async () => {
    const place = putSite(5, folder());
    await (await open(place, 3)).close();
    const documents = documentsOf(place, 3);
    const added = Array.from({ length: 60 }, (_unused, index) => Buffer.from(`document ${index}`));
    const locations = await documents.append('updates', added);
    expect(Buffer.from(await documents.read(locations[59]!)).toString()).to.equal('document 59');
    await documents.close();
    expect(await scanned('1-0.seg', 4096)).to.deep.equal([4, 0]);
    expect(await scanned('3-0.seg', 3 * 4096)).to.deep.equal([60, 0]);
    const file = path.join(place.documents, '3-0.seg');
    const bytes = fs.readFileSync(file);
    bytes[locations[3]!.position] = 0xff;
    fs.writeFileSync(file, bytes);
    const lost = locations[50]!.position - locations[0]!.position;
    expect(await scanned('3-0.seg', 3 * 4096), 'the second block only').to.deep.equal([10, lost]);

    async function scanned(name: string, number: number): Promise<[number, number]> {
      const segment = { file: path.join(place.documents, name), number, site: place.siteGuid };
      const found: [number, number] = [0, 0];
      for await (const one of scanSegment(unsyncedFiles, segment)) {
        if ('unreadable' in one) found[1] += one.unreadable;
        else found[0] += 1;
      }
      return found;
    }
  });
});
