import { RelayBackend } from '../rpc/RelayBackend.js';
import { realEngineDeps } from '../rpc/EngineDeps.js';
import { reasonOf, SyncError, toSyncError } from '../errors/SyncError.js';
import { realSiteEnvironment } from '../site/SiteEnvironment.js';
import { type CommandContext, exitCodes } from './CommandContext.js';
import { createParser, type Verb } from './createParser.js';

/** Runs the command line; resolves with the exit code. */
export async function runCommandLine(args: readonly string[]): Promise<number> {
  const parsed = await parse(args);
  if (typeof parsed === 'number') return parsed;
  const interrupt = new AbortController();
  const context = contextOf(parsed.json, interrupt.signal);
  const onInterrupt = (): void => interrupt.abort();
  process.on('SIGINT', onInterrupt).on('SIGTERM', onInterrupt);
  try {
    return await parsed.run(context);
  } catch (caught) {
    return tellError(context, toSyncError(caught, 'the command line'));
  } finally {
    process.off('SIGINT', onInterrupt).off('SIGTERM', onInterrupt);
    await context.backend.close();
  }
}

/** Says an error on stderr, with --json also as the one document on stdout; gives its exit code. */
function tellError(context: CommandContext, error: SyncError): number {
  context.tell(`${error.errorId}: ${error.message}`);
  context.tell(error.nextStepCli);
  if (error.errorId === 'InternalError' && error.cause instanceof Error) context.tell(error.cause.stack ?? '');
  if (context.json) context.print(documentOf(error));
  return error.exitCode;
}

/** An error as the one JSON document of a verb. */
function documentOf({ errorId, category, message, nextStepCli, data }: SyncError): string {
  return JSON.stringify({ errorId, category, message, nextStep: nextStepCli, data }, null, 2);
}

/** The verb to run, or the exit code where there is nothing to run. */
async function parse(args: readonly string[]): Promise<{ run: Verb; json: boolean } | number> {
  let chosen: Verb | undefined;
  const parser = createParser(args, (verb) => (chosen = verb));
  try {
    const found = await parser.parseAsync();
    return chosen === undefined ? exitCodes.done : { run: chosen, json: found['json'] === true };
  } catch (caught) {
    return tellUsage(args, reasonOf(caught));
  }
}

/** Says what is wrong with the words of the call; with --json also as the one document on stdout. */
function tellUsage(args: readonly string[], reason: string): number {
  process.stderr.write(`${reason}.\nType configmgrsync --help, or configmgrsync VERB --help.\n`);
  const error = new SyncError('InvalidRequest', { method: 'of the command line', reason });
  if (args.includes('--json')) process.stdout.write(`${documentOf(error)}\n`);
  return exitCodes.usage;
}

function contextOf(json: boolean, signal: AbortSignal): CommandContext {
  const draw = (text: string): void => void process.stderr.write(text);
  return {
    json,
    isTerminal: process.stderr.isTTY,
    signal,
    backend: new RelayBackend(realSiteEnvironment(), realEngineDeps()),
    print: (line) => void process.stdout.write(`${line}\n`),
    tell: (line) => draw(`${line}\n`),
    draw,
  };
}
