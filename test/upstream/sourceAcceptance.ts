import { expect } from 'chai';
import { SyncError } from '../../server/errors/SyncError.js';
import { identityKey, type UpdateIdentity } from '../../server/metadata/UpdateIdentity.js';
import type { Source } from '../../server/upstream/Source.js';
import type { RevisionFilter } from '../../server/wire/getRevisionIdList.js';

/** What a maker of sources gives the suite: a fresh source and how to end it. */
export interface SourceUnderTest {
  readonly source: Source;
  readonly end: () => Promise<void>;
}

const CONFIG: RevisionFilter = { config: true, anchor: '', categories: [], classifications: [], languages: [] };

/**
 * The contract of `Source`, for every implementation; the catalogue behind it must have at least two configuration
 * documents.
 */
export function sourceAcceptance(title: string, makeSource: () => Promise<SourceUnderTest>): void {
  describe(`${title} as a Source`, () => {
    let under: SourceUnderTest;
    let signal: AbortSignal;

    beforeEach(async () => {
      under = await makeSource();
      signal = new AbortController().signal;
    });
    afterEach(async () => under.end());

    it('has a name', () => {
      expect(under.source.name).to.be.a('string').and.not.equal('');
    });

    it('tells its limits, version and anchor when opened', async () => {
      const config = await under.source.open('', signal);
      expect(config.maxUpdatesPerRequest).to.be.within(1, 1000);
      expect(config.protocolVersion).to.match(/^1\.\d+$/);
      expect(config.configAnchor).to.be.a('string').and.not.equal('');
    });

    it('lists every revision once, GUIDs in lower case, with an anchor', async () => {
      await under.source.open('', signal);
      const list = await under.source.listRevisions(CONFIG, signal);
      expect(list.anchor).to.not.equal('');
      expect(list.revisions.length).to.be.at.least(2);
      expect(new Set(list.revisions.map(identityKey)).size).to.equal(list.revisions.length);
      for (const { updateId } of list.revisions)
        expect(updateId).to.match(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    });

    it('lists the same again for the same question', async () => {
      await under.source.open('', signal);
      const [first, second] = [
        await under.source.listRevisions(CONFIG, signal),
        await under.source.listRevisions(CONFIG, signal),
      ];
      expect(second.revisions.map(identityKey)).to.have.members(first.revisions.map(identityKey));
    });

    it('lists nothing that changed since its own anchor', async () => {
      await under.source.open('', signal);
      const { anchor } = await under.source.listRevisions(CONFIG, signal);
      const again = await under.source.listRevisions({ ...CONFIG, anchor }, signal);
      expect(again.revisions).to.have.length(0);
    });

    it('delivers documents as UTF-8 XML under the identities asked for', async () => {
      const wanted = await firstIdentities(under.source, signal);
      const batch = await under.source.fetchDocuments(wanted, signal);
      expect(batch.failed).to.deep.equal([]);
      expect(batch.documents.map((document) => identityKey(document.identity))).to.have.members(
        wanted.map(identityKey),
      );
      for (const { xml } of batch.documents)
        expect(Buffer.from(xml).toString('utf8').trimStart()).to.match(/^\ufeff?</);
    });

    it('answers an empty batch with an empty batch', async () => {
      await under.source.open('', signal);
      const batch = await under.source.fetchDocuments([], signal);
      expect(batch).to.deep.equal({ documents: [], fileUrls: [], failed: [] });
    });

    it('puts an unknown identity in failed and delivers the others', async () => {
      const wanted = await firstIdentities(under.source, signal);
      const unknown = { updateId: 'ffffffff-ffff-4fff-8fff-ffffffffffff', revisionNumber: 7 };
      const batch = await under.source.fetchDocuments([...wanted.slice(0, 1), unknown, ...wanted.slice(1)], signal);
      expect(batch.documents).to.have.length(wanted.length);
      expect(batch.failed.map((entry) => identityKey(entry.identity))).to.deep.equal([identityKey(unknown)]);
      expect(batch.failed[0]?.reason).to.not.equal('');
    });

    it('names the current revision of ids it knows, and leaves out the others', async () => {
      const wanted = await firstIdentities(under.source, signal);
      const unknown = 'ffffffff-ffff-4fff-8fff-ffffffffffff';
      const found = await under.source.relatedRevisions(
        [...new Set(wanted.map((identity) => identity.updateId)), unknown],
        signal,
      );
      expect(new Set(found.map((identity) => identity.updateId))).to.deep.equal(
        new Set(wanted.map((identity) => identity.updateId)),
      );
      for (const identity of wanted)
        expect(found.find((one) => one.updateId === identity.updateId)?.revisionNumber).to.be.at.least(
          identity.revisionNumber,
        );
      expect(await under.source.relatedRevisions([], signal)).to.deep.equal([]);
    });

    it('throws Cancelled when the signal has fired', async () => {
      const cancelled = AbortSignal.abort();
      await under.source.open('', signal);
      const error = await under.source.listRevisions(CONFIG, cancelled).then(
        () => undefined,
        (caught: unknown) => caught,
      );
      expect(error).to.be.instanceOf(SyncError).with.property('errorId', 'Cancelled');
    });
  });
}

async function firstIdentities(source: Source, signal: AbortSignal): Promise<readonly UpdateIdentity[]> {
  const { maxUpdatesPerRequest } = await source.open('', signal);
  const { revisions } = await source.listRevisions(CONFIG, signal);
  return revisions.slice(0, Math.min(5, maxUpdatesPerRequest - 1));
}
