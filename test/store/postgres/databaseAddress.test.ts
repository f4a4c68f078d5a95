import fs from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { createSealer } from '../../../server/platform/sealSecret.js';
import { keepDatabaseAddress, keptDatabaseAddress } from '../../../server/store/postgres/databaseAddress.js';
import { rejectionOf } from '../../fixtures/rejection.js';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';

const ADDRESS = 'postgresql://cm:s3cret@db.contoso.com/CM_PS1';

describe('The address of the database of a site', () => {
  const folder = temporaryFolder();
  const site = (): { path: string; secret: string; siteCode: string } => ({
    path: folder(),
    secret: 'ab',
    siteCode: 'PS1',
  });
  const sealer = createSealer({
    platform: 'linux',
    env: {},
    run: async () => Promise.resolve({ code: 0, stdout: '', stderr: '' }),
  });

  it('is kept with the secrets of the site', async () => {
    expect(await rejectionOf(keptDatabaseAddress(site(), sealer))).to.equal('DatabaseAddressInvalid');
    await keepDatabaseAddress(site(), `${ADDRESS}\n`, sealer);
    expect(await keptDatabaseAddress(site(), sealer)).to.equal(ADDRESS);
    expect(fs.statSync(path.join(folder(), 'secrets.json')).mode & 0o007).to.equal(0);
    expect(fs.readdirSync(folder())).to.deep.equal(['secrets.json']);
  });

  it('is looked at before it is kept', async () => {
    expect(await rejectionOf(keepDatabaseAddress(site(), 'postgresql://db', sealer))).to.equal(
      'DatabaseAddressInvalid',
    );
    expect(fs.readdirSync(folder())).to.deep.equal([]);
  });
});
