import { win32 } from 'node:path';
import type { ProgramCall } from './runProgram.js';

/** Full path of a program of Windows: a file of the same name elsewhere on the path is not it. */
export function systemProgram(name: string, env: NodeJS.ProcessEnv): string {
  return win32.join(env['SystemRoot'] ?? 'C:\\Windows', 'System32', name);
}

/** Asks for the account of this process; `sidOfWhoami` reads the answer. */
export function whoamiCall(env: NodeJS.ProcessEnv): ProgramCall {
  return { command: systemProgram('whoami.exe', env), args: ['/user', '/fo', 'csv', '/nh'] };
}

/**
 * A call of Windows PowerShell with a fixed script; what varies, and every secret, goes in as JSON on its standard
 * input.
 */
export function powershellCall(
  script: string,
  input: Readonly<Record<string, string>>,
  env: NodeJS.ProcessEnv,
): ProgramCall {
  const prologue = "$ErrorActionPreference = 'Stop'; $given = [Console]::In.ReadToEnd() | ConvertFrom-Json\n";
  // An error must give an exit code, and its text as one line.
  const whole =
    `${prologue}try {\n${script}\n} catch { [Console]::Error.WriteLine(([string] $_).Replace("\`r", ' ` +
    `').Replace("\`n", ' ')); exit 1 }`;
  return {
    command: systemProgram('WindowsPowerShell\\v1.0\\powershell.exe', env),
    args: [
      '-NoLogo',
      '-NoProfile',
      '-NonInteractive',
      '-EncodedCommand',
      Buffer.from(whole, 'utf16le').toString('base64'),
    ],
    input: asciiJson(input),
  };
}

/** JSON without a character that an input encoding could change. */
function asciiJson(value: object): string {
  return JSON.stringify(value).replace(
    /[\u007f-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** One argument of a command line as CommandLineToArgvW takes it apart again. */
export function quoteWindowsArgument(argument: string): string {
  if (argument !== '' && !/[\s"]/.test(argument)) return argument;
  const doubled = argument.replace(/(\\*)"/g, '$1$1\\"').replace(/(\\+)$/, '$1$1');
  return `"${doubled}"`;
}
