import { spawn } from 'node:child_process';
import { reasonOf } from '../errors/SyncError.js';
import { consoleText } from './consoleText.js';
import { programPath } from './trustedEnvironment.js';

/** A program of the system with its arguments: never a command line for a shell. */
export interface ProgramCall {
  readonly command: string;
  readonly args: readonly string[];
  /** Written to its standard input: the way for secrets, which must not stand in arguments. */
  readonly input?: string;
  /** Its variables; those of this process if not given. */
  readonly env?: NodeJS.ProcessEnv;
  /** It is ended after so many milliseconds; 60,000 if not given. */
  readonly timeoutMilliseconds?: number;
}

/** How it ended: 127 when it could not be started, 124 when it took too long, both with the reason in `stderr`. */
export interface ProgramEnd {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program; replaced in tests. Never rejects. */
export type ProgramRunner = (call: ProgramCall) => Promise<ProgramEnd>;

const PATIENCE = 60_000;
const CODES = { notStarted: 127, tooLong: 124, bySignal: 128 } as const;

/** Runs a program of this machine without a window. */
export const runProgram: ProgramRunner = (call) =>
  new Promise((resolve) => {
    const milliseconds = call.timeoutMilliseconds ?? PATIENCE;
    const { args, env = process.env } = call;
    const child = spawn(found(call.command), [...args], { stdio: 'pipe', windowsHide: true, env });
    const chunks = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
    const end = (code: number, reason = ''): void => {
      clearTimeout(timer);
      resolve({ code, stdout: textOf(chunks.stdout), stderr: `${textOf(chunks.stderr)}${reason}` });
    };
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      // What the program started itself may hold the pipes open.
      end(CODES.tooLong, `it did not end within ${milliseconds / 1000} seconds`);
    }, milliseconds);
    child.stdout.on('data', (chunk: Buffer) => chunks.stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => chunks.stderr.push(chunk));
    child.on('error', (error) => end(CODES.notStarted, reasonOf(error)));
    child.on('close', (code) => end(code ?? CODES.bySignal));
    // A program that does not read its input ends with its own code.
    child.stdin.on('error', () => undefined);
    child.stdin.end(call.input ?? '');
  });

/** A bare name is looked for here and not by the system: root does not take PATH from whoever it was before. */
function found(command: string): string {
  if (process.platform === 'win32' || command.includes('/')) return command;
  return programPath(command, process.env, { userId: process.geteuid?.() });
}

/** The last line of what a program said, for a message. */
export function programReason({ code, stdout, stderr }: ProgramEnd): string {
  const lines = `${stdout}\n${stderr}`
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return (lines.at(-1) ?? `it ended with exit code ${code}`).replace(/\.$/, '');
}

function textOf(chunks: readonly Buffer[]): string {
  return consoleText(Buffer.concat(chunks), process);
}
