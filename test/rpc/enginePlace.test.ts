import { expect } from 'chai';
import { rmSync } from 'node:fs';
import { plainFiles } from '../../server/platform/files/folderFiles.js';
import { engineSocketFolder, enginePlaces } from '../../server/rpc/enginePlace.js';
import { fakeEngineSite } from './fakeEngineSite.js';

describe('rpc: the folder of the sockets', () => {
  const CALLS = ['lstatSync', 'readdirSync'] as const;
  for (const call of CALLS)
    it(`that an engine takes away as it ends, right before ${call}, is none`, async function () {
      if (process.platform === 'win32') this.skip();
      const made = await fakeEngineSite();
      try {
        const folder = engineSocketFolder(made.site)!;
        let isGone = false;
        const files = {
          ...plainFiles,
          [call]: (path: string) => {
            if (path === folder) rmSync(folder, { recursive: true });
            isGone ||= path === folder;
            return plainFiles[call](path);
          },
        };
        expect([enginePlaces(made.site, files), isGone]).to.deep.equal([[], true]);
      } finally {
        await made.remove();
      }
    });
});
