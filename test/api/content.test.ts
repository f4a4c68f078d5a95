import { expect } from 'chai';
import { createHash } from 'node:crypto';
import type { ContentFileInfo, ContentListRequest } from '../../server/contract/generated/types.js';
import { testSite } from '../engine/TestSite.js';
import { update } from '../engine/catalogue.js';
import { rejectionOf } from '../fixtures/rejection.js';
import { guidOf } from '../fixtures/updateDocuments.js';

const sha1 = (text: string): string => createHash('sha1').update(text).digest('base64');
const hex = (base64: string): string => Buffer.from(base64, 'base64').toString('hex').toUpperCase();

describe('The content of software updates', () => {
  const site = testSite();
  const list = async (params: ContentListRequest): Promise<ContentFileInfo[]> =>
    (await site().service['content/list'](params, site().request())).files;
  const namesOf = async (params: ContentListRequest): Promise<string[]> =>
    (await list(params)).map((file) => file.FileName);

  beforeEach(async () => {
    const sha256 = createHash('sha256').update('a').digest('base64');
    site().source.put(
      update(1, {
        files: [
          { fileName: 'a.cab', digest: sha1('a'), size: 5_000_000_000, sha256 },
          { fileName: 'a.psf', digest: sha1('p') },
        ],
        languages: ['en', 'de'],
      }),
      { ...update(2), categories: [], deployable: false, files: [{ fileName: 'child.cab', digest: sha1('child') }] },
      update(3, {
        bundles: [
          { id: guidOf(2), revision: 1 },
          { id: guidOf(99), revision: 1 },
        ],
      }),
      update(4),
    );
    await site().sync();
  });

  it('is listed as the documents tell it, of a bundle that of its children', async () => {
    const [update1, bundle] = await site().updates({});
    const files = await list({ ciIds: [update1?.CI_ID ?? 0] });
    expect(files.map((file) => file.FileName)).to.deep.equal(['a.cab', 'a.psf']);
    expect(files[0]).to.deep.include({
      CI_UniqueID: guidOf(1),
      FileHash: hex(sha1('a')),
      FileSize: 5_000_000_000,
      SourceURL: '',
      ContentLocales: ['en', 'de'],
      DateModified: '2024-01-02T03:04:05.000Z',
      PatchingType: 'SelfContained',
      ContentUniqueID: guidOf(1),
      FileHashSHA256: createHash('sha256').update('a').digest('hex').toUpperCase(),
    });
    const child = await list({ ciIds: [bundle?.CI_ID ?? 0] });
    expect(child.map((file) => [file.FileName, file.CI_UniqueID, file.ContentUniqueID])).to.deep.equal([
      ['child.cab', guidOf(3), guidOf(2)],
    ]);
  });

  it('has an address at an upstream server', async () => {
    await site().set({
      synchronizeAction: 'SynchronizeFromAnUpstreamDataSourceLocation',
      upstreamSourceLocation: 'https://up.test:8531',
    });
    const [file] = await list({ uniqueIds: [guidOf(1)] });
    const name = hex(sha1('a'));
    expect(file?.SourceURL).to.equal(`https://up.test:8531/Content/${name.slice(-2)}/${name}.cab`);
  });

  it('is found by every name of an update, each update once', async () => {
    expect(
      await namesOf({ uniqueIds: [guidOf(1).toUpperCase(), `Site_x/SUM_${guidOf(1)}`], names: ['update 1'] }),
    ).to.deep.equal(['a.cab', 'a.psf']);
    expect(await namesOf({ names: ['Update *'], wildcard: true })).to.deep.equal(['a.cab', 'a.psf', 'child.cab']);
    expect(await namesOf({ names: ['Update 4'] })).to.deep.equal([]);
    for (const missing of [
      { names: ['Update *'] },
      { ciIds: [5] },
      { uniqueIds: [guidOf(50)] },
      { uniqueIds: ['x'] },
      { uniqueIds: [guidOf(2)] },
    ])
      expect(await rejectionOf(list(missing)), JSON.stringify(missing)).to.equal('UpdateNotFound');
    expect(await rejectionOf(list({}))).to.equal('ContradictoryParameters');
  });
});
