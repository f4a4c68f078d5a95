import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { Agent, request } from 'undici';
import { ContentDownloader } from '../../server/upstream/ContentDownloader.js';
import { contentAddress, trustedAddress } from '../../server/upstream/contentAddress.js';
import { decodeText } from '../../server/metadata/decodeText.js';
import type { ContentFile } from '../../server/upstream/Source.js';
import { SHORT_WRITES } from '../fixtures/shortWrites.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { Cleanup, failure, makeSource, NEVER, startHttp, startUpstream } from './harness.js';
import { guid, memoryCatalogue } from './memoryCatalogue.js';

const TEXT = Buffer.from('I agree');
const SHA1 = createHash('sha1').update(TEXT).digest();
const IDENTITY = { updateId: guid(1), revisionNumber: 1 };
const FILE: ContentFile = { identity: IDENTITY, fileName: 'eula.TXT', digest: SHA1.toString('base64') };

describe('Content files', () => {
  const cleanup = new Cleanup();
  afterEach(async () => cleanup.run());
  const folder = temporaryFolder();
  const serving = async (bytes: Uint8Array | undefined): Promise<string> => {
    const catalogue = {
      ...memoryCatalogue(2),
      contentFile: async (sha1: string) => Promise.resolve(sha1 === SHA1.toString('hex') ? bytes : undefined),
    };
    return (await startUpstream(cleanup, { catalogue })).url;
  };

  it('have the address that WSUS gives them', () => {
    const hex = SHA1.toString('hex').toUpperCase();
    expect(contentAddress(new URL('http://wsus.test:8530/'), FILE).href).to.equal(
      `http://wsus.test:8530/Content/${hex.slice(-2)}/${hex}.TXT`,
    );
  });

  it('are fetched only from the upstream itself and from Microsoft', () => {
    const base = new URL('http://wsus.test:8530/');
    const allowed = [
      'http://wsus.test:8530/x.txt',
      'http://download.windowsupdate.com/a.txt',
      'https://dl.delivery.mp.microsoft.com/a.txt',
    ];
    const refused = [
      'http://wsus.test/x.txt',
      'http://169.254.169.254/latest',
      'file:///etc/passwd',
      'http://evilmicrosoft.com/',
      'http://microsoft.com.evil.test/',
      'x',
    ];
    for (const address of allowed) expect(trustedAddress(base, address)?.href, address).to.equal(address);
    for (const address of refused) expect(trustedAddress(base, address), address).to.equal(undefined);
  });

  it('come from the content folder of the server role, verified', async () => {
    const { source } = makeSource(cleanup, { url: await serving(TEXT) });
    expect(Buffer.from(await source.fetchFile(FILE, NEVER)).toString()).to.equal('I agree');
  });

  it('that are others than announced, or nowhere, are refused', async () => {
    const corrupt = makeSource(cleanup, { url: await serving(Buffer.from('something else')) }).source;
    expect((await failure(corrupt.fetchFile(FILE, NEVER))).errorId).to.equal('ContentCorrupt');
    const missing = makeSource(cleanup, { url: await serving(undefined) }).source;
    expect(
      (await failure(missing.fetchFile({ ...FILE, identity: memoryCatalogue(2).identities[0] ?? IDENTITY }, NEVER)))
        .errorId,
    ).to.equal('ContentMissing');
  });

  it('end when they are cancelled', async () => {
    const url = await startHttp(cleanup, () => undefined);
    const stop = new AbortController();
    const fetching = failure(makeSource(cleanup, { url }).source.fetchFile(FILE, stop.signal));
    stop.abort();
    expect((await fetching).errorId).to.equal('Cancelled');
  });

  it('of any size are whole on a disk that takes a part of what it is given', async () => {
    const url = await startHttp(cleanup, (_request, response) => response.end(TEXT));
    const target = path.join(folder(), 'saved');
    const downloader = new ContentDownloader({
      dispatcherFor: () => new Agent(),
      proxyFor: () => undefined,
      idleMs: 60_000,
      files: SHORT_WRITES,
    });
    cleanup.add(async () => downloader.close());
    await downloader.download({ file: { ...FILE, size: TEXT.length }, urls: [new URL(url)], target }, NEVER);
    expect(fs.readFileSync(target, 'utf8')).to.equal('I agree');
  });

  it('are served in any letter case, to GET and HEAD only', async () => {
    const url = await serving(TEXT);
    const path = `/content/${SHA1.toString('hex').slice(-2)}/${SHA1.toString('hex')}.txt`;
    const ask = async (method: 'GET' | 'HEAD' | 'POST', where = path): Promise<[number, string]> => {
      const answer = await request(url + where, { method });
      return [answer.statusCode, await answer.body.text()];
    };
    expect(await ask('GET')).to.deep.equal([200, 'I agree']);
    expect(await ask('HEAD')).to.deep.equal([200, '']);
    expect((await ask('POST'))[0]).to.equal(405);
    expect((await ask('GET', '/Content/00/0000000000000000000000000000000000000000.txt'))[0]).to.equal(404);
    expect((await ask('GET', '/Content/00/../../etc/passwd'))[0]).to.equal(404);
  });

  it('are read as text in the encodings that Microsoft uses', () => {
    expect(decodeText(Buffer.from('caf\u00e9'))).to.equal('caf\u00e9');
    expect(decodeText(Buffer.from('\ufeffcaf\u00e9'))).to.equal('caf\u00e9');
    expect(decodeText(Buffer.from('\ufeffcaf\u00e9', 'utf16le'))).to.equal('caf\u00e9');
    expect(decodeText(Buffer.from('caf\u00e9', 'latin1'))).to.equal('caf\u00e9');
  });
});
