import { expect } from 'chai';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { SyncError } from '../../server/errors/SyncError.js';
import { nextTurn } from '../../server/platform/inTurns.js';
import { testSite } from '../engine/TestSite.js';
import { update } from '../engine/catalogue.js';
import { type DocumentParts, guidOf } from '../fixtures/updateDocuments.js';

const digestOf = (text: string): string => createHash('sha1').update(text).digest('base64');

describe('Licence terms', () => {
  const site = testSite();
  const licensed = (number: number, texts: Readonly<Record<string, string>>): DocumentParts =>
    update(number, {
      eulaId: guidOf(900 + number),
      eulaFiles: Object.entries(texts).map(([language, text]) => ({
        language,
        digest: digestOf(text),
        fileName: `eula-${language}.txt`,
      })),
    });
  const offer = (...texts: readonly string[]): void => {
    for (const text of texts) site().source.files.set(digestOf(text), Buffer.from(text));
  };

  it(
    'are downloaded in the languages of the site, English where there is none of them, and shown with the ' + 'update',
    async () => {
      site().source.put(
        licensed(1, { en: 'I agree', de: 'Ich stimme zu' }),
        licensed(2, { de: 'Auch deutsch' }),
        licensed(3, { en: 'I agree' }),
      );
      offer('I agree', 'Ich stimme zu', 'Auch deutsch');
      expect(await site().sync()).to.include({ Succeeded: true });
      expect(site().source.fetchedFiles, 'the same text once').to.deep.equal(['eula-en.txt', 'eula-de.txt']);
      const [found] = await site().updates({ articleId: '5000001', lazy: true });
      expect(found?.LocalizedEulas?.map((eula) => [eula.Language, eula.LocaleID, eula.EULAText])).to.deep.equal([
        ['en', 1033, 'I agree'],
        ['de', 1031, ''],
      ]);
      expect(await site().status()).to.include({ LastSyncState: 6702 });
      await site().sync();
      expect(site().source.fetchedFiles).to.have.length(2);
    },
  );

  it('are downloaded while further documents come', async () => {
    site().source.put(licensed(1, { en: 'I agree' }), ...[2, 3, 4].map((number) => update(number)));
    offer('I agree');
    site().source.onFetch = async (identities) => {
      const isLast = identities.some(({ updateId }) => updateId === guidOf(4));
      while (isLast && site().source.fetchedFiles.length === 0) await nextTurn();
    };
    expect(await site().sync()).to.include({ Phase: 'Done' });
    expect(site().source.fetchedFiles).to.deep.equal(['eula-en.txt']);
  });

  it('that are on their way do not hold up a run whose documents fail', async () => {
    site().source.put(licensed(1, { en: 'I agree' }), ...[2, 3, 4].map((number) => update(number)));
    let isAsked = false;
    site().source.onFile = async (signal) => {
      isAsked = true;
      await once(signal, 'abort');
      throw new SyncError('Cancelled', { what: 'A download' });
    };
    site().source.onFetch = async (identities) => {
      if (!identities.some(({ updateId }) => updateId === guidOf(4))) return;
      while (!isAsked) await nextTurn();
      throw new SyncError('InternalError', { where: 'a test', reason: 'no documents' });
    };
    expect(await site().sync()).to.include({ State: 'Failed', ErrorId: 'InternalError' });
  });

  it('that cannot be had end the run with 6708, keep the update and are tried again', async () => {
    site().source.put(licensed(1, { en: 'Late' }));
    const run = await site().sync();
    expect(run).to.include({ Succeeded: true, State: 'Succeeded', Phase: 'DoneWithPendingLicenseTerms' });
    expect(await site().status()).to.include({ LastSyncState: 6708, LastSyncErrorCode: 0 });
    expect((await site().status()).LastSuccessfulSyncTime).to.not.equal(null);
    expect(await site().titles()).to.deep.equal(['Update 1']);
    expect(site().lines.some((line) => line.includes('License Terms') && line.includes(guidOf(1)))).to.equal(true);
    expect(run.Warnings).to.have.length(1);
    expect(run.Warnings[0]).to.contain(`The licence terms of update ${guidOf(1)} could not be downloaded: `);
    expect(site().lines).to.include(`WARNING: ${run.Warnings.join()}`);
    expect((await site().service['health/get']({}, site().request())).Actions).to.include(run.Warnings[0]);
    site().source.put(licensed(2, { en: 'Later' }));
    const second = await site().sync();
    expect(second.Phase).to.equal('DoneWithPendingLicenseTerms');
    expect(second.Warnings[0]).to.match(/^2 files of licence terms, first that of update /);
    offer('Late', 'Later');
    expect(await site().sync()).to.deep.include({ Phase: 'Done', Warnings: [] });
    expect((await site().updates({ lazy: true }))[0]?.LocalizedEulas?.[0]?.EULAText).to.equal('Late');
  });

  it('that a site without a source lacks are no matter of the next synchronization', async () => {
    site().source.put(licensed(1, { en: 'Late' }));
    expect((await site().sync()).Warnings[0]).to.contain('. Every synchronization tries again; ');
    await site().set({ synchronizeAction: 'DoNotSynchronizeFromMicrosoftUpdateOrUpstreamDataSource' });
    expect((await site().sync()).Warnings[0]).to.match(
      /^The licence terms .* no synchronization source.*\. Only a synchronization from an upstream server brings them; /,
    );
  });

  it('of known updates come when a language is added', async () => {
    site().source.put(licensed(1, { en: 'I agree', fr: 'Oui' }));
    offer('I agree', 'Oui');
    await site().sync();
    expect(site().source.fetchedFiles).to.deep.equal(['eula-en.txt']);
    await site().set({ addLanguageSummaryDetail: ['French'] });
    expect((await site().sync({ fullSync: false })).Kind).to.equal('Full');
    expect(site().source.fetchedFiles).to.deep.equal(['eula-en.txt', 'eula-fr.txt']);
  });

  it('are not missed any more when the update has expired or has other ones', async () => {
    site().source.put(licensed(1, { en: 'Never there' }), licensed(2, { en: 'Nor this' }));
    expect((await site().sync()).Phase).to.equal('DoneWithPendingLicenseTerms');
    site().source.put({ ...licensed(1, { en: 'Never there' }), revision: 201, publicationState: 'Expired' });
    expect((await site().sync()).Phase, 'the other one is missing').to.equal('DoneWithPendingLicenseTerms');
    offer('New terms');
    site().source.put({ ...licensed(2, { en: 'New terms' }), revision: 201 });
    expect(await site().sync()).to.include({ Kind: 'Delta', Phase: 'Done' });
  });

  it('of a digest that is no SHA-1 name no file', async () => {
    site().source.put(
      update(1, {
        eulaId: guidOf(901),
        eulaFiles: [
          { digest: '../../x', language: 'en' },
          { digest: '', language: 'en' },
        ],
      }),
    );
    expect(await site().sync()).to.include({ Phase: 'Done' });
    expect(site().source.fetchedFiles).to.deep.equal([]);
  });
});
