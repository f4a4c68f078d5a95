import { posix, win32 } from 'node:path';
import { systemProgram } from './windowsPrograms.js';

/** The system a hook runs on. */
export interface HookSystem {
  readonly platform: NodeJS.Platform;
  readonly env: NodeJS.ProcessEnv;
}

/** A program and its arguments, started without a shell. */
export interface HookCommand {
  readonly program: string;
  readonly args: readonly string[];
}

const STARTED_BY_WINDOWS: ReadonlySet<string> = new Set(['.exe', '.com', '.ps1']);

/**
 * What is started for a hook: a PowerShell script in its engine, anything else itself. The execution policy stays the
 * machine's.
 */
export function hookCommand(system: HookSystem, command: string, args: readonly string[]): HookCommand {
  if (!/\.ps1$/i.test(command)) return { program: command, args };
  const powershell =
    system.platform === 'win32' ? systemProgram('WindowsPowerShell\\v1.0\\powershell.exe', system.env) : 'pwsh';
  return { program: powershell, args: ['-NoProfile', '-NonInteractive', '-File', command, ...args] };
}

/** Why a path cannot be a hook whatever stands there, or undefined. */
export function hookRefusal(platform: NodeJS.Platform, command: string): string | undefined {
  if (platform !== 'win32') return posix.isAbsolute(command) ? undefined : 'it is no absolute path';
  // \tools\x.exe counts as absolute in Node.js, but belongs to whatever drive is the current one.
  if (!/^(?:[a-z]:[\\/]|\\\\)/i.test(command)) return 'it is no absolute path';
  const extension = win32.extname(command).toLowerCase();
  if (extension === '.cmd' || extension === '.bat')
    return (
      'cmd.exe reads the arguments of a batch file a second time; call it from a .ps1 script or name the ' +
      'program itself'
    );
  return STARTED_BY_WINDOWS.has(extension)
    ? undefined
    : 'Windows starts only .exe, .com and .ps1 files without a shell';
}
