/** What yargs says of a call that it does not understand, in the words of this command line; without a full stop. */
export function usageReason(message: string, args: readonly string[]): string {
  const [first = '', ...rest] = message.split('\n').map((line) => line.trim());
  const words = args.filter((word) => !word.startsWith('-'));
  const suggestion = /^Did you mean (.+)\?$/.exec(first)?.[1];
  if (suggestion !== undefined) return `There is no verb ${words[0] ?? ''}. Did you mean ${suggestion}?`;
  const unknown = /^Unknown (?:arguments?|commands?): (.+)$/.exec(first)?.[1];
  if (unknown !== undefined) return unknownOf(unknown.split(', '), args);
  const missing = /^Missing required arguments?: (.+)$/.exec(first)?.[1];
  if (missing !== undefined) return `${optionsOf(missing.split(', '))} must be given`;
  const empty = /^Not enough arguments following: (.+)$/.exec(first)?.[1];
  if (empty !== undefined) return `${optionsOf([empty])} needs a value`;
  if (/^Not enough non-option arguments/.test(first)) return 'An argument is missing after the verb';
  const exclusive = /^Arguments (\S+) and (\S+) are mutually exclusive$/.exec(first);
  if (exclusive !== null) return `${optionsOf(exclusive.slice(1))} cannot be given together`;
  return first === 'Invalid values:' ? choicesOf(rest) : message.replaceAll('\n', ' ').replace(/[.\s]+$/, '');
}

/** yargs names an option with hyphens and in camel case, and words of the call beside options. */
function unknownOf(names: readonly string[], args: readonly string[]): string {
  const isOption = (name: string): boolean => args.some((word) => new RegExp(`^--?${escaped(name)}(=|$)`).test(word));
  const options = names.filter(isOption);
  if (options.length > 0) return `There is no option ${optionsOf(options)}`;
  const typed = names.filter((name) => args.includes(name));
  const [verb] = args.filter((word) => !word.startsWith('-'));
  return typed.length === 1 && typed[0] === verb
    ? `There is no verb ${verb}`
    : `These arguments are not known here: ${typed.join(', ')}`;
}

function choicesOf(lines: readonly string[]): string {
  return lines
    .map((line) => /^Argument: (\S+), Given: "?([^"]*)"?, Choices: (.+)$/.exec(line))
    .filter((found) => found !== null)
    .map(([, name = '', given = '', choices = '']) => {
      const allowed = orOf(choices.replaceAll('"', '').split(', '));
      return `${optionsOf([name])} must be ${allowed}, not ${given}`;
    })
    .join('; ');
}

function orOf(choices: readonly string[]): string {
  return choices.length < 2 ? choices.join('') : `${choices.slice(0, -1).join(', ')} or ${choices.at(-1)}`;
}

function optionsOf(names: readonly string[]): string {
  const typed = names.map((name) => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`);
  return [...new Set(typed)].join(' and ');
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
