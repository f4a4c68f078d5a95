import { html } from './html.js';
import { TEXTS } from './texts.js';

/** Something to send. */
export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly text: string;
  readonly headers?: Readonly<Record<string, string | number>>;
}

export const HTML = 'text/html; charset=utf-8';
export const EVENT_STREAM = 'text/event-stream; charset=utf-8';
export const PLAIN = 'text/plain; charset=utf-8';

/** A sentence for somebody who gets nothing else. */
export function said(status: number, text: string, headers: Answer['headers'] = {}): Answer {
  return { status, type: PLAIN, text: `${text}\n`, headers };
}

/** To another address of the page. */
export function seeOther(location: string, headers: Answer['headers'] = {}): Answer {
  return { status: 303, type: PLAIN, text: '', headers: { ...headers, location } };
}

/** Asks for a token, of which nothing is in an address. It says nothing of the site. */
export function signInForm(to: string, { status, text }: Pick<Answer, 'status' | 'text'>): Answer {
  const T = TEXTS.signIn;
  const page = html`<!doctype html>
    <html lang="${TEXTS.lang}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${T.title} - ConfigMgrSync</title>
        <link rel="stylesheet" href="/page.css" />
        <link rel="icon" href="/icon.svg" type="image/svg+xml" />
      </head>
      <body>
        <main>
          <h1>${T.title}</h1>
          <p role="status">${text}</p>
          <form method="post" action="/sign-in">
            <input type="hidden" name="to" value="${to}" />
            <label
              >${T.token}
              <input type="password" name="token" autocomplete="current-password" maxlength="200" required autofocus
            /></label>
            <button>${T.button}</button>
          </form>
        </main>
      </body>
    </html>`;
  return { status, type: HTML, text: page.markup, headers: status === 401 ? ASKS_FOR_TOKEN : {} };
}

/** What a program that has sent no token is to send. */
export const ASKS_FOR_TOKEN = { 'www-authenticate': 'Bearer realm="ConfigMgrSync"' };
