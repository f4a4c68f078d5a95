import type { Verb } from './administrationOptions.js';
import type { SiteArgs, SyncArgs } from './options.js';

/** What each verb that scheduled tasks and monitoring call is run by; its code is loaded when it runs. */
const VERBS: Readonly<Record<string, (args: PlainArgs) => Verb>> = {
  status: (args) => async (context) => (await import('../verbs/lists.js')).status(args, context),
  health: (args) => async (context) => (await import('../verbs/health.js')).health(args, context),
  sync: (args) => async (context) => (await import('../verbs/sync.js')).sync(args, context),
};
const FLAGS: Readonly<Record<string, readonly string[]>> = { sync: ['json', 'full-sync', 'no-wait', 'join'] };
const SITE = ['site-path', 'site-code'];

/** The arguments of such a call. */
export type PlainArgs = SiteArgs & SyncArgs;

/** A call that is understood without the parser of the whole command line, which takes longer than the verb. */
interface PlainCall {
  readonly args: PlainArgs;
  readonly verb: Verb;
}

/** Reads a call of the plainest form: a verb, its flags, a site. Undefined for every other one, right or wrong. */
export function plainCall([name = '', ...words]: readonly string[]): PlainCall | undefined {
  const verb = Object.hasOwn(VERBS, name) ? VERBS[name] : undefined;
  const args = verb === undefined ? undefined : argsOf(words, FLAGS[name] ?? ['json']);
  return verb === undefined || args === undefined ? undefined : { args, verb: verb(args) };
}

function argsOf(words: readonly string[], flags: readonly string[]): PlainArgs | undefined {
  const given = new Map<string, string>();
  for (let at = 0; at < words.length; at += 1) {
    const option = /^--([a-z-]+)$/.exec(words[at] ?? '')?.[1];
    if (option === undefined || given.has(option)) return undefined;
    if (flags.includes(option)) given.set(option, '');
    else if (SITE.includes(option) && isPlain(words[(at += 1)])) given.set(option, words[at] ?? '');
    else return undefined;
  }
  const flag = (name: string): true | undefined => (given.has(name) ? true : undefined);
  return {
    json: flag('json'),
    'site-path': given.get('site-path'),
    'site-code': given.get('site-code'),
    'full-sync': flag('full-sync'),
    'no-wait': flag('no-wait'),
    'timeout-seconds': undefined,
    join: flag('join'),
    stop: undefined,
    'allow-mass-expiry': undefined,
  };
}

/** False for what the parser takes for an option, or takes quotation marks from. */
function isPlain(value = ''): boolean {
  return /^[^-"'`\s]/.test(value);
}
