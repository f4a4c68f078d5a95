import { expect } from 'chai';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { identityKey } from '../../server/metadata/UpdateIdentity.js';
import { openWsusPackage } from '../../server/transfer/openPackage.js';
import { skipBecause } from '../fixtures/skipBecause.js';
import { describeWithRealCatalogue } from './realCatalogue.js';
import { twoSites } from './twoSites.js';

describeWithRealCatalogue('the real export, imported and exported', (real) => {
  const sites = twoSites();

  it('comes with all its documents, and goes out as it came, as cabinet and as gzip', async () => {
    const { a, b, folder } = sites();
    const run = await a.import(real);
    expect([run.State, run.Requester, run.Kind, run.Counts.DocumentsFetched, run.Counts.Failed]).to.deep.equal([
      'Succeeded',
      'Import',
      'Full',
      4125,
      0,
    ]);
    expect((await a.database.counts()).revisions).to.equal(4125);
    expect(a.leftPackages()).to.deep.equal([]);
    const original = await documentsOf(real);
    for (const name of ['out.cab', 'out.xml.gz']) {
      const target = path.join(folder, name);
      const written = await a.export(target);
      expect([written.Documents, written.Updates, written.IsIncrement, written.Size]).to.deep.equal([
        4125,
        0,
        false,
        fs.statSync(target).size,
      ]);
      expect(await documentsOf(target)).to.deep.equal(original);
    }
    const second = await b.import(path.join(folder, 'out.xml.gz'));
    expect([second.State, second.Counts.DocumentsFetched]).to.deep.equal(['Succeeded', 4125]);
    await b.export(path.join(folder, 'again.cab'));
    expect(await documentsOf(path.join(folder, 'again.cab'))).to.deep.equal(original);
  });

  it('is read by an independent cabinet tool once we have written it', async function () {
    const { a, folder } = sites();
    await a.import(real);
    await a.export(path.join(folder, 'out.cab'));
    let listing: string;
    try {
      listing = execFileSync('cabextract', ['-q', '-d', path.join(folder, 'extracted'), path.join(folder, 'out.cab')], {
        encoding: 'utf8',
      });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') skipBecause(this, 'no cabextract on PATH');
      throw error;
    }
    expect(listing).to.equal('');
    expect(fs.readdirSync(path.join(folder, 'extracted')).sort()).to.deep.equal(['metadata.txt', 'package.xml']);
    const xml = fs.readFileSync(path.join(folder, 'extracted', 'package.xml'), 'utf8');
    expect(xml).to.match(
      /^\ufeff<\?xml version="1\.0" encoding="utf-8"\?><!-- ConfigMgrSync \{[^<>]*\} --><ExportPackage ServerID=/,
    );
    expect(fs.statSync(path.join(folder, 'extracted', 'metadata.txt')).size).to.equal(16_192_694);
  });
});

async function documentsOf(file: string): Promise<ReadonlyMap<string, string>> {
  const opened = await openWsusPackage(file);
  const found = new Map<string, string>();
  for await (const { identity, xml } of opened.documents())
    found.set(identityKey(identity), createHash('sha256').update(xml).digest('hex'));
  await opened.close();
  return found;
}
