import { expect } from 'chai';
import fc from 'fast-check';
import { chunks } from '../../server/criteria/collections.js';
import { SyncError } from '../../server/errors/SyncError.js';
import { identityKey, type UpdateIdentity } from '../../server/metadata/UpdateIdentity.js';
import { readUpdateOutline, type UpdateOutline } from '../../server/metadata/readUpdateOutline.js';
import { inTurns } from '../../server/platform/inTurns.js';
import { generateCatalogue } from '../../server/sample/catalogueFromGenerator.js';
import { PIECE, readBatch } from '../../server/sync/readBatch.js';
import { KeptBatches } from '../../server/sync/reading/KeptBatches.js';
import { packagedUrls } from '../../server/transfer/PackageSource.js';
import type { PackageDocument, PackageManifest } from '../../server/transfer/package.js';
import { isConfiguration } from '../../server/transfer/surveyPackage.js';
import { repetitions } from '../fixtures/repetitions.js';

const GENERATED = [...generateCatalogue({ updates: 150, seed: 7 })];
const DOCUMENTS: readonly PackageDocument[] = GENERATED.map(({ identity, xml }) => ({ identity, xml }));
const NONE = { categories: [], classifications: [] };
/** What the check uses of package.xml: it lists the files of every second update. */
const MANIFEST = {
  updates: new Map(
    GENERATED.map(({ identity, fileUrls }, index) => [
      identityKey(identity),
      {
        identity,
        digests: index % 2 === 0 ? fileUrls.map(({ digest }) => digest) : [],
        ...NONE,
      },
    ]),
  ),
  files: new Map(GENERATED.flatMap(({ fileUrls }) => fileUrls.map(({ digest, muUrl }) => [digest, muUrl] as const))),
} as const;
const WHOLE = MANIFEST as unknown as PackageManifest;

/** All that a check reads; gives the ids of both streams. */
async function checkedBy(kept: KeptBatches): Promise<{ configuration: UpdateIdentity[]; updates: UpdateIdentity[] }> {
  const ids = { configuration: [] as UpdateIdentity[], updates: [] as UpdateIdentity[] };
  for (const document of DOCUMENTS) {
    const outline = await kept.outlineOf(document, WHOLE);
    ids[isConfiguration(outline) ? 'configuration' : 'updates'].push(document.identity);
  }
  return ids;
}

async function outlineOrReason(read: Promise<UpdateOutline>): Promise<unknown> {
  return read.catch((error: unknown) => (error instanceof SyncError ? error.message : expect.fail(String(error))));
}

describe('KeptBatches', () => {
  it('gives each batch of a package as an import would read it again', async () => {
    const kept = new KeptBatches();
    const ids = await checkedBy(kept);
    const batches = Object.values(ids).flatMap((stream) => chunks(stream, PIECE));
    expect(batches).to.have.length.above(4);
    for (const asked of batches) {
      const documents = asked.map(
        (identity) => DOCUMENTS.find((one) => identityKey(one.identity) === identityKey(identity)) as PackageDocument,
      );
      const fileUrls = packagedUrls(MANIFEST, documents);
      expect(await kept.take(asked)).to.deep.equal(await readBatch(asked, { documents, fileUrls, failed: [] }));
    }
  });

  it('gives a batch once, and none that was asked for otherwise', async () => {
    const kept = new KeptBatches();
    const { updates } = await checkedBy(kept);
    const [first = [], second = []] = chunks(updates, PIECE);
    expect(await kept.take(first))
      .to.have.property('revisions')
      .with.length(PIECE);
    expect(await kept.take(first)).to.equal(undefined);
    expect(await kept.take(second.slice(0, -1))).to.equal(undefined);
    expect(await kept.take(updates.slice(2 * PIECE + 1))).to.equal(undefined);
    expect(await kept.take([])).to.equal(undefined);
  });

  it('keeps so much, and reads outlines from then on', async () => {
    const kept = new KeptBatches({ most: 1, waiting: 16 * 1024 * 1024 });
    const ids = await checkedBy(kept);
    const taken = await Promise.all(chunks(ids.updates, PIECE).map(async (asked) => kept.take(asked)));
    expect(taken.filter((batch) => batch !== undefined)).to.have.lengthOf.below(2);
  });

  it('lets go of long documents that wait to be packed', async () => {
    const kept = new KeptBatches({ most: 1024 * 1024, waiting: 100 });
    const { configuration, updates } = await checkedBy(kept);
    for (const asked of [...chunks(configuration, PIECE), ...chunks(updates, PIECE)])
      expect(await kept.take(asked)).to.equal(undefined);
  });

  it('keeps no batch whose rows would take long to make', async () => {
    const [{ identity, xml }] = DOCUMENTS as [PackageDocument];
    const keepsWith = async (megabytes: number): Promise<boolean> => {
      const kept = new KeptBatches();
      await kept.outlineOf({ identity, xml: Buffer.concat([xml, Buffer.alloc(megabytes * 1024 * 1024, ' ')]) }, WHOLE);
      return (await kept.take([identity])) !== undefined;
    };
    expect([await keepsWith(3), await keepsWith(5)]).to.deep.equal([true, false]);
  });

  it('accepts and refuses what an outline accepts and refuses, in the same words', async function () {
    const change = fc.record({ document: fc.nat(), at: fc.nat(), take: fc.nat(40), put: fc.string({ maxLength: 4 }) });
    await fc.assert(
      fc.asyncProperty(change, async ({ document, at, take, put }) => {
        const { identity, xml } = DOCUMENTS[document % DOCUMENTS.length] as PackageDocument;
        const place = at % xml.length;
        const mutant = Buffer.concat([xml.subarray(0, place), Buffer.from(put), xml.subarray(place + take)]);
        const kept = new KeptBatches().outlineOf({ identity, xml: mutant }, WHOLE);
        const outline = inTurns(readUpdateOutline(mutant, identityKey(identity)));
        expect(await outlineOrReason(kept)).to.deep.equal(await outlineOrReason(outline));
      }),
      { numRuns: repetitions(300, 20_000) },
    );
  });
});
