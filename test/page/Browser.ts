import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

/** Where Debian, Fedora, Windows and macOS have a browser of this engine. */
const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** The browser of this machine; undefined where there is none. */
export function findBrowser(): string | undefined {
  return PLACES.find((place) => existsSync(place));
}

/** A browser without a window; as root it has no sandbox of its own. */
export async function openBrowser(program: string): Promise<Browser> {
  // Loaded here: the tests of a machine without a browser need none of it.
  const { chromium } = await import('playwright-core');
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({ executablePath: program, args, timeout: 0 });
}

/** A reader of the page, and what his browser complains of: above all what the policy has refused. */
export interface Visitor {
  readonly page: Page;
  readonly complaints: readonly string[];
}

/** Opens the browser once more, as another reader. */
export async function visitor(browser: Browser, options: BrowserContextOptions): Promise<Visitor> {
  const context = await browser.newContext({ serviceWorkers: 'block', ...options });
  // A slow machine is no failure; what hangs ends with the time of the test.
  context.setDefaultTimeout(0);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  return { page, complaints };
}

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
let source: string | undefined;

/** What axe-core finds; it comes in through the debugger of the browser, so that the policy stays as it is. */
export async function findings(page: Page): Promise<readonly string[]> {
  source ??= readFileSync(AXE, 'utf8');
  await page.evaluate(source);
  const run = 'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`))';
  return page.evaluate<readonly string[]>(run);
}
