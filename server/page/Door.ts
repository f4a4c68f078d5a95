import type { IncomingMessage } from 'node:http';
import type { TLSSocket } from 'node:tls';
import { reasonOf } from '../errors/SyncError.js';
import { addressKey } from '../platform/addressKey.js';
import { type Answer, ASKS_FOR_TOKEN, said, seeOther, signInForm } from './Answer.js';
import { Attempts } from './Attempts.js';
import { isForeignForm, standingOf } from './pageAccess.js';
import { readForm } from './readForm.js';
import { Sessions, type TokenSource } from './Sessions.js';
import { TEXTS } from './texts.js';

/** What the door of a page knows. */
export interface DoorOptions {
  readonly siteCode: string;
  readonly tokens: TokenSource;
  readonly now: () => Date;
  /** Takes a line about who was refused. */
  readonly tell: (line: string) => void;
}

/** Somebody who may read: on this machine, or with a token. `isWelcome` says later whether he still may. */
export interface Guest {
  readonly isSignedIn: boolean;
  readonly isWelcome: () => Promise<boolean>;
}

/** A request for a path of the page. */
interface Knock {
  readonly request: IncomingMessage;
  readonly url: URL;
}

/** What everybody may have: it is the same of every site. */
const OPEN = new Set(['/healthz', '/icon.svg', '/page.css', '/page.js']);
/** What programs ask for, which send the token themselves. */
export const FOR_PROGRAMS: ReadonlySet<string> = new Set(['/metrics', '/badge.svg', '/readyz']);
const LONGEST_TO = 1000;

/** Decides who sees the page, and signs in and out. */
export class Door {
  readonly #options: DoorOptions;
  readonly #attempts: Attempts;
  readonly #sessions: Sessions;
  /** Several sites may be on one machine, and cookies know no ports. */
  readonly #cookie: string;

  constructor(options: DoorOptions) {
    const now = (): number => options.now().getTime();
    this.#options = options;
    this.#attempts = new Attempts(now);
    this.#sessions = new Sessions(options.tokens, now);
    this.#cookie = `__Host-CMSync-${options.siteCode}`;
  }

  /** Lets somebody in, or says what he is answered instead. */
  async open(knock: Knock): Promise<Guest | Answer> {
    try {
      return await this.#answer(knock);
    } catch (caught) {
      // Strangers are not told how the site is.
      this.#options.tell(`Status page: who asks cannot be checked: ${reasonOf(caught)}`);
      return said(503, TEXTS.errors.unchecked, CLOSE);
    }
  }

  async #answer(knock: Knock): Promise<Guest | Answer> {
    const { request, url } = knock;
    const { encrypted: isEncrypted = false, remoteAddress: peer = '' } = request.socket as Partial<TLSSocket>;
    const standing = standingOf({ peer, isEncrypted, headers: request.headers });
    if (url.pathname === '/healthz' || standing === 'Local') return LOCAL;
    if (standing !== 'Stranger') return said(403, TEXTS.errors[standing]);
    if (OPEN.has(url.pathname)) return LOCAL;
    if (request.method === 'POST' && url.pathname === '/sign-in') return this.#signIn(knock);
    const session = this.#sessionOf(request);
    if (request.method === 'POST' && url.pathname === '/sign-out') return this.#signOut(request, session);
    if (session !== undefined && (await this.#sessions.isOpen(session)))
      return { isSignedIn: true, isWelcome: async () => this.#sessions.isOpen(session) };
    return this.#stranger(knock);
  }

  async #stranger({ request, url }: Knock): Promise<Guest | Answer> {
    const to = url.pathname === '/sign-in' || url.pathname === '/sign-out' ? '/' : `${url.pathname}${url.search}`;
    if (!FOR_PROGRAMS.has(url.pathname)) return signInForm(to, { status: 401, text: TEXTS.signIn.ask });
    const [, token] = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
    if (token === undefined) return said(401, TEXTS.signIn.bearer, ASKS_FOR_TOKEN);
    const found = await this.#check(request, token);
    if (typeof found !== 'string') return said(found.status, found.text, found.headers);
    return { isSignedIn: false, isWelcome: async () => this.#options.tokens.isAccepted(found) };
  }

  async #signIn({ request }: Knock): Promise<Answer> {
    if (isForeignForm(request.headers)) return said(403, TEXTS.errors.OtherSite, CLOSE);
    const form = await readForm(request);
    if (form === undefined) return said(400, TEXTS.signIn.noForm, CLOSE);
    const to = pathOf(form.get('to') ?? '');
    const found = await this.#check(request, form.get('token')?.trim() ?? '');
    if (typeof found !== 'string') return { ...signInForm(to, found), headers: found.headers ?? {} };
    return seeOther(to, { 'set-cookie': this.#cookieText(this.#sessions.begin(found), Sessions.seconds) });
  }

  #signOut(request: IncomingMessage, session: string | undefined): Answer {
    if (isForeignForm(request.headers)) return said(403, TEXTS.errors.OtherSite, CLOSE);
    if (session !== undefined) this.#sessions.end(session);
    return seeOther('/', { 'set-cookie': this.#cookieText('', 0), ...CLOSE });
  }

  /** The hash of the token, or what its bearer is told. Who has tried too often is not even looked at. */
  async #check(request: IncomingMessage, token: string): Promise<string | Pick<Answer, 'status' | 'text' | 'headers'>> {
    const address = addressKey(request.socket.remoteAddress);
    const seconds = this.#attempts.wait(address);
    if (seconds > 0) return { status: 429, text: TEXTS.signIn.tooOften(seconds), headers: { 'retry-after': seconds } };
    // Counted before it is looked at, so that many at once are not more.
    this.#attempts.tried(address);
    const found = await this.#options.tokens.accept(token);
    if (found !== undefined) {
      this.#attempts.accepted(address);
      return found;
    }
    this.#options.tell(`Status page: a token from ${address} was refused. It is unknown, expired or removed.`);
    return { status: 401, text: TEXTS.signIn.refused, headers: ASKS_FOR_TOKEN };
  }

  #sessionOf({ headers }: IncomingMessage): string | undefined {
    const cookies = (headers.cookie ?? '').split(';').map((text) => text.trim().split('='));
    return cookies.find(([name]) => name === this.#cookie)?.[1];
  }

  #cookieText(value: string, seconds: number): string {
    return `${this.#cookie}=${value}; Path=/; Max-Age=${seconds}; Secure; HttpOnly; SameSite=Strict`;
  }
}

const LOCAL: Guest = { isSignedIn: false, isWelcome: async () => Promise.resolve(true) };

/** What is left of the body of a refused request is not read. */
const CLOSE = { connection: 'close' };

/** Where a form leads to: a path of this page only. */
function pathOf(to: string): string {
  const base = 'https://page.invalid';
  if (to.length > LONGEST_TO || !to.startsWith('/') || !URL.canParse(to, base)) return '/';
  const url = new URL(to, base);
  // `/.//x` has the path `//x`, with which a browser leaves for the machine x.
  return url.origin === base && !url.pathname.startsWith('//') ? `${url.pathname}${url.search}` : '/';
}
