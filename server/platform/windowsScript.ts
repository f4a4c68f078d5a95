import { join, win32 } from 'node:path';
import { packageFolder } from './packageFolder.js';
import { programReason } from './runProgram.js';
import type { ProgramCall, ProgramEnd, ProgramRunner } from './runProgram.js';

/** Full path of a program of Windows: a file of the same name elsewhere on the path is not it. */
export function systemProgram(name: string, env: NodeJS.ProcessEnv): string {
  return win32.join(env['SystemRoot'] ?? 'C:\\Windows', 'System32', name);
}

/**
 * The variables for what may start Windows PowerShell: PowerShell 7 gives its folders of modules on to all its
 * children, and Windows PowerShell would take modules from there that it cannot load, its own most common ones too. It
 * works out its own where it finds none.
 */
export function withoutModulePath(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => name.toUpperCase() !== 'PSMODULEPATH'));
}

/** Asks for the account of this process; `sidOfWhoami` reads the answer. */
export function whoamiCall(env: NodeJS.ProcessEnv): ProgramCall {
  return { command: systemProgram('whoami.exe', env), args: ['/user', '/fo', 'csv', '/nh'] };
}

/** One argument of a command line as CommandLineToArgvW takes it apart again. */
export function quoteWindowsArgument(argument: string): string {
  if (argument !== '' && !/[\s"]/.test(argument)) return argument;
  const doubled = argument.replace(/(\\*)"/g, '$1$1\\"').replace(/(\\+)$/, '$1$1');
  return `"${doubled}"`;
}

/** The functions in `cmdlets/system`: what Windows is asked for through its own PowerShell. */
type ScriptName =
  | 'Convert-CMSyncSecret'
  | 'Invoke-CMSyncEngineStart'
  | 'Invoke-CMSyncTask'
  | 'Read-CMSyncAccess'
  | 'Read-CMSyncVoucher'
  | 'Resolve-CMSyncAccount'
  | 'Write-CMSyncAccess'
  | 'Write-CMSyncEvent'
  | 'Write-CMSyncPipeAccess';

/** A function with what it is given: JSON on its standard input, also for secrets. */
export interface ScriptCall {
  readonly name: ScriptName;
  readonly given: Readonly<Record<string, unknown>>;
  readonly timeoutMilliseconds?: number;
}

/** What a function gave, or why it failed. */
type ScriptAnswer = { readonly value: unknown } | { readonly reason: string };

/** What running a script needs from outside. */
export interface ScriptSystem {
  readonly env: NodeJS.ProcessEnv;
  readonly run: ProgramRunner;
}

/** Runs a function of `cmdlets/system` in Windows PowerShell. Never rejects. */
export async function runScript(call: ScriptCall, { env, run }: ScriptSystem): Promise<ScriptAnswer> {
  return answerOf(await run(scriptCall(call, env)));
}

/**
 * The program with its arguments: a file, which can be signed, where a command in the arguments runs restricted under
 * AppLocker and App Control.
 */
export function scriptCall({ name, given, timeoutMilliseconds }: ScriptCall, env: NodeJS.ProcessEnv): ProgramCall {
  return {
    command: systemProgram('WindowsPowerShell\\v1.0\\powershell.exe', env),
    // A policy of the machine still wins over Bypass; the default of a client, Restricted, does not.
    args: [
      '-NoLogo',
      '-NoProfile',
      '-NonInteractive',
      '-OutputFormat',
      'Text',
      '-ExecutionPolicy',
      'Bypass',
      '-File',
      entryScript(),
      name,
    ],
    input: asciiJson(given),
    env: withoutModulePath(env),
    timeoutMilliseconds,
  };
}

/** The script that runs the others, which lie beside it. */
export function entryScript(): string {
  return join(packageFolder(), 'cmdlets', 'system', 'Invoke-CMSyncSystemCall.ps1');
}

/** Reads the line that the script wrote; without one PowerShell did not come that far, and its own words count. */
export function answerOf(end: ProgramEnd): ScriptAnswer {
  const said = parse(end.stdout.slice(Math.max(0, end.stdout.indexOf('{'))));
  if (typeof said?.error === 'string') return { reason: lineOf(said.error) };
  if (said !== undefined && end.code === 0) return { value: said.value };
  // Its output could hold a secret: only what it says of an error is shown.
  return { reason: programReason({ ...end, stdout: '', stderr: sentenceOf(withoutClixml(end.stderr)) }) };
}

/** What PowerShell says of a script that it does not load: a sentence in several lines, then where and which error. */
function sentenceOf(text: string): string {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  const place = lines.findIndex((line) => /^(\+|At )/.test(line));
  return (place === -1 ? lines : lines.slice(0, place)).join(' ').trim();
}

function parse(text: string): { readonly value?: unknown; readonly error?: unknown } | undefined {
  try {
    const said: unknown = JSON.parse(text);
    return typeof said === 'object' && said !== null ? said : undefined;
  } catch {
    return undefined; // not the line of our script
  }
}

/** PowerShell writes errors, and its progress after them, as XML where it takes its caller for another PowerShell. */
export function withoutClixml(text: string): string {
  const start = text.indexOf('#< CLIXML');
  if (start === -1) return text;
  const errors = [...text.slice(start).matchAll(/<S S="Error">([^<]*)<\/S>/g)].map(([, one]) => one ?? '');
  const [first] = errors.map(readable).join('').split(/\r?\n/);
  return first === undefined || first === '' ? text.slice(0, start) : first;
}

function readable(text: string): string {
  const named = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" } as const;
  return text
    .replace(/_x([\dA-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replace(/&(lt|gt|amp|quot|apos);/g, (_, name: keyof typeof named) => named[name]);
}

function lineOf(text: string): string {
  return text
    .replace(/[\u0000-\u001f]+/g, ' ')
    .trim()
    .replace(/\.$/, '');
}

/** JSON without a character that an input encoding could change. */
function asciiJson(value: object): string {
  return JSON.stringify(value).replace(
    /[\u007f-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
