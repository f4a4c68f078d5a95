import type { Zone } from '../schedule/zone.js';
import { type Html, html } from './html.js';
import { TEXTS } from './texts.js';
import { timeOf } from './times.js';

/** A page without its frame. */
export interface View {
  readonly title: string;
  readonly body: Html;
  /** 200 if not given. */
  readonly status?: number;
}

/** What the frame of every page says. */
export interface Frame {
  readonly siteCode: string;
  readonly serverName: string;
  readonly zone: Zone;
  readonly now: Date;
  /** With a token, so that there is something to sign out of. */
  readonly isSignedIn: boolean;
}

const LINKS = [
  ['/', TEXTS.nav.health],
  ['/runs', TEXTS.nav.runs],
  ['/updates', TEXTS.nav.updates],
  ['/categories', TEXTS.nav.categories],
  ['/messages', TEXTS.nav.messages],
  ['/log', TEXTS.nav.log],
  ['/settings', TEXTS.nav.settings],
] as const;

/** A whole document; `path` marks where the reader is. */
export function layOut(view: View, frame: Frame, path: string): string {
  const { siteCode, serverName, zone, now, isSignedIn } = frame;
  return html`<!doctype html>
    <html lang="${TEXTS.lang}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${view.title} - ${siteCode} - ConfigMgrSync</title>
        <link rel="stylesheet" href="/page.css" />
        <link rel="icon" href="/icon.svg" type="image/svg+xml" />
        <script src="/page.js" defer></script>
      </head>
      <body>
        <a class="skip" href="#content">${TEXTS.skip}</a>
        <header>
          <p class="site"><strong>${siteCode}</strong> ${serverName}</p>
          <nav aria-label="ConfigMgrSync">
            <ul>
              ${LINKS.map(([href, text]) => link(href, text, path))}
            </ul>
          </nav>
          ${isSignedIn ? signOut : undefined}
        </header>
        <main id="content" tabindex="-1">
          <h1>${view.title}</h1>
          <p id="live" hidden="hidden"></p>
          ${view.body}
        </main>
        <footer>
          <p>${TEXTS.asOf} ${timeOf(now.toISOString(), zone)}. <span id="zone">${TEXTS.zone(zone.name)}</span></p>
        </footer>
      </body>
    </html> `.markup;
}

const signOut = html`<form method="post" action="/sign-out"><button>${TEXTS.signIn.out}</button></form>`;

function link(href: string, text: string, path: string): Html {
  const isHere = href === '/' ? path === '/' : path === href || path.startsWith(`${href}/`);
  return isHere
    ? html`<li><a href="${href}" aria-current="page">${text}</a></li>`
    : html`<li><a href="${href}">${text}</a></li>`;
}
