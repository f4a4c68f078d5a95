import type { Readable } from 'node:stream';
import { printableJson } from '../platform/printable.js';
import type { RelayBackend } from '../rpc/RelayBackend.js';

/** What every verb gets: its streams, the environment, and the site. */
export interface CommandContext {
  /** One JSON document on stdout instead of tables. */
  readonly json: boolean;
  /** stderr is a terminal: progress may be drawn over itself. */
  readonly isTerminal: boolean;
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
export const exitCodes = { done: 0, failed: 1, usage: 2, damaged: 7, cancelled: 130, unknown: 3 } as const;

/** Writes the one JSON document of a verb. */
export function printJson(context: CommandContext, value: unknown): void {
  context.print(printableJson(value));
}
