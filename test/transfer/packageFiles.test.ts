import { expect } from 'chai';
import fc from 'fast-check';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { CabinetArchive } from '../../server/cabinet/CabinetArchive.js';
import { plainFiles } from '../../server/platform/files/folderFiles.js';
import { CabinetWriter } from '../../server/transfer/CabinetWriter.js';
import { GzipWriter, MetadataText } from '../../server/transfer/gzip.js';
import { openPackageFile } from '../../server/transfer/openPackage.js';
import { isSignedBy, newPackageKey, packageKeyOf } from '../../server/transfer/packageKey.js';
import { readPackageComment, writePackageComment } from '../../server/transfer/packageXml.js';
import { PackageRecords, packageRecord } from '../../server/transfer/records.js';
import { SHORT_WRITES } from '../fixtures/shortWrites.js';
import { repetitions } from '../fixtures/repetitions.js';
import { guidOf } from '../fixtures/updateDocuments.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { caughtFrom } from '../rpc/caught.js';

const text = fc.string({
  unit: fc.constantFrom('a', 'é', '😀', '\r\n', '\n', '&', '<', '>', ']]>', '"', '</Metadata>'),
  maxLength: 300_000,
  size: 'max',
});

describe('The two forms of a package', () => {
  const folder = temporaryFolder();
  let files = 0;
  const file = (): string => path.join(folder(), `f${(files += 1)}`);

  for (const form of ['cabinet', 'gzip'] as const) {
    it(`give back what was written, as a ${form}, however it was cut`, () =>
      fc.assert(
        fc.asyncProperty(text, fc.integer({ min: 1, max: 100_000 }), async (metadata, size) => {
          const target = file();
          const writer = await (form === 'gzip'
            ? GzipWriter.create(plainFiles, target)
            : CabinetWriter.create(target, { files: plainFiles, shownPath: target }));
          await writer.begin('package.xml');
          await writer.write(Buffer.from('<ExportPackage>'));
          await writer.begin('metadata.txt');
          const bytes = Buffer.from(metadata);
          for (let at = 0; at < bytes.length; at += size) await writer.write(bytes.subarray(at, at + size));
          await writer.finish();
          const opened = await openPackageFile(plainFiles, target);
          expect((await whole(opened.pieces('metadata.txt'))).equals(bytes)).to.equal(true);
          expect((await whole(opened.pieces('package.xml'))).toString()).to.equal('<ExportPackage></ExportPackage>');
          expect((await whole(opened.pieces('metadata.txt'))).equals(bytes)).to.equal(true);
          await opened.close();
        }),
        { numRuns: repetitions(3, 100), seed: 8 },
      ));
  }

  it('are whole on a disk that takes a part of what it is given', async () => {
    const target = file();
    const writer = await CabinetWriter.create(target, { files: SHORT_WRITES, shownPath: target });
    await writer.begin('package.xml');
    await writer.write(Buffer.from('<ExportPackage>'));
    await writer.begin('metadata.txt');
    const bytes = randomBytes(100_000);
    await writer.write(bytes);
    await writer.finish();
    const opened = await openPackageFile(plainFiles, target);
    expect((await whole(opened.pieces('metadata.txt'))).equals(bytes)).to.equal(true);
    await opened.close();
  });

  it('are read by libarchive too, where blocks repeat each other and where they do not', async () => {
    const target = file();
    const writer = await CabinetWriter.create(target, { files: plainFiles, shownPath: target });
    const noise = randomBytes(32_768);
    const bytes = Buffer.concat([noise, noise, Buffer.from('again and '.repeat(20_000)), randomBytes(70_000), noise]);
    await writer.begin('package.xml');
    await writer.begin('metadata.txt');
    await writer.write(bytes);
    await writer.finish();
    const archive = await CabinetArchive.create();
    archive.open(fs.readFileSync(target));
    archive.next();
    expect(archive.next()?.name).to.equal('metadata.txt');
    const read: Buffer[] = [];
    for (let piece = archive.read(); piece.length > 0; piece = archive.read()) read.push(Buffer.from(piece));
    archive.close();
    expect(Buffer.concat(read).equals(bytes)).to.equal(true);
  });

  it('refuse more than a cabinet can hold, with the reason', async () => {
    const target = file();
    const writer = await CabinetWriter.create(target, {
      files: plainFiles,
      shownPath: '/carried/big.cab',
      maxBlocks: 2,
    });
    await writer.begin('package.xml');
    const error = await caughtFrom(writer.write(Buffer.alloc(3 * 32_768)));
    await writer.abandon();
    expect([error.errorId, error.message, error.nextStep.includes('.xml.gz')]).to.deep.equal([
      'PackageTooLarge',
      'The package /carried/big.cab would be larger than a cabinet can be (65536 bytes).',
      true,
    ]);
  });

  it('never replace a file by themselves', async () => {
    const target = file();
    fs.writeFileSync(target, 'mine');
    const outcome = await CabinetWriter.create(target, { files: plainFiles, shownPath: target }).then(
      () => 'made',
      (error: unknown) => (error as NodeJS.ErrnoException).code,
    );
    expect([outcome, fs.readFileSync(target, 'utf8')]).to.deep.equal(['EEXIST', 'mine']);
  });
});

describe('The text of the Metadata element', () => {
  it('is the same wherever its pieces end', () => {
    const document = Buffer.from(
      '<ExportPackage><Metadata>a&amp;b&#13;\n&lt;é&gt;&#xD;\n&#xD;&#x1F600;</Metadata></ExportPackage>\n',
    );
    for (let size = 1; size <= document.length; size += 1) {
      const metadata = new MetadataText();
      const decoded: Buffer[] = [];
      for (let at = 0; at < document.length; at += size)
        decoded.push(Buffer.from(metadata.add(document.subarray(at, at + size))));
      metadata.end();
      expect(Buffer.concat(decoded).toString(), `pieces of ${size}`).to.equal('a&b\r\n<é>\r\n\r😀');
    }
  });
});

describe('What a package says of itself', () => {
  const description = {
    version: 1,
    siteCode: 'A--',
    serverName: 'srv--><x/>',
    catalogue: 'c',
    follows: 1,
    reaches: 2,
    run: 3,
    products: [],
    classifications: [],
  } as const;

  it('comes back out of a comment that no text can end', () => {
    const comment = writePackageComment(description);
    expect(comment.slice(4, -3)).to.not.match(/--|[<>]/);
    expect(readPackageComment(Buffer.from(`<?xml version="1.0"?>${comment}<ExportPackage />`))).to.deep.equal(
      description,
    );
    expect(
      readPackageComment(Buffer.from(`<ExportPackage>${comment}</ExportPackage>`)),
      'after the root it says nothing',
    ).to.equal(undefined);
  });

  it('comes back also where 50,000 products were synchronized', () => {
    const products = Array.from({ length: 50_000 }, (_none, index) => guidOf(index));
    const comment = writePackageComment({ ...description, products });
    const read = readPackageComment(Buffer.from(`<?xml version="1.0"?>${comment}<ExportPackage />`));
    expect(read?.products).to.deep.equal(products);
  });

  it('is signed by one key alone', () => {
    const key = packageKeyOf(newPackageKey());
    const signature = key.sign('text');
    expect([
      isSignedBy(key.publicKey, 'text', signature),
      isSignedBy(key.publicKey, 'texts', signature),
      isSignedBy(packageKeyOf(newPackageKey()).publicKey, 'text', signature),
      isSignedBy('AAAA', 'text', signature),
    ]).to.deep.equal([true, false, false, false]);
    expect(key.fingerprint).to.match(/^[0-9a-f]{64}$/);
  });
});

describe('A record of a package', () => {
  it('comes in pieces of which none is long, and is read back whole', () => {
    const identity = { updateId: guidOf(1), revisionNumber: 2 };
    const xml = Buffer.from('<é/>'.repeat(200_000));
    const pieces = [...packageRecord(identity, xml)].map((piece) => Buffer.from(piece));
    expect(Math.max(...pieces.map((piece) => piece.length))).to.be.at.most(256 * 1024);
    const records = new PackageRecords();
    expect(pieces.flatMap((piece) => records.add(piece))).to.deep.equal([{ identity, xml }]);
    records.end();
  });
});

async function whole(pieces: AsyncGenerator<Buffer, void, undefined>): Promise<Buffer> {
  const all: Buffer[] = [];
  for await (const piece of pieces) all.push(Buffer.from(piece));
  return Buffer.concat(all);
}
