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

/** One argument of a command line as CommandLineToArgvW takes it apart again. */
export function quoteWindowsArgument(argument: string): string {
  if (argument !== '' && !/[\s"]/.test(argument)) return argument;
  const doubled = argument.replace(/(\\*)"/g, '$1$1\\"').replace(/(\\+)$/, '$1$1');
  return `"${doubled}"`;
}
