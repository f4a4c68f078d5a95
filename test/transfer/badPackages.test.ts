import { expect } from 'chai';
import fc from 'fast-check';
import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';
import { readPackageManifest } from '../../server/transfer/packageManifest.js';
import { CATEGORIES, update } from '../engine/catalogue.js';
import { repetitions } from '../fixtures/repetitions.js';
import { guidOf, updateDocumentText } from '../fixtures/updateDocuments.js';
import { caughtFrom } from '../rpc/caught.js';
import { cabinetOf, listed, manifestXml, record } from './packageFile.js';
import { twoSites } from './twoSites.js';

const ID = guidOf(1);
const manifest = manifestXml(listed(ID, 1));
const good = record(ID, 1, updateDocumentText({ id: ID }));
const gzipped = (text: string): Buffer => zlib.gzipSync(text);
const inGzip = (metadata: string): string =>
  manifest.replace('</ExportPackage>', `<Metadata>${metadata}</Metadata></ExportPackage>`);
const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\r', '&#13;');

describe('Packages that cannot be used', () => {
  const sites = twoSites();
  const write = (bytes: Uint8Array): string => {
    const file = path.join(sites().folder, 'bad.cab');
    fs.writeFileSync(file, bytes);
    return file;
  };
  const reasonFor = async (bytes: Uint8Array): Promise<string> => {
    const error = await caughtFrom(sites().b.beginImport(write(bytes), { force: true }));
    expect(error.errorId).to.equal('PackageInvalid');
    expect([await sites().b.database.counts(), sites().b.runner.current]).to.deep.equal([
      { revisions: 0, categories: 0, softwareUpdates: 0 },
      undefined,
    ]);
    return error.message;
  };

  it('says by name what is no export', async () => {
    const vendor = '<?xml version="1.0"?><SystemsManagementCatalog xmlns="http://schemas.microsoft.com/x"/>';
    const scan = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`package${index}.cab`, 'x']));
    const kinds: readonly (readonly [Uint8Array, RegExp])[] = [
      [cabinetOf({ 'Vendor.xml': vendor, 'V3\\a.cab': 'x' }), /bad\.cab is a third-party update catalogue/],
      [Buffer.from(vendor, 'utf16le'), /third-party update catalogue/],
      [cabinetOf({ 'index.xml': '<x/>', 'package.cab': 'x', ...scan }), /offline scan \(wsusscn2\.cab\)/],
      [cabinetOf({ 'package.xml': '<OfflineSyncPackage a="1"/>' }), /offline scan \(wsusscn2\.cab\)/],
      [cabinetOf({ 'update.mum': '<x/>' }), /the file of a single update/],
    ];
    for (const [bytes, expected] of kinds) {
      const error = await caughtFrom(sites().b.beginImport(write(bytes), { force: true }));
      expect(error.errorId, String(expected)).to.equal('PackageForeign');
      expect(error.message).to.match(expected);
    }
  });

  const cases: Record<string, { bytes: () => Uint8Array; reason: RegExp }> = {
    'an empty file': { bytes: () => Buffer.alloc(0), reason: /neither a cabinet nor a gzip/ },
    'another file under its name': {
      bytes: () => Buffer.from('%PDF-1.4 a document'),
      reason: /neither a cabinet nor a gzip/,
    },
    'a member that leads elsewhere': {
      bytes: () => cabinetOf({ 'package.xml': manifest, 'metadata.txt': good, '..\\..\\evil.dll': 'x' }),
      reason: /points outside/,
    },
    'very many members': {
      bytes: () => cabinetOf(Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`m${index}`, 'x']))),
      reason: /it has 40 members/,
    },
    'little that unpacks to much': {
      bytes: () => gzipped(inGzip('').replace('<Updates>', `${' '.repeat(160 * 1024 * 1024)}<Updates>`)),
      reason: /unpacks to more than 400 times/,
    },
    'another cabinet': {
      bytes: () => cabinetOf({ 'a.xml': '<a/>', b: 'x' }),
      reason: /no member package.xml, only a.xml, b/,
    },
    'a gzip of something else': { bytes: () => gzipped('<html/>'), reason: /no Metadata element/ },
    'a gzip that is cut': {
      bytes: () => gzipped(inGzip(escaped(good))).subarray(0, -20),
      reason: /cannot be unpacked/,
    },
    'a gzip with something behind': {
      bytes: () => gzipped(`${inGzip(escaped(good))}<more/>`),
      reason: /does not end correctly/,
    },
    'entities of its own': {
      bytes: () => gzipped(inGzip(`${escaped(good)}&lol;`)),
      reason: /a reference that is not valid/,
    },
    'entities in package.xml': {
      bytes: () =>
        cabinetOf({ 'package.xml': manifest.replace('ServerID="A86', 'ServerID="&lol;A86'), 'metadata.txt': good }),
      reason: /not well-formed/,
    },
    'a time that is none': {
      bytes: () =>
        cabinetOf({ 'package.xml': manifest.replace('2026-01-02T03:04:05Z', 'yesterday'), 'metadata.txt': good }),
      reason: /yesterday is not a valid time of creation/,
    },
    'a protocol of another age': {
      bytes: () => cabinetOf({ 'package.xml': manifest.replace('"1.20"', '"2.0"'), 'metadata.txt': good }),
      reason: /protocol version 2\.0/,
    },
    'documents of which none can be read': {
      bytes: () => cabinetOf({ 'package.xml': manifest, 'metadata.txt': record(ID, 1, '<!DOCTYPE x><x/>') }),
      reason: /none of its documents can be read/,
    },
    'a description that is none': {
      bytes: () =>
        cabinetOf({
          'package.xml': manifest.replace('<ExportPackage', '<!-- ConfigMgrSync {"version":1} --><ExportPackage'),
          'metadata.txt': good,
        }),
      reason: /comment of ConfigMgrSync in package.xml/,
    },
  };
  for (const [what, { bytes, reason }] of Object.entries(cases)) {
    it(`refuses ${what}, and changes nothing`, async () => {
      expect(await reasonFor(bytes())).to.match(reason);
    });
  }

  it('refuses a package that lists more updates than there can be', async () => {
    const bytes = Buffer.from(manifestXml([1, 2, 3].map((number) => listed(guidOf(number), 1)).join('')));
    const outcome = await readPackageManifest(bytes, 2).then(
      () => 'read',
      (error: unknown) => String(error),
    );
    expect(outcome).to.contain('lists more than 2 updates');
  });

  it('refuses tiny records beyond those that are listed at the first of them', async () => {
    expect(
      await reasonFor(
        cabinetOf({ 'package.xml': manifest, 'metadata.txt': good + record(guidOf(9), 1, '').repeat(300_000) }),
      ),
    ).to.contain('which package.xml does not list');
  });

  it(
    'always refuses an own cabinet of which a bit is turned or the end is missing, or brings the same ' + 'documents',
    async () => {
      const { a, b, folder } = sites();
      a.source.put(...CATEGORIES, ...Array.from({ length: 40 }, (_, index) => update(index + 1)));
      await a.set({ addProduct: ['Windows 11'], addUpdateClassification: ['Security Updates'] });
      await a.sync();
      await a.export(path.join(folder, 'a.cab'));
      const original = fs.readFileSync(path.join(folder, 'a.cab'));
      const documents = (await b.inspect(write(original))).Documents;
      await fc.assert(
        fc.asyncProperty(fc.nat(original.length * 8 - 1), fc.boolean(), async (bit, isCut) => {
          const damaged = isCut ? original.subarray(0, bit >> 3) : Buffer.from(original);
          if (!isCut) damaged[bit >> 3] = (damaged[bit >> 3] ?? 0) ^ (1 << (bit & 7));
          // Bits that mean nothing (dates, attributes) leave it as it was.
          const found = await b.inspect(write(damaged)).then(
            (shown) => shown.Documents,
            (error: unknown) => (error as { errorId?: string }).errorId,
          );
          expect(found).to.be.oneOf(isCut ? ['PackageInvalid'] : ['PackageInvalid', documents]);
        }),
        { numRuns: repetitions(30, 2000), seed: 11 },
      );
    },
  );
});

describe('Updates of a package that cannot be used', () => {
  const sites = twoSites();

  it('are listed and left out; the others come', async () => {
    const { b, folder } = sites();
    const documents = {
      [guidOf(1)]: updateDocumentText({ id: guidOf(1) }),
      [guidOf(2)]: '<broken>',
      [guidOf(3)]: updateDocumentText({ id: guidOf(3), bundles: [{ id: guidOf(1), revision: 1 }] }),
      [guidOf(4)]: updateDocumentText({ id: guidOf(4), bundles: [{ id: guidOf(99), revision: 1 }] }),
      [guidOf(5)]: updateDocumentText({ id: guidOf(5), bundles: [{ id: guidOf(4), revision: 1 }] }),
      [guidOf(6)]: updateDocumentText({ id: guidOf(6), prerequisites: [guidOf(98)] }),
    };
    const file = path.join(folder, 'a.cab');
    fs.writeFileSync(
      file,
      cabinetOf({
        'package.xml': manifestXml(
          Object.keys(documents)
            .map((id) => listed(id, 1))
            .join(''),
        ),
        'metadata.txt': Object.entries(documents)
          .map(([id, xml]) => record(id, 1, xml))
          .join(''),
      }),
    );
    expect((await b.inspect(file)).Problems.map(({ UpdateID, ErrorId }) => [UpdateID, ErrorId])).to.deep.equal([
      [guidOf(2), 'MetadataInvalid'],
      [guidOf(4), 'DependencyNotFound'],
      [guidOf(5), 'DependencyNotFound'],
    ]);
    const run = await b.import(file);
    expect([run.State, run.Counts.Failed, run.Counts.DocumentsFetched]).to.deep.equal(['Succeeded', 3, 3]);
    expect(run.FailedUpdates[1]?.Reason).to.contain(
      `needs ${guidOf(99)}.1, which neither the package nor this site has`,
    );
  });
});
