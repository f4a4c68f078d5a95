import { reasonOf } from '../errors/SyncError.js';
import { printable } from './printable.js';
import { programReason } from './runProgram.js';
import type { ProgramCall, ProgramRunner } from './runProgram.js';
import { runScript } from './windowsScript.js';
import type { ScriptCall } from './windowsScript.js';

/** Event ids in the Windows Application log (source ConfigMgrSync). */
export const EVENT_ID = { installed: 710, crashed: 700, recovered: 702, failed: 703 } as const;

/** What an administrator must see who reads no log file. */
export interface SystemEvent {
  readonly id: number;
  readonly level: 'Error' | 'Warning' | 'Information';
  readonly text: string;
}

/** Writes to the log of the system; never fails: what went wrong is one line in the log of the engine. */
export interface SystemLog {
  write(event: SystemEvent): Promise<void>;
}

/** What writing needs from outside. */
interface SystemLogOptions {
  readonly platform: NodeJS.Platform;
  readonly env: NodeJS.ProcessEnv;
  readonly run: ProgramRunner;
  /** Takes the line that says why an event could not be written. */
  readonly log: (line: string) => void;
}

const SOURCE = 'ConfigMgrSync';
const TAG = 'configmgrsync';
const PATIENCE = 10_000;
/** syslog cuts long lines. */
const LONGEST_TEXT = 1900;
const PRIORITIES = { Error: 'daemon.err', Warning: 'daemon.warning', Information: 'daemon.notice' } as const;

/** The Windows Application event log, elsewhere syslog. */
export function createSystemLog(options: SystemLogOptions): SystemLog {
  return {
    write: async (event) => {
      const reason = await tell(event, options).catch(reasonOf);
      if (reason !== undefined)
        options.log(
          `The event ${event.id} could not be written to the system's log: ${reason}. Its ` +
            `text: ${lineOf(event.text)}`,
        );
    },
  };
}

/** Why it could not be written, or undefined. */
async function tell(event: SystemEvent, options: SystemLogOptions): Promise<string | undefined> {
  if (options.platform === 'win32') {
    const answer = await runScript(eventScript(event), options);
    return 'reason' in answer ? answer.reason : undefined;
  }
  const end = await options.run(eventCall(event));
  return end.code === 0 ? undefined : programReason(end);
}

/** The call that writes an event to syslog. */
export function eventCall(event: SystemEvent): ProgramCall {
  return {
    command: 'logger',
    args: ['-t', TAG, '-p', PRIORITIES[event.level], '--', lineOf(event.text)],
    timeoutMilliseconds: PATIENCE,
  };
}

/** The script that writes an event to the Application log: eventcreate.exe needs rights in the registry each time. */
export function eventScript({ id, level, text }: SystemEvent): ScriptCall {
  return {
    name: 'Write-CMSyncEvent',
    given: { source: SOURCE, id, level, text: lineOf(text) },
    timeoutMilliseconds: PATIENCE,
  };
}

function lineOf(text: string): string {
  const line = printable(text.replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ')).trim();
  return line.length <= LONGEST_TEXT ? line : `${line.slice(0, LONGEST_TEXT - 1)}…`;
}
