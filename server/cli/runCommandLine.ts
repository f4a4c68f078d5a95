import { reasonOf, SyncError, toSyncError } from '../errors/SyncError.js';
import { printable, printableJson } from '../platform/printable.js';
import { RelayBackend } from '../relay/RelayBackend.js';
import { realEngineDeps } from '../rpc/EngineDeps.js';
import { realSiteEnvironment } from '../site/SiteFolder.js';
import { EXIT_CODES, unknownHealth } from './CommandContext.js';
import type { CommandContext, Surroundings } from './CommandContext.js';
import type { Verb } from './parser/administrationOptions.js';
import { createParser } from './parser/createParser.js';
import { usageReason } from './parser/usageReason.js';

/** Runs the command line; resolves with the exit code. */
export async function runCommandLine(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const parsed = await parse(args, surroundings);
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

/** Says an error on stderr, with --json also as the one document on stdout; gives its exit code. */
function tellError(context: CommandContext, error: SyncError): number {
  context.tell(`${error.errorId}: ${error.messageCli}`);
  context.tell(error.nextStepCli);
  if (error.errorId === 'InternalError' && error.cause instanceof Error) context.tell(error.cause.stack ?? '');
  if (context.json) context.print(documentOf(error));
  return error.exitCode;
}

/** An error as the one JSON document of a verb. */
function documentOf({ errorId, category, messageCli, nextStepCli, data }: SyncError): string {
  return printableJson({
    ErrorId: errorId,
    Category: category,
    ErrorMessage: messageCli,
    NextStep: nextStepCli,
    Data: data,
  });
}

/** The verb to run, or the exit code where there is nothing to run. */
async function parse(
  given: readonly string[],
  surroundings: Surroundings,
): Promise<{ run: Verb; json: boolean } | number> {
  const args = withFlagLast(given);
  let chosen: Verb | undefined;
  const parser = createParser(args, (verb) => (chosen = verb), surroundings.output.columns);
  // With a callback the help and the version are given, else they are written to the console.
  const show = (_: unknown, __: unknown, text: string): void => {
    if (text !== '') surroundings.output.write(`${text}\n`);
  };
  try {
    const found = await parser.parseAsync([...args], {}, show);
    return chosen === undefined ? EXIT_CODES.done : { run: chosen, json: found['json'] === true };
  } catch (caught) {
    return tellUsage(args, caught, surroundings);
  }
}

/** Says what is wrong with the words of the call; with --json also as the one document on stdout. */
function tellUsage(args: readonly string[], caught: unknown, { messages, output }: Surroundings): number {
  const error =
    caught instanceof SyncError
      ? caught
      : new SyncError('InvalidRequest', { method: 'of the command line', reason: usageReason(reasonOf(caught), args) });
  messages.write(`${error.messageCli}\n${error.nextStepCli}\n`);
  // To a monitoring system 2 says that the site is broken.
  const isHealth = verbOf(args) === 'health';
  if (args.includes('--json')) output.write(`${isHealth ? printableJson(unknownHealth(error)) : documentOf(error)}\n`);
  return isHealth ? EXIT_CODES.unknown : EXIT_CODES.usage;
}

/** The first word that is neither an option nor the site that one names: what was meant, understood or not. */
function verbOf(args: readonly string[]): string | undefined {
  return args[verbIndex(args)];
}

function verbIndex(args: readonly string[]): number {
  return args.findIndex((word, index) => !word.startsWith('-') && !/^--site-(code|path)$/.test(args[index - 1] ?? ''));
}

/** Before the verb it is not known yet that the flag takes no value: it would take the verb for one. */
function withFlagLast(args: readonly string[]): readonly string[] {
  const at = args.indexOf('--json');
  return at === -1 || at > verbIndex(args) ? args : [...args.slice(0, at), ...args.slice(at + 1), '--json'];
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
