import fs from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { generationInDatabase, highestGeneration } from '../../server/store/highestGeneration.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { unsyncedFiles } from './FailingFiles.js';
import { testPlace } from './testPlace.js';

describe('The highest generation of a site', () => {
  const folder = temporaryFolder();

  it('is the highest that any of its files names, whatever part of it was lost', () => {
    const place = testPlace(folder());
    const found = (name: string): number => {
      fs.writeFileSync(path.join(folder(), name), '');
      return highestGeneration(unsyncedFiles, place);
    };
    expect(['database/journal.3.1', 'documents/5-0.seg', 'seal.7', 'database/snapshot.2.0'].map(found)).to.deep.equal([
      3, 5, 7, 7,
    ]);
  });

  for (const name of ['database/journal.1000000000.0', 'documents/1000000000-0.seg', 'seal.1000000000'])
    it(`is not taken from ${name}, which no engine made: it is named, with what to do`, () => {
      const place = testPlace(folder());
      fs.writeFileSync(path.join(folder(), name), '');
      let caught: unknown;
      try {
        highestGeneration(unsyncedFiles, place);
      } catch (error) {
        caught = error;
      }
      expect(caught).to.include({ errorId: 'StoreCorrupt' });
      expect(String(caught)).to.contain(path.basename(name)).and.contain('move it out of the site folder');
      // An engine that runs goes on.
      expect(generationInDatabase(unsyncedFiles, place.database)).to.equal(0);
    });
});
