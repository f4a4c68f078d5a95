import { expect } from 'chai';
import type { Health, Run } from '../../server/contract/generated/types.js';
import { catalogueFromGenerator } from '../../server/sample/catalogueFromGenerator.js';
import { readXml } from '../../server/xml/tree.js';
import { serveCatalogue } from '../downstream/Chain.js';
import { RealSite } from '../process/RealSite.js';
import { Cleanup } from '../upstream/harness.js';

const TITLE = '<script>alert(1)</script> & "quoted" \u202etext';

/** A site that serves, with one synchronization of a catalogue whose first update has a hostile title. */
describe('the status page of a site that serves', function () {
  const cleanup = new Cleanup();
  let site: RealSite;
  let base: string;
  before(async () => {
    const catalogue = catalogueFromGenerator({ updates: 60, seed: 7 });
    site = await RealSite.make({ siteCode: 'PGE' });
    cleanup.add(async () => site.remove());
    await site.serve(['--port', '0']);
    base = site.heartbeat.address;
    const url = await serveCatalogue(cleanup, catalogue);
    await site.json('config', 'set', '--upstream', url, '--all-products', '--all-classifications');
    await site.json('sync');
    const [update] = await site.json<{ CI_UniqueID: string }[]>('updates');
    const text = TITLE.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
    catalogue.revise(update?.CI_UniqueID ?? '', (xml) => xml.replace(/<upd:Title>[^<]*/, `<upd:Title>${text}`));
    await site.json('sync');
  });
  after(async () => cleanup.run());

  const get = async (path: string, init: RequestInit = {}): Promise<Response> =>
    fetch(`${base.replace(/^https/, 'http')}${path}`, init);
  const read = async (path: string): Promise<string> => (await get(path)).text();

  it('begins with the sentence of health, and has a row for each software update point', async () => {
    const health = await site
      .json<Health>('health')
      .catch(async () => JSON.parse((await site.cli(['health', '--json'])).out) as Health);
    const page = await read('/');
    expect(page).to.include(`>${health.Summary}<`);
    for (const row of health.SoftwareUpdatePoints) expect(page).to.include(row.WSUSServerName);
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    expect(page).to.include(`Times are in ${timeZone} until`);
    expect((await site.cli(['report'])).out).to.include(`, times in ${timeZone}.`);
  });

  it('is whole markup at every address of its navigation', async () => {
    const paths = [...(await read('/')).matchAll(/<li><a href="([^"]+)"/g)].map(([, path = '']) => path);
    expect(paths).to.deep.equal(['/', '/runs', '/updates', '/categories', '/messages', '/log', '/settings']);
    const [update = ''] = /\/updates\/\d+/.exec(await read('/updates')) ?? [];
    for (const path of [
      ...paths,
      '/runs/1',
      '/runs/1?kind=New&product=*&severity=Critical',
      update,
      '/sites',
      '/log?run=1&severity=Information',
      '/updates?kb=KB1&severity=Critical',
    ]) {
      const response = await get(path);
      expect(response.status, path).to.equal(200);
      // A strict reader of XML takes the page, but for its first line and attributes without a value.
      const text = (await response.text())
        .replace('<!doctype html>', '')
        .replace(/ (defer|selected)(?=>)/g, ' $1="$1"');
      expect(readXml(Buffer.from(text.trim()), path).name, path).to.equal('html');
    }
  });

  it('shows runs with what they changed', async () => {
    const [run] = await site.json<Run[]>('run', 'list', '--newest', '1');
    expect(await read('/runs'))
      .to.include(`<a href="/runs/${run?.Id}">`)
      .and.to.include('<svg');
    expect(await read('/runs')).to.match(
      /after each synchronization: from \d+ to \d+\..*on the disk: from [\d.]+ KB to/s,
    );
    expect(await read(`/runs/${run?.Id}?kind=Revised`))
      .to.include('quoted')
      .and.to.match(/<dd>\d+ software updates; \d+ documents \([\d.]+ KB\); database [\d.]+ KB</);
    expect(await read(`/runs/${run?.Id}?kind=New`)).not.to.include('quoted');
  });

  it('shows titles as text, whatever is in them', async () => {
    const page = await read('/updates?name=*quoted*');
    expect(page).to.include('&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;quoted&quot; text');
    expect(page).not.to.include('<script>').and.not.to.include('\u202e');
    const [, id = ''] = /href="\/updates\/(\d+)"/.exec(page) ?? [];
    expect(await read(`/updates/${id}`)).to.include('<h1>&lt;script&gt;');
  });

  it('gives a page of updates as CSV', async () => {
    const response = await get('/updates.csv?name=*quoted*');
    expect(response.headers.get('content-type')).to.equal('text/csv; charset=utf-8');
    expect(await response.text()).to.match(/^\uFEFF?KB,Title,.*\r\n.*"<script>alert\(1\)<\/script> & ""quoted"" /);
  });

  it('has metrics that say what health says', async () => {
    const health = JSON.parse((await site.cli(['health', '--json'])).out) as Health;
    const response = await get('/metrics');
    expect(response.headers.get('content-type')).to.equal('application/openmetrics-text; version=1.0.0; charset=utf-8');
    const metrics = readMetrics(await response.text());
    expect(metrics.get('configmgrsync_health_status{site="PGE"}')).to.equal(health.ExitCode);
    const [row] = health.SoftwareUpdatePoints;
    const labels = `{site="PGE",server="${row?.WSUSServerName}"}`;
    expect(metrics.get(`configmgrsync_software_update_point_in_step${labels}`)).to.equal(Number(row?.InStep));
    expect(metrics.get(`configmgrsync_software_update_point_last_success_timestamp_seconds${labels}`)).to.equal(
      Date.parse(row?.LastSuccessfulSyncTime ?? '') / 1000,
    );
    const [run] = await site.json<Run[]>('run', 'list', '--newest', '1');
    expect(metrics.get('configmgrsync_synchronization_updates{site="PGE",kind="revised"}')).to.equal(
      run?.Counts.Revised,
    );
  });

  it('has a badge with the state and the sentence, and answers whether it is there and ready', async () => {
    const health = JSON.parse((await site.cli(['health', '--json'])).out) as Health;
    const badge = readXml(Buffer.from(await read('/badge.svg')), 'the badge');
    expect(badge.children.find((child) => child.name === 'title')?.text.trim()).to.equal(health.Summary);
    expect(await read('/badge.svg')).to.include(`>${health.Status}<`);
    expect(await read('/healthz')).to.equal('ok\n');
    expect(await read('/readyz')).to.equal('ready\n');
  });

  it('sends a policy that takes nothing from elsewhere and nothing inline', async () => {
    const { headers } = await get('/');
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy)
      .to.match(/^default-src 'none'; .*frame-ancestors 'none'/)
      .and.not.include('unsafe');
    expect(headers.get('cache-control')).to.equal('no-store');
    expect(await read('/')).not.to.match(/ style=| on[a-z]+=|<style/);
  });

  it('sends what is large compressed to whoever takes that, and plain to others', async () => {
    const coding = async (path: string, accepted: string): Promise<string | null> =>
      (await get(path, { headers: { 'accept-encoding': accepted } })).headers.get('content-encoding');
    for (const accepted of ['gzip', 'br;q=1.0, gzip;q=0.5', 'deflate, GZIP'])
      expect(await coding('/', accepted), accepted).to.equal('gzip');
    for (const accepted of ['identity', 'gzip;q=0', 'gzip;q=0.00, br', 'xgzip'])
      expect(await coding('/', accepted), accepted).to.equal(null);
    expect(await coding('/healthz', 'gzip')).to.equal(null);
    expect(await read('/')).not.to.match(/\n {2}/);
  });

  it('is read only, and says what it has not got', async () => {
    expect((await get('/', { method: 'POST' })).status).to.equal(405);
    expect((await get('/', { method: 'HEAD' })).status).to.equal(200);
    const events = await get('/events', { method: 'HEAD' });
    expect([events.status, events.headers.get('content-type'), await events.text()]).to.deep.equal([
      200,
      'text/event-stream; charset=utf-8',
      '',
    ]);
    // What a command would refuse is refused here too, before anything is looked for.
    for (const query of [`name=${'x'.repeat(2000)}`, `product=${'x'.repeat(600)}`])
      expect((await get(`/updates?${query}`)).status, query.slice(0, 9)).to.equal(400);
    expect((await get('/updates?product=**************z')).status).to.equal(200);
    for (const path of ['/runs/999', '/updates/99999999']) expect((await get(path)).status, path).to.equal(404);
    for (const path of ['/nothing', '/runs/x', '/constructor', '/..%2f..%2fetc'])
      expect((await get(path)).status, path).to.equal(404);
    for (const query of ['severity=Bad', 'from=2026-99-99', 'after=-1'])
      expect((await get(`/updates?${query}`)).status, query).to.equal(400);
  });

  it('answers nobody who comes through a proxy', async () => {
    const response = await get('/', { headers: { 'x-forwarded-for': '192.0.2.1' } });
    expect(response.status).to.equal(403);
    expect(await response.text()).to.match(/not shown through a proxy/);
    for (const path of ['/metrics', '/badge.svg', '/readyz', '/page.css'])
      expect((await get(path, { headers: { 'x-forwarded-for': '192.0.2.1' } })).status, path).to.equal(403);
    expect(await (await get('/healthz', { headers: { 'x-forwarded-for': '192.0.2.1' } })).text()).to.equal('ok\n');
  });
});

/** The samples of a text in OpenMetrics, each of a metric that was declared before; the text ends as it has to. */
function readMetrics(text: string): ReadonlyMap<string, number> {
  expect(text).to.match(/\n# EOF\n$/);
  const declared = new Set([...text.matchAll(/^# TYPE (\w+) gauge$/gm)].map(([, name]) => name));
  const samples = [...text.matchAll(/^(\w+)(\{[^}]*\}) (-?[\d.e+-]+)$/gm)];
  for (const [line, name] of samples) expect(declared.has(name), line).to.equal(true);
  expect(samples.length).to.equal(text.split('\n').filter((line) => line !== '' && !line.startsWith('#')).length);
  return new Map(samples.map(([, name = '', labels = '', value]) => [name + labels, Number(value)]));
}
