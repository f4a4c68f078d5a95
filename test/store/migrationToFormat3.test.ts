import { expect } from 'chai';
import fs from 'node:fs';
import path from 'node:path';
import { packageFolder } from '../../server/platform/packageFolder.js';
import { SegmentedDocumentStore } from '../../server/store/SegmentedDocumentStore.js';
import { realFiles } from '../../server/store/StorePlace.js';
import { openSiteDatabase } from '../../server/store/embedded/openSiteDatabase.js';
import { FORMAT } from '../../server/store/sql/schema.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { guidOf, updateDocument } from '../fixtures/updateDocuments.js';
import { testPlace } from './testPlace.js';

describe('A site of format 2', () => {
  const folder = temporaryFolder();

  it('keeps its rows and documents, which have no notes, and gets documents with notes from then on', async () => {
    const from = path.join(packageFolder(), 'test', 'store', 'fixtures', 'format2');
    testPlace(folder());
    fs.copyFileSync(path.join(from, 'journal.1.0'), path.join(folder(), 'database', 'journal.1.0'));
    fs.copyFileSync(path.join(from, '1-0.seg'), path.join(folder(), 'documents', '1-0.seg'));
    fs.writeFileSync(path.join(folder(), 'site.json'), '{}');
    const lines: string[] = [];
    const database = await openSiteDatabase({
      place: testPlace(folder()),
      files: realFiles,
      generation: 2,
      report: (line) => lines.push(line),
    });
    const documents = new SegmentedDocumentStore({
      folder: path.join(folder(), 'documents'),
      files: realFiles,
      generation: 2,
      site: guidOf(1),
    });
    expect(lines[0]).to.contain(`from format 2 to ${FORMAT}`);
    expect(fs.readdirSync(path.join(folder(), 'database', 'backup-format2')).sort()).to.deep.equal([
      'journal.1.0',
      'site.json',
    ]);
    const stored = await database.storedDocuments(0, 10);
    expect(stored.map((row) => [row.updateId, row.revisionId])).to.deep.equal([
      [guidOf(1), 1],
      [guidOf(2), 2],
      [guidOf(3), 3],
    ]);
    for (const [index, row] of stored.entries()) {
      const { document, notes } = await documents.readRecord(row.location);
      expect(
        Buffer.from(document).equals(
          Buffer.from(updateDocument({ id: guidOf(index + 1), title: `Title ${index + 1}` })),
        ),
      ).to.equal(true);
      expect(notes).to.have.length(0);
    }
    const [location] = await documents.append('updates', [Buffer.from('document')], [Buffer.from('notes')]);
    expect(Buffer.from((await documents.readRecord(location!)).notes).toString()).to.equal('notes');
    await documents.close();
    await database.close();
  });
});
