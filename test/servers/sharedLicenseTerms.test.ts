import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { systemClock } from '../../server/platform/Clock.js';
import { plainFiles } from '../../server/platform/files/folderFiles.js';
import { LicenseTermsStore } from '../../server/store/LicenseTermsStore.js';
import { SharedLicenseTerms } from '../../server/store/SharedLicenseTerms.js';
import { parsePostgresAddress } from '../../server/store/postgres/PostgresAddress.js';
import { PostgresTransactions } from '../../server/store/postgres/PostgresTransactions.js';
import { licenseTermsRows } from '../../server/store/postgres/licenseTermsRows.js';
import { migratePostgres } from '../../server/store/postgres/migratePostgres.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { testDatabase } from '../store/postgres/postgresSuite.js';

describe('Licence terms of a site on several servers', () => {
  const database = testDatabase();
  const folder = temporaryFolder();
  const text = Buffer.from('Terms of use');
  const digest = createHash('sha1').update(text).digest('base64');
  let transactions: PostgresTransactions;
  const on = (server: string): SharedLicenseTerms =>
    new SharedLicenseTerms(
      licenseTermsRows(transactions),
      new LicenseTermsStore(path.join(folder(), server), plainFiles),
    );

  beforeEach(async () => {
    const address = parsePostgresAddress(database().address);
    transactions = new PostgresTransactions(address, { clock: systemClock, random: () => 0 });
    await migratePostgres(transactions, { siteGuid: 'guid', where: 'the database' });
  });
  afterEach(async () => transactions.close());

  it('are served by each of them, whichever has downloaded them', async () => {
    expect(await on('two').read(digest)).to.equal(undefined);
    await on('one').write(digest, text);
    expect(Buffer.from((await on('two').read(digest)) ?? []).equals(text)).to.equal(true);
    expect(fs.readdirSync(path.join(folder(), 'two'))).to.have.length(1);
  });

  it('are as if they had not been downloaded where the database holds others', async () => {
    await on('one').write(digest, text);
    database().server.sql("UPDATE configmgrsync.license_terms SET bytes = 'x'", database().name);
    expect(await on('two').read(digest)).to.equal(undefined);
  });
});
