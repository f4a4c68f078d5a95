import { reasonOf, SyncError } from '../../errors/SyncError.js';
import { printableJson } from '../../platform/printable.js';
import { EXIT_CODES, unknownHealth } from '../CommandContext.js';
import type { Surroundings } from '../CommandContext.js';
import type { Verb } from './administrationOptions.js';
import { createParser } from './createParser.js';
import { errorDocument } from '../errorDocument.js';
import { usageReason } from './usageReason.js';

/** The verb to run, or the exit code where there is nothing to run. */
export async function parseCommandLine(
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
  if (args.includes('--json'))
    output.write(`${isHealth ? printableJson(unknownHealth(error)) : errorDocument(error)}\n`);
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
