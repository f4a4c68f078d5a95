import { spawn } from 'node:child_process';
import type { HookCommand, HookSystem } from './runHook.js';
import { systemErrorCode } from './systemErrorCode.js';
import { systemProgram } from './windowsScript.js';

/** What ends a process with its children on Windows; elsewhere its process group gets a signal. */
export function treeEndCommand(system: HookSystem, processId: number): HookCommand | undefined {
  if (system.platform !== 'win32') return undefined;
  return {
    program: systemProgram('taskkill.exe', system.env),
    args: ['/pid', String(processId), '/t', '/f'],
  };
}

/**
 * Ends a process that was started as a group of its own, and everything it started. One that is gone already is no
 * failure.
 */
export function endProcessTree(processId: number, system: HookSystem, onFailure: (reason: string) => void): void {
  const command = treeEndCommand(system, processId);
  if (command !== undefined) {
    spawn(command.program, [...command.args], { stdio: 'ignore', windowsHide: true }).on('error', (error) =>
      onFailure(error.message),
    );
    return;
  }
  try {
    process.kill(-processId, 'SIGKILL');
  } catch (caught) {
    if (systemErrorCode(caught) !== 'ESRCH') onFailure(systemErrorCode(caught));
  }
}
