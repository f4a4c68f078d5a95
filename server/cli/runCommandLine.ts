import { type SyncError, toSyncError } from '../errors/SyncError.js';
import { printable } from '../platform/printable.js';
import { RelayBackend } from '../relay/RelayBackend.js';
import { realEngineDeps } from '../rpc/EngineDeps.js';
import { realSiteEnvironment } from '../site/SiteFolder.js';
import type { CommandContext, Surroundings } from './CommandContext.js';
import { errorDocument } from './errorDocument.js';
import type { Verb } from './parser/administrationOptions.js';
import { plainCall } from './parser/plainCall.js';

/** Runs the command line; resolves with the exit code. */
export async function runCommandLine(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const parsed = await understood(args, surroundings);
  if (typeof parsed === 'number') return parsed;
  const interrupt = new AbortController();
  const context = contextOf(surroundings, parsed.json, interrupt.signal);
  const deaf = surroundings.onInterrupt(() => interrupt.abort());
  try {
    return await parsed.run(context);
  } catch (caught) {
    return tellError(context, toSyncError(caught, 'the command line'));
  } finally {
    deaf();
    await context.backend.close();
  }
}

/** The verb to run, or the exit code where there is nothing to run; the parser is loaded where it is needed. */
async function understood(
  args: readonly string[],
  surroundings: Surroundings,
): Promise<{ run: Verb; json: boolean } | number> {
  const plain = plainCall(args);
  if (plain !== undefined) return { run: plain.verb, json: plain.args.json === true };
  const { parseCommandLine } = await import('./parser/parseCommandLine.js');
  return parseCommandLine(args, surroundings);
}

/** Says an error on stderr, with --json also as the one document on stdout; gives its exit code. */
function tellError(context: CommandContext, error: SyncError): number {
  context.tell(`${error.errorId}: ${error.messageCli}`);
  context.tell(error.nextStepCli);
  if (error.errorId === 'InternalError' && error.cause instanceof Error) context.tell(error.cause.stack ?? '');
  if (context.json) context.print(errorDocument(error));
  return error.exitCode;
}

function contextOf(surroundings: Surroundings, json: boolean, signal: AbortSignal): CommandContext {
  const { input, env, backend, output, messages } = surroundings;
  const draw = (text: string): void => void messages.write(text);
  return {
    json,
    isTerminal: messages.isTTY === true,
    drawingWidth: messages.columns === undefined ? undefined : messages.columns - 1,
    width: output.isTTY === true ? output.columns : undefined,
    signal,
    input,
    env,
    backend,
    print: (line) => void output.write(`${printable(line)}\n`),
    tell: (line) => draw(`${printable(line)}\n`),
    draw,
  };
}

/** Runs the command line in this process; resolves with the exit code. */
export async function runOwnProcess(args: readonly string[]): Promise<number> {
  return runCommandLine(args, {
    input: process.stdin,
    output: process.stdout,
    messages: process.stderr,
    env: process.env,
    backend: new RelayBackend(realSiteEnvironment(), realEngineDeps()),
    onInterrupt: (interrupt) => {
      process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
      return () => void process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
    },
  });
}
