import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import type { Alert } from '../../server/contract/generated/types.js';
import { packageVersion } from '../../server/platform/packageFolder.js';
import { catalogueFromGenerator } from '../../server/sample/catalogueFromGenerator.js';
import { serveCatalogue } from '../downstream/Chain.js';
import { reportedStatus, reportingChild } from '../link/reportingChild.js';
import { RealSite } from '../process/RealSite.js';
import { skipSuite } from '../powershell/skipSuite.js';
import { Cleanup } from '../upstream/harness.js';
import { findBrowser, findings, openBrowser, visitor } from './Browser.js';

const program = findBrowser();

/** There every view is looked at in every pair of a colour and a width, otherwise each in one of two. */
const isSoak = process.env['CONFIGMGRSYNC_TEST_SOAK'] === '1';

/** A title that would do something where it is not shown as text. */
const TITLE = '<img src=x onerror=alert(1)> \u202eeltit "quoted"';

/** Pixels of the width of A4. */
const PAPER = 794;

const WHY = 'The disk is full.';

/** A site below that has failed, with its alert as its parent hears of it. */
async function joinFailedChild(cleanup: Cleanup, site: RealSite): Promise<void> {
  const [alert] = await site.json<Alert[]>('alerts');
  const failed = reportedStatus('CHB', {
    LastSyncState: 6703,
    LastSyncStateName: 'WSUS synchronization failed',
    LastSyncStateTime: new Date().toISOString(),
    LastSyncErrorId: 'StoreWriteFailed',
    LastSyncErrorMessage: WHY,
    MeanDurationSeconds: 3,
    DurationDeviationSeconds: 0.5,
  });
  const link = await reportingChild({
    token: await site.token(),
    siteCode: 'CHB',
    version: packageVersion(),
    report: {
      statuses: [failed],
      sites: [],
      alerts: [{ ...alert!, Name: 'Failed', SourceSiteCode: 'CHB', RootCauseMessage: WHY }],
    },
  });
  cleanup.add(async () => link.close());
}

describe('the status page in a browser', function () {
  const cleanup = new Cleanup();
  let browser: Browser;
  let base: string;
  let paths: readonly string[];
  /** Synchronizes with the upstream that answers, but gives no list before this is kept. */
  let synchronize: (isSeen: Promise<unknown>) => Promise<unknown>;

  before(async function () {
    if (program === undefined) {
      skipSuite(this, 'There is no Chromium on this machine.');
      return;
    }
    const site = await RealSite.make({ siteCode: 'PGB' });
    cleanup.add(async () => site.remove());
    await site.serve(['--port', '0']);
    base = site.heartbeat.address.replace(/^https/, 'http');
    const catalogue = catalogueFromGenerator({ updates: 40, seed: 7 });
    const url = await serveCatalogue(cleanup, catalogue);
    await site.json('config', 'set', '--upstream', url, '--all-products', '--all-classifications');
    await site.json('sync');
    const [update] = await site.json<{ CI_UniqueID: string }[]>('updates');
    const text = TITLE.replaceAll('<', '&lt;');
    catalogue.revise(update?.CI_UniqueID ?? '', (xml) => xml.replace(/<upd:Title>[^<]*/, `<upd:Title>${text}`));
    await site.json('sync');
    // The next one fails: the port is closed.
    await site.json('config', 'set', '--upstream', 'http://localhost:9');
    await site.cli(['sync']);
    synchronize = async (isSeen) => {
      const list = catalogue.listRevisions.bind(catalogue);
      catalogue.listRevisions = async (filter) => isSeen.then(async () => list(filter));
      await site.json('config', 'set', '--upstream', url);
      return site.json('sync', '--full-sync');
    };
    await joinFailedChild(cleanup, site);
    const [{ CI_ID: id } = { CI_ID: 0 }] = await site.json<{ CI_ID: number }[]>('updates', '--name', '*quoted*');
    const numbered = ['/runs/1', '/runs/3', `/updates/${id}`];
    paths = ['/', '/sites', '/runs', '/updates', '/categories', '/messages', '/log', '/settings', ...numbered];
    browser = await openBrowser(program);
    cleanup.add(async () => browser.close());
  });
  after(async () => cleanup.run());

  /** The first thing that the keyboard comes to is the link past the navigation. */
  const passNavigation = async (page: Page, path: string): Promise<void> => {
    const focused = 'document.activeElement.id || document.activeElement.getAttribute("href")';
    await page.keyboard.press('Tab');
    expect(await page.evaluate(focused), path).to.equal('#content');
    expect(await page.evaluate('document.activeElement.getBoundingClientRect().left >= 0'), path).to.equal(true);
    await page.keyboard.press('Enter');
    expect(await page.evaluate(focused), path).to.equal('content');
  };

  /** Views in turn. */
  const eachView = async (
    page: Page,
    look: (path: string) => Promise<void>,
    views: readonly string[],
  ): Promise<void> => {
    for (const path of views) {
      const response = await page.goto(base + path);
      expect(response?.status(), path).to.equal(200);
      await look(path);
    }
  };

  for (const colorScheme of ['light', 'dark'] as const)
    for (const width of [390, 1440].filter((wide) => isSoak || (wide === 390) === (colorScheme === 'light')))
      it(`has nothing that axe-core finds, ${colorScheme}, ${width} pixels wide, fits, goes by keys`, async () => {
        const { page, complaints } = await visitor(browser, { colorScheme, viewport: { width, height: 900 } });
        const views = paths.filter((_path, index) => isSoak || index % 2 === Number(width === 390));
        const look = async (path: string): Promise<void> => {
          expect(await findings(page), path).to.deep.equal([]);
          expect(await page.evaluate('document.documentElement.scrollWidth'), path).to.be.at.most(width);
          await passNavigation(page, path);
        };
        await eachView(page, look, views);
        expect(complaints).to.deep.equal([]);
        await page.context().close();
      });

  it('is driven by keyboard: everything that can be used', async () => {
    const { page } = await visitor(browser, { viewport: { width: 1440, height: 900 } });
    await page.goto(`${base}/updates`);
    const usable = 'a[href],button,input,select,summary,[tabindex="0"]';
    const count = await page.evaluate<number>(`document.querySelectorAll('${usable}').length`);
    const seen = 'window.seen = new Set(); addEventListener("focusin", ({ target }) => window.seen.add(target))';
    await page.evaluate(seen);
    // A field for a date takes a Tab for each of its parts.
    for (let tabs = 0; tabs < count + 12; tabs += 1) await page.keyboard.press('Tab');
    expect(await page.evaluate('window.seen.size')).to.be.at.least(count);
    await page.context().close();
  });

  it('is used by keyboard alone: a search, an update, back to the synchronization that failed', async () => {
    const { page } = await visitor(browser, {});
    await page.goto(`${base}/updates`);
    await page.getByLabel('Title').focus();
    await page.keyboard.type('*quoted*');
    await Promise.all([page.waitForURL(/name=/), page.keyboard.press('Enter')]);
    const link = page.getByRole('link', { name: /quoted/ });
    await link.focus();
    await Promise.all([page.waitForURL(/\/updates\/\d+$/), page.keyboard.press('Enter')]);
    expect(await page.locator('h1').innerText()).to.equal('<img src=x onerror=alert(1)> eltit "quoted"');
    await page.getByText('The document of this update').focus();
    await page.keyboard.press('Enter');
    expect(await page.locator('pre').innerText()).to.include('<upd:Title>');
    await page.goto(`${base}/runs/3`);
    expect(await page.locator('dl').innerText())
      .to.include('Failed')
      .and.include('Next step');
    await page.context().close();
  });

  it('works without script, and says whose times it shows', async () => {
    const { page } = await visitor(browser, { javaScriptEnabled: false, timezoneId: 'Asia/Tokyo' });
    await page.goto(base);
    const plain = await page.locator('footer').innerText();
    const { page: other } = await visitor(browser, { timezoneId: 'Asia/Tokyo' });
    await other.goto(base);
    expect(plain).to.match(/Times are in .* until the script/);
    expect(await other.locator('footer').innerText()).to.include('Times are in Asia/Tokyo.');
    await Promise.all([page.waitForURL(/\/runs$/), page.getByRole('link', { name: 'Synchronizations' }).click()]);
    expect(await page.locator('tbody tr').count()).to.equal(3);
    await Promise.all([page.context().close(), other.context().close()]);
  });

  it('says of a child that failed what is wrong and why, and leads to what is known of it', async () => {
    const { page, complaints } = await visitor(browser, {});
    await page.goto(base);
    const row = page.getByRole('row').filter({ hasText: 'chb.test' });
    // The report is on its way while the page may already be made.
    while ((await row.filter({ hasText: WHY }).count()) === 0) await page.reload();
    expect(await row.innerText())
      .to.include('The disk is full')
      .and.include('3.0 s \u00b1 0.5 s');
    expect(await page.getByRole('listitem').filter({ hasText: 'chb.test' }).innerText()).to.include(WHY);
    await Promise.all([page.waitForURL(/\/messages\?site=CHB$/), row.getByRole('link', { name: WHY }).click()]);
    const alerts = page.getByRole('region', { name: 'Alerts' });
    expect(await alerts.locator('tbody').innerText())
      .to.include('CHB')
      .and.include(WHY);
    expect(await page.locator('tbody').allInnerTexts()).to.satisfy((all: string[]) => !all.join().includes('PGB'));
    expect(complaints).to.deep.equal([]);
    await page.context().close();
  });

  it('is printed light, without what can only be used on a screen', async () => {
    const { page } = await visitor(browser, { colorScheme: 'dark', viewport: { width: 1440, height: 900 } });
    await page.goto(`${base}/updates`);
    const ground = 'getComputedStyle(document.body).backgroundColor';
    expect(await page.evaluate(ground)).to.equal('rgb(22, 22, 22)');
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    expect(await page.evaluate(ground)).to.equal('rgb(255, 255, 255)');
    expect(await page.locator('nav:visible, form:visible, .skip:visible').count()).to.equal(0);
    expect(await page.locator('table').isVisible()).to.equal(true);
    await page.setViewportSize({ width: PAPER, height: 1100 });
    await page.goto(base);
    expect(await page.evaluate('document.documentElement.scrollWidth')).to.be.at.most(PAPER);
    await page.context().close();
  });

  it('follows nothing while it is not seen', async () => {
    const { page } = await visitor(browser, {});
    const events = /\/events$/;
    await Promise.all([page.waitForResponse(events), page.goto(base)]);
    // A browser without a window never hides a page by itself.
    const turn = (isHidden: boolean): string =>
      `Object.defineProperty(document, 'hidden', { value: ${isHidden}, configurable: true });` +
      "document.dispatchEvent(new Event('visibilitychange'))";
    const isEvents = (request: { url: () => string }): boolean => events.test(request.url());
    await Promise.all([page.waitForEvent('requestfailed', isEvents), page.evaluate(turn(true))]);
    await Promise.all([page.waitForResponse(events), page.evaluate(turn(false))]);
    await page.context().close();
  });

  it('follows a synchronization while it runs', async () => {
    const { page, complaints } = await visitor(browser, {});
    await Promise.all([page.waitForResponse(/\/events$/), page.goto(base)]);
    // A run may be over between two beats of the feed: it is held until the page has shown it.
    await synchronize(page.locator('#live', { hasText: /^Synchronization 4: \d+ %/ }).waitFor());
    await page.locator('#live', { hasText: 'Synchronization 4: succeeded' }).waitFor();
    expect(complaints).to.deep.equal([]);
    await page.context().close();
  });
});
