import fs from 'node:fs';
import path from 'node:path';
import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { confirmIdentity } from '../../server/state/confirmIdentity.js';
import { ownParentRecord, type ParentRecord, writeParentRecord } from '../../server/link/ParentRecord.js';
import { plainFiles } from '../../server/platform/files/folderFiles.js';
import type { Sealer } from '../../server/platform/sealSecret.js';
import { readSecret } from '../../server/site/siteSecrets.js';
import { openSiteDatabase } from '../../server/store/embedded/openSiteDatabase.js';
import { LicenseTermsStore } from '../../server/store/LicenseTermsStore.js';
import { rejectionOf } from '../fixtures/rejection.js';
import { caughtFrom } from '../rpc/caught.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { unsyncedFiles } from '../store/FailingFiles.js';
import { testPlace } from '../store/testPlace.js';

describe('What a site keeps beside its database', () => {
  const folder = temporaryFolder();

  it('makes no new key in silence: the log says what that means, once', async () => {
    const database = await openSiteDatabase({ place: testPlace(folder()), files: unsyncedFiles, generation: 1 });
    const lines: string[] = [];
    const context = {
      database,
      log: { write: (...more: string[]) => void lines.push(...more), close: () => undefined },
    };
    for (const key of ['first', 'first', 'second', 'second']) await confirmIdentity(context, 'packageKey', key);
    await confirmIdentity(context, 'authority', 'first');
    expect(lines).to.have.length(1);
    expect(lines[0]).to.contain(
      'WARNING: Exports are signed with another key than before: secrets.json, or the key in it, was missing',
    );
    await confirmIdentity(context, 'authority', 'second');
    expect(lines[1]).to.contain('certificates.json was missing').and.contain('join again');
    for (const node of ['CAS 3', 'CAS 4']) await confirmIdentity(context, 'parent', node);
    expect(lines[2]).to.contain('as another node than before: parent.json came from another site');
    await database.close();
  });

  it('takes no site below a parent for one that stands alone where its parent.json is gone or changed', async () => {
    const sealer: Sealer = {
      seal: async (secret) => Promise.resolve(secret),
      open: async (stored) => Promise.resolve(stored as string),
    };
    const site = { path: folder(), secret: 's', files: plainFiles };
    const refused = async (parentSiteCode: string): Promise<string> => {
      const { message, nextStep } = await caughtFrom(ownParentRecord({ ...site, parentSiteCode }, sealer));
      return `${message} ${nextStep}`;
    };
    expect(await ownParentRecord(site, sealer)).to.equal(undefined);
    expect(await refused('CAS')).to.contain(
      'the site lies below CAS, and its parent.json is missing. Restore the file from a copy of the site folder, or',
    );
    const keys = { privateKey: 'k', nextPrivateKey: '', authority: 'a', address: 'https://cas:8531' };
    const note: ParentRecord = { ...keys, siteCode: 'CAS', nodeId: 3, role: 'Site', siteCodes: ['CAS'] };
    await writeParentRecord(site, note, sealer);
    expect(await ownParentRecord({ ...site, parentSiteCode: 'CAS' }, sealer)).to.deep.equal(note);
    expect(await refused('CS1')).to.contain('its parent.json is that of a site below CAS');
  });

  it('reads no secret from a file that is empty or cut: the file is named', async () => {
    fs.writeFileSync(path.join(folder(), 'secrets.json'), '');
    const sealer = {
      seal: async () => Promise.reject(new TypeError()),
      open: async () => Promise.reject(new TypeError()),
    };
    const site = { path: folder(), secret: 's', files: plainFiles };
    expect(await rejectionOf(readSecret(site, 'proxyPassword', sealer))).to.equal('SiteFileInvalid');
  });

  it('takes licence terms that are damaged for ones that were not downloaded', async () => {
    const store = new LicenseTermsStore(path.join(folder(), 'LicenseTerms'), plainFiles);
    const bytes = Buffer.from('I agree');
    const digest = createHash('sha1').update(bytes).digest('base64');
    await store.write(digest, bytes);
    expect(Buffer.from((await store.read(digest))!).equals(bytes)).to.equal(true);
    const [name] = fs.readdirSync(path.join(folder(), 'LicenseTerms'));
    fs.truncateSync(path.join(folder(), 'LicenseTerms', name ?? ''), 3);
    expect(await store.read(digest)).to.equal(undefined);
  });
});
