import fs from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import type { Package, Run } from '../../server/contract/generated/types.js';
import { RealSite } from '../process/RealSite.js';
import { describeWithRealCatalogue } from './realCatalogue.js';

describeWithRealCatalogue('Export and import at the command line, in their real processes', (real) => {
  let site: RealSite;
  const at = (name: string): string => path.join(site.home, name);
  const transfer = (): string[] => fs.readdirSync(path.join(site.site.path, 'Transfer'));
  beforeEach(async () => {
    site = await RealSite.make();
  });
  afterEach(async () => site.remove());

  it('carries the files, refuses what is there already, and leaves nothing in between', async () => {
    fs.copyFileSync(real, at('wsus.cab'));
    fs.chmodSync(at('wsus.cab'), 0o444);
    const looked = await site.cli(['import', '--path', at('wsus.cab'), '--what-if', '--json']);
    expect((JSON.parse(looked.out) as Package).Documents).to.equal(4125);
    const imported = await site.cli(['import', '--path', at('wsus.cab'), '--json']);
    expect([imported.code, (JSON.parse(imported.out) as Run).State]).to.deep.equal([0, 'Succeeded']);
    const written = JSON.parse(
      (await site.cli(['export', '--path', at('out.cab'), '--include-content-list', '--json'])).out,
    ) as Package;
    expect([written.Path, written.Size, written.ContentList]).to.deep.equal([
      at('out.cab'),
      fs.statSync(at('out.cab')).size,
      at('out.cab.content.csv'),
    ]);
    expect(
      fs
        .readdirSync(site.home)
        .filter((name) => name.startsWith('out'))
        .sort(),
    ).to.deep.equal(['out.cab', 'out.cab.content.csv', 'out.cab.manifest.json']);
    const again = await site.cli(['export', '--path', at('out.cab')]);
    expect([again.code, again.err.includes('PackageExists')]).to.deep.equal([1, true]);
    expect((await site.cli(['export', '--path', at('out.cab'), '--since', '1', '--force'])).code).to.equal(0);
    expect(transfer()).to.deep.equal([]);
  });

  it('says in its own words what is wrong with a file or a place', async () => {
    const code = async (...args: string[]): Promise<[number, string]> => {
      const { code: exit, err } = await site.cli(args);
      return [exit, /^(\w+):/m.exec(err)?.[1] ?? ''];
    };
    fs.writeFileSync(at('bad.cab'), 'MSCF');
    expect(await code('import', '--path', at('bad.cab'))).to.deep.equal([1, 'PackageInvalid']);
    expect(await code('import', '--path', at('missing.cab'))).to.deep.equal([1, 'PackageInvalid']);
    expect(await code('import', '--path', site.home)).to.deep.equal([1, 'PackageInvalid']);
    expect(await code('export', '--path', at('no/such/folder/a.cab'))).to.deep.equal([1, 'PackageWriteFailed']);
    expect(await code('export', '--path', at('a.zip'))).to.deep.equal([2, 'InvalidRequest']);
    expect(await code('export', '--path', at('a.cab'))).to.deep.equal([1, 'CatalogueEmpty']);
    expect(transfer()).to.deep.equal([]);
  });

  it('survives a kill of the engine: what was committed stays, and the next import brings the rest', async () => {
    const client = site.client();
    let killed = false;
    client.onProgress((progress) => {
      if (progress.RunId !== 1 || killed || progress.Processed < 300 || progress.Processed >= 4000) return;
      killed = true;
      process.kill(site.engineId, 'SIGKILL');
    });
    const { forwardRequest } = await import('../../server/relay/forwardRequest.js');
    const { run } = (await forwardRequest(client, {
      method: 'catalog/import',
      params: { requestId: '00000000-0000-4000-8000-000000000001', path: real },
    })) as { run: Run };
    await client.request('run/watch', { id: run.Id });
    const ended = (await client.request('run/wait', { id: run.Id })).run;
    expect([killed, ended.State, ended.ErrorId]).to.deep.equal([true, 'Failed', 'EngineStopped']);
    expect(transfer()).to.have.length(1);
    const next = JSON.parse((await site.cli(['import', '--path', real, '--json'])).out) as Run;
    expect(next.State).to.equal('Succeeded');
    expect(next.Counts.DocumentsFetched).to.be.within(1, 4125 - 300);
  });
});
