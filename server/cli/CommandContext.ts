import type { Readable } from 'node:stream';
import { printableJson } from '../platform/printable.js';
import type { EngineClient } from '../relay/EngineClient.js';
import type { RelayBackend } from '../relay/RelayBackend.js';

/** Where the command line writes text to. */
interface TextSink {
  readonly isTTY?: boolean;
  /** Characters in a line of a terminal. */
  readonly columns?: number;
  write(text: string): unknown;
}

/** What the command line runs in: a process of its own, or a test. */
export interface Surroundings {
  readonly input: Readable;
  readonly output: TextSink;
  readonly messages: TextSink;
  readonly env: NodeJS.ProcessEnv;
  readonly backend: RelayBackend;
  /** Calls what ends the verb when it is asked to; the returned function takes that back. */
  onInterrupt(interrupt: () => void): () => void;
}

/** What every verb gets: its streams, the environment, and the site. */
export interface CommandContext {
  /** One JSON document on stdout instead of tables. */
  readonly json: boolean;
  /** stderr is a terminal: progress may be drawn over itself. */
  readonly isTerminal: boolean;
  /** Characters that fit beside the cursor into a line of messages. */
  readonly drawingWidth?: number | undefined;
  /** Characters that a line of the result may have: those of the terminal; undefined elsewhere. */
  readonly width: number | undefined;
  readonly input: Readable;
  readonly env: NodeJS.ProcessEnv;
  readonly backend: RelayBackend;
  /** Aborted by Ctrl+C. */
  readonly signal: AbortSignal;
  /** A line of the result; what a terminal would obey is taken out of it, as of a message. */
  print(line: string): void;
  /** A message: never part of the result. */
  tell(line: string): void;
  /** Raw text to stderr, for progress. */
  draw(text: string): void;
}

/** Exit codes that no error of the table gives; `unknown` is of `health` alone. */
export const EXIT_CODES = { done: 0, failed: 1, usage: 2, damaged: 7, cancelled: 130, unknown: 3 } as const;

/** Says what an answer warns of, each in a line of its own. */
export function tellWarnings(context: CommandContext, warnings: readonly string[] = []): void {
  for (const warning of warnings) context.tell(`Warning: ${warning}`);
}

/** The JSON document of `health` where the health is not known. */
export function unknownHealth({ message }: Error): { Status: 'Unknown'; ExitCode: number; Summary: string } {
  return { Status: 'Unknown', ExitCode: EXIT_CODES.unknown, Summary: message };
}

/** Writes the one JSON document of a verb. */
export function printJson(context: CommandContext, value: unknown): void {
  context.print(printableJson(value));
}

/** The client of the site that the arguments, the environment or the machine name. */
export async function clientOf(
  args: { 'site-path'?: string | undefined; 'site-code'?: string | undefined },
  context: CommandContext,
): Promise<EngineClient> {
  const { 'site-path': sitePath, 'site-code': siteCode } = args;
  if (sitePath !== undefined || siteCode !== undefined) {
    await context.backend.connect({
      sitePath,
      siteCode,
    });
  }
  return context.backend.client();
}

/** The same object without the members that are undefined. */
export function defined<T extends object>(value: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
