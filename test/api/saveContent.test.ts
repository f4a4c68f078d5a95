import { expect } from 'chai';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { ContentSaveRequest, ContentSaveResult } from '../../server/contract/generated/types.js';
import { isSafeFileName } from '../../server/platform/safeFileName.js';
import { newRequestId, testSite } from '../engine/TestSite.js';
import { update } from '../engine/catalogue.js';
import { rejectionOf } from '../fixtures/rejection.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';

const sha1 = (text: string): string => createHash('sha1').update(text).digest('base64');
const hex = (base64: string): string => Buffer.from(base64, 'base64').toString('hex').toUpperCase();
const file = (fileName: string, text: string): { fileName: string; digest: string; size: number } => ({
  fileName,
  digest: sha1(text),
  size: text.length,
});

describe('Saving the content of software updates', () => {
  const site = testSite();
  const elsewhere = temporaryFolder();
  let server: Server;
  let asked: string[] = [];
  const offered = new Map<string, string>();
  /** So many answers are 503 first. */
  let busy = 0;

  beforeEach(async () => {
    asked = [];
    offered.clear();
    busy = 0;
    server = createServer((request, response) => {
      asked.push(request.url ?? '');
      const text = offered.get(path.posix.basename(request.url ?? '').split('.')[0] ?? '');
      if (text === undefined) response.writeHead(404).end();
      else if (busy-- > 0) request.socket.destroy();
      else response.end(text);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    site().source.put(
      update(1, { files: [file('a.cab', 'first'), file('b.psf', 'second')] }),
      update(2, { files: [file('..\\evil.exe', 'evil')] }),
      update(3, { files: [file('de.cab', 'german')], languages: ['de'] }),
    );
    await site().sync();
    await site().set({
      synchronizeAction: 'SynchronizeFromAnUpstreamDataSourceLocation',
      upstreamSourceLocation: `http://127.0.0.1:${port}`,
    });
    for (const text of ['first', 'second', 'evil', 'german']) offered.set(hex(sha1(text)), text);
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const save = async (params: Partial<ContentSaveRequest>, signal?: AbortSignal): Promise<ContentSaveResult> =>
    site().service['content/save'](
      { requestId: newRequestId(), packageName: 'January', ...params },
      site().request(signal),
    );
  const statusesOf = async (params: Partial<ContentSaveRequest>): Promise<string[]> =>
    (await save(params)).files.map((saved) => `${saved.FileName} ${saved.Status} ${saved.ErrorId}`.trim());
  const inFolder = (): string[] =>
    fs
      .readdirSync(path.join(site().context.site.path, 'Packages', 'January'), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.\w+$/.test(name))
      .map((name) => path.basename(name))
      .sort();

  it('brings each file, verified, below the folder of the package, and goes on where it was', async () => {
    const { folder, files } = await save({ names: ['Update 1'] });
    expect(folder).to.equal(path.join(site().context.site.path, 'Packages', 'January'));
    expect(files.map((saved) => [saved.Status, fs.readFileSync(saved.Path, 'utf8')])).to.deep.equal([
      ['Saved', 'first'],
      ['Saved', 'second'],
    ]);
    fs.rmSync(files[0]?.Path ?? '');
    fs.writeFileSync(files[1]?.Path ?? '', 'wrong!');
    expect(await statusesOf({ names: ['Update 1'] })).to.deep.equal(['a.cab Saved', 'b.psf Saved']);
    expect(await statusesOf({ names: ['Update 1'] })).to.deep.equal(['a.cab Present', 'b.psf Present']);
    expect(asked).to.have.length(4);
    expect(inFolder()).to.deep.equal(['a.cab', 'b.psf']);
  });

  it('that is sent again gives its first answer and asks nobody', async () => {
    const requestId = newRequestId();
    const first = await save({ requestId, names: ['Update 1'] });
    fs.rmSync(first.folder, { recursive: true });
    expect(await save({ requestId, names: ['Update 1'] })).to.deep.equal(first);
    expect([asked.length, fs.existsSync(first.folder)]).to.deep.equal([2, false]);
  });

  it('names what fails, and brings the others', async () => {
    offered.delete(hex(sha1('first')));
    offered.set(hex(sha1('second')), 'sECOND');
    expect(await statusesOf({ names: ['Update 1', 'Update 3'] })).to.deep.equal([
      'a.cab Failed ContentMissing',
      'b.psf Failed ContentCorrupt',
      'de.cab Saved',
    ]);
    offered.set(hex(sha1('second')), 'second and far too much');
    expect(await statusesOf({ names: ['Update 1'] })).to.deep.equal([
      'a.cab Failed ContentMissing',
      'b.psf Failed ContentCorrupt',
    ]);
    expect(inFolder()).to.deep.equal(['de.cab']);
  });

  it('tries again as often as it is told', async () => {
    busy = 2;
    expect(await statusesOf({ names: ['Update 3'], retryCount: 1 })).to.deep.equal([
      'de.cab Failed UpstreamConnectionCut',
    ]);
    busy = 2;
    expect(await statusesOf({ names: ['Update 3'], retryCount: 2 })).to.deep.equal(['de.cab Saved']);
  });

  it('takes files from a folder first, by name or as a content folder, when they are the right ones', async () => {
    const name = hex(sha1('second'));
    fs.mkdirSync(path.join(elsewhere(), name.slice(-2)));
    fs.writeFileSync(path.join(elsewhere(), name.slice(-2), `${name}.psf`), 'second');
    fs.writeFileSync(path.join(elsewhere(), 'a.cab'), 'other');
    expect(await statusesOf({ names: ['Update 1'], location: elsewhere() })).to.deep.equal([
      'a.cab Saved',
      'b.psf Saved',
    ]);
    expect(asked).to.have.length(1);
  });

  it('leaves out other languages, and never writes outside the folder', async () => {
    expect(await statusesOf({ names: ['Update 3'], languages: ['English'] })).to.deep.equal([]);
    expect(await statusesOf({ names: ['Update 3'], languages: ['English', 'German'] })).to.deep.equal(['de.cab Saved']);
    expect(await rejectionOf(save({ names: ['Update 3'], languages: ['Klingon'] }))).to.equal('UnknownLanguage');
    await save({ names: ['Update 2'] });
    expect(inFolder()).to.deep.equal([`${hex(sha1('evil'))}.exe`, 'de.cab'].sort());
    for (const packageName of ['..', 'a/b', 'a\\b', 'nul', 'x.', '.hidden'])
      expect(await rejectionOf(save({ names: ['Update 1'], packageName })), packageName).to.equal(
        'ContradictoryParameters',
      );
    expect(['a', 'Juli 2024', 'größe.cab', 'console'].map(isSafeFileName)).to.deep.equal([true, true, true, true]);
  });

  it('ends when it is cancelled', async () => {
    expect(await rejectionOf(save({ names: ['Update 1'] }, AbortSignal.abort()))).to.equal('Cancelled');
  });
});
