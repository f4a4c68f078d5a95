import { reasonOf } from '../errors/SyncError.js';
import { programReason, type ProgramCall, type ProgramRunner } from './runProgram.js';
import { systemProgram } from './windowsPrograms.js';

/** Event ids in the Windows Application log (source ConfigMgrSync); eventcreate takes 1 to 1000. */
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
export interface SystemLogOptions {
  readonly platform: NodeJS.Platform;
  readonly env: NodeJS.ProcessEnv;
  readonly run: ProgramRunner;
  /** Takes the line that says why an event could not be written. */
  readonly log: (line: string) => void;
}

const source = 'ConfigMgrSync';
const tag = 'configmgrsync';
const patience = 10_000;
/** Both tools pass the text on a command line, and syslog cuts long lines. */
const longestText = 1900;
const priorities = { Error: 'daemon.err', Warning: 'daemon.warning', Information: 'daemon.notice' } as const;

/** The Windows Application event log, elsewhere syslog. */
export function createSystemLog(options: SystemLogOptions): SystemLog {
  return {
    write: async (event) => {
      const end = await options
        .run(eventCall(event, options))
        .catch((error: unknown) => ({ code: 1, stdout: '', stderr: reasonOf(error) }));
      if (end.code !== 0)
        options.log(
          `The event ${event.id} could not be written to the system's log: ${programReason(end)}. Its ` +
            `text: ${lineOf(event.text)}`,
        );
    },
  };
}

/** The call that writes an event: eventcreate on Windows, logger elsewhere. */
export function eventCall(
  event: SystemEvent,
  { platform, env }: Pick<SystemLogOptions, 'platform' | 'env'>,
): ProgramCall {
  const text = lineOf(event.text);
  if (platform !== 'win32')
    return {
      command: 'logger',
      args: ['-t', tag, '-p', priorities[event.level], '--', text],
      timeoutMilliseconds: patience,
    };
  const args = [
    '/L',
    'APPLICATION',
    '/T',
    event.level.toUpperCase(),
    '/SO',
    source,
    '/ID',
    String(event.id),
    '/D',
    text,
  ];
  return { command: systemProgram('eventcreate.exe', env), args, timeoutMilliseconds: patience };
}

function lineOf(text: string): string {
  const line = text.replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ').trim();
  return line.length <= longestText ? line : `${line.slice(0, longestText - 1)}…`;
}
