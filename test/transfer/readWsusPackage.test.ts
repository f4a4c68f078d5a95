import { expect } from 'chai';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { SyncError } from '../../server/errors/SyncError.js';
import { openWsusPackage } from '../../server/transfer/openPackage.js';
import type { PackageDocument } from '../../server/transfer/package.js';
import { repetitions } from '../fixtures/repetitions.js';
import { cabinetOf, listed, manifestXml, record, temporaryFile, updateXml } from './packageFile.js';
import { describeWithRealCatalogue } from './realCatalogue.js';

const ID = '11111111-2222-3333-4444-555555555555';
const OTHER = '99999999-2222-3333-4444-555555555555';

describe('openWsusPackage', () => {
  it('reads header, languages, files and updates', async () => {
    const files = '<Files><File Digest="AAA=" MUUrl="http://host/a?b=1&amp;c=2" Name="a.cab" /></Files>';
    const update = listed(
      ID.toUpperCase(),
      7,
      `<Files><File Digest="AAA=" /></Files><Categories><Category Value="${OTHER}" ` +
        `/></Categories><Classifications><Classification Value="${ID}" /></Classifications>`,
    );
    await withPackage(
      { 'package.xml': manifestXml(update, files), 'metadata.txt': record(ID, 7, updateXml(ID, 7)) },
      async (path) => {
        const opened = await openWsusPackage(path);
        expect(opened.header).to.deep.equal({
          serverId: 'a86cecaa-02ab-44a1-a09d-cac309aa7a3e',
          creationTime: '2026-01-02T03:04:05Z',
          formatVersion: '1.0',
          protocolVersion: '1.20',
        });
        expect(opened.languages).to.deep.equal([
          { languageId: 1033, shortLanguage: 'en', longLanguage: 'English', enabled: true },
        ]);
        expect([...opened.files]).to.deep.equal([['AAA=', 'http://host/a?b=1&c=2']]);
        expect(opened.updates.get(`${ID}.7`)).to.deep.equal({
          identity: { updateId: ID, revisionNumber: 7 },
          digests: ['AAA='],
          categories: [OTHER],
          classifications: [ID],
        });
        await opened.close();
        expect((await documents(path)).map((document) => document.identity)).to.deep.equal([
          { updateId: ID, revisionNumber: 7 },
        ]);
      },
    );
  });

  it('finds its members in either order', async () => {
    await withPackage(
      { 'metadata.txt': record(ID, 1, updateXml(ID, 1)), 'package.xml': manifestXml(listed(ID, 1)) },
      async (path) => {
        expect(await documents(path)).to.have.length(1);
      },
    );
  });

  it('counts UTF-16 units, across line breaks and piece borders', async () => {
    const title = fc.array(fc.constantFrom('a', 'é', '€', '😀', '\r\n'), { maxLength: 400_000, size: 'max' });
    await fc.assert(
      fc.asyncProperty(title, title, async (first, second) => {
        const texts = [updateXml(ID, 1, first.join('')), updateXml(OTHER, 2, second.join(''))] as const;
        const metadata = record(ID, 1, texts[0]) + record(OTHER, 2, texts[1]);
        await withPackage(
          { 'package.xml': manifestXml(listed(ID, 1) + listed(OTHER, 2)), 'metadata.txt': metadata },
          async (path) => {
            expect((await documents(path)).map((document) => Buffer.from(document.xml).toString('utf8'))).to.deep.equal(
              texts,
            );
          },
        );
      }),
      { numRuns: repetitions(4, 100), seed: 5 },
    );
  });

  const good = record(ID, 1, updateXml(ID, 1));
  const broken: Record<string, { members: Record<string, string>; reason: RegExp }> = {
    'no package.xml': { members: { 'metadata.txt': good }, reason: /no member package\.xml/ },
    'no metadata.txt': { members: { 'package.xml': manifestXml(listed(ID, 1)) }, reason: /no member metadata\.txt/ },
    'a record that is not listed': {
      members: { 'package.xml': manifestXml(''), 'metadata.txt': good },
      reason: /does not list/,
    },
    'a listed update without a record': {
      members: { 'package.xml': manifestXml(listed(ID, 1) + listed(OTHER, 1)), 'metadata.txt': good },
      reason: /no record for 9999/,
    },
    'two records for one update': {
      members: { 'package.xml': manifestXml(listed(ID, 1)), 'metadata.txt': good + good },
      reason: /two records/,
    },
    'a length that is too small': {
      members: { 'package.xml': manifestXml(listed(ID, 1)), 'metadata.txt': record(ID, 1, updateXml(ID, 1), 50) },
      reason: /length of record 1/,
    },
    'a length that is too large': {
      members: { 'package.xml': manifestXml(listed(ID, 1)), 'metadata.txt': record(ID, 1, updateXml(ID, 1), 5000) },
      reason: /truncated in record 1/,
    },
    'a length beyond all bounds': {
      members: { 'package.xml': manifestXml(listed(ID, 1)), 'metadata.txt': record(ID, 1, 'x', 0xfffffff0) },
      reason: /announces/,
    },
    'a text that is cut': {
      members: { 'package.xml': manifestXml(listed(ID, 1)), 'metadata.txt': good.slice(0, -40) },
      reason: /truncated/,
    },
    'a header that is none': {
      members: { 'package.xml': manifestXml(listed(ID, 1)), 'metadata.txt': 'x'.repeat(100) },
      reason: /no valid header/,
    },
    'the document of another update': {
      members: { 'package.xml': manifestXml(listed(ID, 1)), 'metadata.txt': record(ID, 1, updateXml(OTHER, 1)) },
      reason: /holds the document of 9999/,
    },
    'a DOCTYPE': {
      members: { 'package.xml': `<!DOCTYPE a [<!ENTITY b "c">]>${manifestXml('').slice(1)}`, 'metadata.txt': '' },
      reason: /DOCTYPE/,
    },
    'a package.xml that is cut': {
      members: { 'package.xml': manifestXml(listed(ID, 1)).slice(0, -20), 'metadata.txt': good },
      reason: /not well-formed/,
    },
    'another root': { members: { 'package.xml': '<Package />', 'metadata.txt': good }, reason: /no ExportPackage/ },
    'an unknown format': {
      members: {
        'package.xml': manifestXml('').replace('FormatVersion="1.0"', 'FormatVersion="2.0"'),
        'metadata.txt': '',
      },
      reason: /format 2\.0/,
    },
    'an update listed twice': {
      members: { 'package.xml': manifestXml(listed(ID, 1) + listed(ID, 1)), 'metadata.txt': good },
      reason: /twice/,
    },
    'an update without an id': {
      members: { 'package.xml': manifestXml('<Update RevisionNumber="1" />'), 'metadata.txt': good },
      reason: /without UpdateId/,
    },
  };
  for (const [what, { members, reason }] of Object.entries(broken)) {
    it(`refuses ${what}`, () =>
      withPackage(members, async (path) => {
        const error = await failure(() => documents(path));
        expect(error.errorId).to.equal('PackageInvalid');
        expect(error.message).to.match(reason);
      }));
  }

  it('refuses what is no cabinet, and a file that is not there', async () => {
    const file = temporaryFile(Buffer.from('PK\u0003\u0004 not a cabinet, whatever its name says, and long enough'));
    expect((await failure(() => documents(file.path))).message).to.include('it is neither a cabinet nor a gzip file');
    file.remove();
    expect((await failure(() => documents(file.path))).message).to.include('ENOENT');
  });
});

describeWithRealCatalogue('a damaged real export', (path) => {
  let original: Buffer;
  before(() => {
    original = readFileSync(path);
  });
  // A share of the file, because it is not there yet when the suite is described, or not at all when it is skipped.
  const position = fc
    .double({ min: 0, max: 0.999999, noNaN: true })
    .map((share) => Math.floor(share * original.length));

  it('is always refused when it is cut', () =>
    fc.assert(
      fc.asyncProperty(position, async (length) => {
        await withFile(original.subarray(0, length), async (file) => {
          expect((await failure(() => documents(file))).errorId).to.equal('PackageInvalid');
        });
      }),
      { numRuns: repetitions(6, 200), seed: 3 },
    ));

  it('gives its documents or a SyncError when bytes are overwritten', () =>
    fc.assert(
      fc.asyncProperty(position, fc.uint8Array({ minLength: 1, maxLength: 400 }), async (at, noise) => {
        const damaged = Buffer.from(original);
        damaged.set(noise.subarray(0, damaged.length - at), at);
        await withFile(damaged, async (file) => {
          const error = await documents(file).then(
            () => undefined,
            (caught: unknown) => caught,
          );
          if (error !== undefined) expect(error).to.be.instanceOf(SyncError).with.property('errorId', 'PackageInvalid');
        });
      }),
      { numRuns: repetitions(25, 500), seed: 4 },
    ));
});

async function documents(path: string): Promise<PackageDocument[]> {
  const opened = await openWsusPackage(path);
  const read: PackageDocument[] = [];
  try {
    for await (const document of opened.documents()) read.push(document);
  } finally {
    await opened.close();
  }
  return read;
}

async function failure(work: () => Promise<unknown>): Promise<SyncError> {
  const error = await work().then(
    () => undefined,
    (caught: unknown) => caught,
  );
  expect(error).to.be.instanceOf(SyncError);
  return error as SyncError;
}

function withPackage(members: Record<string, string>, work: (path: string) => Promise<void>): Promise<void> {
  return withFile(cabinetOf(members), work);
}

async function withFile(bytes: Uint8Array, work: (path: string) => Promise<void>): Promise<void> {
  const file = temporaryFile(bytes);
  try {
    await work(file.path);
  } finally {
    file.remove();
  }
}
