import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { fillStore } from '../../server/repair/restoredStore.js';
import { realFiles, storePlaceOf } from '../../server/store/StorePlace.js';
import { readSeal } from '../../server/store/seal/sealFile.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { putSite } from '../store/fixtures/putSite.js';
import { answersOf, expectedOfFormat8 } from '../store/formatEight.js';
import { open } from '../store/olderSite.js';
import { folderFilesOf } from '../store/folderFilesOf.js';

type Filled = Parameters<typeof fillStore>[0];

describe('The backup of a site of format 8', () => {
  const folder = temporaryFolder();

  it('is restored in the format of today, and names the copy where it will stand', async () => {
    const origin = putSite(8, path.join(folder(), 'origin'));
    const { seal } = readSeal(realFiles, origin);
    const names = [origin.database, origin.documents].flatMap((one) =>
      fs
        .readdirSync(one)
        .filter((name) => !name.startsWith('seal.'))
        .map((name) => path.join(path.basename(one), name)),
    );
    const files = names.map((name) => {
      const bytes = fs.readFileSync(path.join(origin.site, name));
      return { path: name, length: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
    });
    const { position, highestDocument = 0 } = seal ?? {};
    const manifest = { site: {}, files, database: { format: 8, position, highestDocument } };
    const [made, final] = ['.made.tmp', 'ABC'].map((name) => path.join(folder(), name)) as [string, string];
    fs.mkdirSync(made);
    const lines: string[] = [];
    await fillStore({
      site: { files: folderFilesOf(realFiles), siteGuid: origin.siteGuid },
      folder: made,
      becomes: final,
      backup: {
        files: folderFilesOf(realFiles),
        folder: origin.site,
        manifest,
        keys: undefined,
      } as unknown as Filled['backup'],
      watch: { signal: new AbortController().signal, onBytes: () => undefined },
      report: (line) => lines.push(line),
      generation: 0,
    });
    fs.renameSync(made, final);
    const [, copy = ''] = /the previous one is in (.*)\.$/.exec(lines[0] ?? '') ?? [];
    expect(copy, lines.join()).to.equal(path.join(final, 'database', 'backup-format8'));
    expect(fs.readdirSync(copy)).to.include('snapshot.1.1');
    const database = await open(storePlaceOf({ path: final, siteGuid: origin.siteGuid }), 9);
    expect(await answersOf(database)).to.deep.equal(expectedOfFormat8());
    await database.close();
  });
});
