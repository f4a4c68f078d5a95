import { expect } from 'chai';
import fs from 'node:fs';
import { join } from 'node:path';
import { giveFolder } from '../../server/platform/accounts/giveFolder.js';
import { realSiteEnvironment } from '../../server/site/SiteFolder.js';
import type { SiteFolder } from '../../server/site/SiteFolder.js';
import { createSite } from '../../server/site/createSite.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { caughtFrom } from '../rpc/caught.js';

const isPossible = process.getuid?.() === 0 && process.platform === 'linux';
const because = isPossible ? '' : ' (skipped: giving a folder away needs Linux and root)';
const [NOBODY, ROOT] = [65_534, 0];

(isPossible ? describe : describe.skip)(`service: the folder that is given to an account${because}`, () => {
  const folder = temporaryFolder();
  let site: SiteFolder;
  beforeEach(async () => {
    site = await createSite({ requestId: 'r', siteCode: 'ABC', path: join(folder(), 'ABC') }, realSiteEnvironment());
  });

  const give = async (id: number): Promise<void> => {
    const account = { name: String(id), id: String(id), groupId: id };
    return giveFolder(site, { account, keepsGroup: false });
  };
  const mode = (path: string): string => (fs.statSync(path).mode & 0o7777).toString(8);

  it('is given with all that is in it; where a link or a second name is in it nothing changes', async () => {
    const outside = join(folder(), 'outside');
    fs.writeFileSync(outside, 'x');
    const put = join(site.path, 'Logs', 'put');
    for (const [way, reason] of [
      [() => fs.symlinkSync(outside, put), 'holds only files and folders'],
      [() => fs.linkSync(outside, put), 'has a second hard link elsewhere'],
    ] as const) {
      way();
      expect((await caughtFrom(give(NOBODY))).message).to.contain(reason);
      expect([fs.statSync(outside).uid, fs.statSync(site.path).uid, mode(site.path)]).to.deep.equal([
        ROOT,
        ROOT,
        '700',
      ]);
      fs.rmSync(put);
    }
    await give(NOBODY);
    const names = fs.readdirSync(site.path, { recursive: true }).map(String);
    for (const name of ['', ...names]) expect(fs.statSync(join(site.path, name)).uid, name).to.equal(NOBODY);
  });

  it('brings no program along that takes over the rights of its owner, and no after-sync command', async () => {
    const program = join(site.path, 'documents', 'sh');
    fs.writeFileSync(program, '#!/bin/sh');
    fs.chmodSync(program, 0o6755);
    fs.chmodSync(join(site.path, 'Logs'), 0o3700);
    const voucher = join(site.path, 'aftersync.json');
    fs.writeFileSync(voucher, JSON.stringify({ format: 1, siteGuid: site.siteGuid, command: '/x', arguments: [] }));
    await give(NOBODY);
    expect([mode(program), mode(join(site.path, 'Logs'))]).to.deep.equal(['755', '2700']);
    expect([fs.readFileSync(voucher, 'utf8'), fs.statSync(voucher).uid]).to.deep.equal(['{}\n', NOBODY]);
    fs.chmodSync(program, 0o4755);
    await give(ROOT);
    expect([mode(program), fs.readFileSync(voucher, 'utf8')]).to.deep.equal(['755', '{}\n']);
    expect([program, voucher].map((file) => fs.statSync(file).uid)).to.deep.equal([ROOT, ROOT]);
  });

  it('is the one that was opened, whatever stands under its name by now', async () => {
    fs.renameSync(site.path, join(folder(), 'away'));
    fs.mkdirSync(site.path);
    fs.writeFileSync(join(site.path, 'file'), 'x');
    expect((await caughtFrom(give(NOBODY))).message).to.contain('another folder stands in its place now');
    expect([fs.statSync(site.path).uid, fs.readdirSync(site.path)]).to.deep.equal([ROOT, ['file']]);
  });
});
