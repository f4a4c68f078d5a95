import { expect } from 'chai';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { request } from 'undici';
import { parseFault } from '../../server/wire/fault.js';
import type { Cookie } from '../../server/wire/getCookie.js';
import { repetitions } from '../fixtures/repetitions.js';
import { Cleanup, startUpstream } from '../upstream/harness.js';
import { type RequestSample, requestSamples } from '../wire/requestSamples.js';
import { cookieOf } from './cookieOf.js';

/** Processor time of this process: time on the clock says little on a busy machine. */
const MOST_CPU_MS = 400;

const FORGED: Cookie = { expiration: '2099-01-01T00:00:00Z', encryptedData: Buffer.alloc(80, 7).toString('base64') };

/** What makes nearly four megabytes costly to read. */
const BOMBS: Readonly<Record<string, string>> = {
  'empty elements': '<a/>'.repeat(980_000),
  'elements in each other': `${'<a>'.repeat(560_000)}${'</a>'.repeat(560_000)}`,
  ampersands: '&'.repeat(3_900_000),
  references: '&amp;'.repeat(780_000),
  'comments in a text': '<!---->'.repeat(560_000),
  'sections in a text': '<![CDATA[]]>'.repeat(325_000),
  instructions: '<?a?>'.repeat(780_000),
  attributes: `<a ${'b="" '.repeat(780_000)}/>`,
  'name spaces': `<a ${Array.from({ length: 200_000 }, (_, at) => `xmlns:n${at}="u"`).join(' ')}/>`,
  'one long name': `<${'a'.repeat(1_900_000)}></${'a'.repeat(1_900_000)}>`,
  'one long attribute': `<a b="${'c'.repeat(3_900_000)}"/>`,
  'white space': ' '.repeat(3_900_000),
  'blank lines': '\r\n'.repeat(1_950_000),
};

/** All in a soak run, else a fifth, each time another one. */
function everyFifth<Item>(items: readonly Item[], at: number): readonly Item[] {
  const part = repetitions(5, 1);
  return items.filter((_, index) => index % part === at % part);
}

describe('the work that a request makes is limited', () => {
  const cleanup = new Cleanup();
  let url: string;
  let lines: readonly string[];
  beforeEach(async () => {
    ({ url, log: lines } = await startUpstream(cleanup));
  });
  afterEach(async () => cleanup.run());

  async function ask({ path }: Pick<RequestSample, 'path'>, body: Uint8Array): Promise<string> {
    const headers = { 'content-type': 'text/xml', 'content-encoding': 'gzip' };
    const answer = await request(`${url}/${path}`, { method: 'POST', body, headers });
    const bytes = Buffer.from(await answer.body.arrayBuffer());
    return answer.statusCode === 500 ? (parseFault(bytes)?.errorCode ?? 'no fault') : String(answer.statusCode);
  }

  for (const [at, [title, bomb]] of Object.entries(BOMBS).entries()) {
    it(`${title}: with a forged cookie and with a good one`, async () => {
      // Packed by itself once: the parts of a packed body follow each other.
      const packed = gzipSync(bomb);
      for (const cookie of [FORGED, await cookieOf(url)])
        for (const [name, sample] of everyFifth(Object.entries(requestSamples(cookie)), at)) {
          const [head = '', tail = ''] = sample.bytes.toString().split(`</${name}>`);
          const body = Buffer.concat([gzipSync(head), packed, gzipSync(`</${name}>${tail}`)]);
          const before = process.cpuUsage();
          await ask(sample, body);
          const { user, system } = process.cpuUsage(before);
          expect((user + system) / 1000, name).to.be.lessThan(MOST_CPU_MS);
        }
      expect(lines.filter((line) => line.includes('failed'))).to.deep.equal([]);
    });
  }

  it('a cookie is looked at before what stands behind it is read', async () => {
    for (const [name, sample] of Object.entries(requestSamples(FORGED))) {
      if (!sample.bytes.includes(FORGED.encryptedData)) continue;
      const torn = Buffer.from(sample.bytes.toString().replace('</cookie>', '</cookie><torn'));
      expect(await ask(sample, gzipSync(torn)), name).to.equal('InvalidCookie');
    }
    const endless = requestSamples({ ...FORGED, encryptedData: 'A'.repeat(3_000_000) })[
      'GetConfigData'
    ] as RequestSample;
    expect(await ask(endless, gzipSync(endless.bytes))).to.equal('InvalidCookie');
  });

  it('the largest honest requests are read: thousands of categories, hundreds of servers below', async () => {
    const samples = requestSamples(await cookieOf(url));
    const grown = (name: string, entry: RegExp, times: number): Buffer =>
      Buffer.from((samples[name]?.bytes ?? '').toString().replace(entry, (one) => one.repeat(times)));
    const lists = grown('GetRevisionIdList', /<IdAndDelta>.*?<\/IdAndDelta>/, 8000);
    const report = grown(
      'RollupDownstreamServers',
      /<DownstreamServerRollupInfo>.*<\/DownstreamServerRollupInfo>/,
      900,
    );
    expect(await ask(samples['GetRevisionIdList'] as RequestSample, gzipSync(lists))).to.equal('200');
    expect(await ask(samples['RollupDownstreamServers'] as RequestSample, gzipSync(report))).to.equal('200');
  });

  it('a header of SOAP is passed over, and refused where it is deep', async () => {
    const sample = requestSamples(await cookieOf(url))['GetConfigData'] as RequestSample;
    const headed = (deep: number): Buffer => {
      const header = `<s:Header>${'<a>'.repeat(deep)}${'</a>'.repeat(deep)}</s:Header><s:Body>`;
      return gzipSync(sample.bytes.toString().replace('<s:Body>', header));
    };
    expect(await ask(sample, headed(20))).to.equal('200');
    const before = process.cpuUsage();
    expect(await ask(sample, headed(40_000))).to.equal('InvalidParameters');
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1000).to.be.lessThan(MOST_CPU_MS);
  });

  it('a body that is cut off is no failure of ours', async () => {
    const { path, bytes } = requestSamples(FORGED)['GetConfigData'] as RequestSample;
    const stop = new AbortController();
    const body = new Readable({ read: () => undefined });
    body.push(bytes.subarray(0, 100));
    setImmediate(() => stop.abort());
    await request(`${url}/${path}`, { method: 'POST', body, signal: stop.signal }).catch(() => undefined);
    expect(await ask({ path }, gzipSync(bytes))).to.equal('InvalidCookie');
    expect(lines.filter((line) => line.includes('failed'))).to.deep.equal([]);
  });
});
