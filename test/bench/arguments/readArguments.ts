import { parseArgs } from 'node:util';

/** A scenario that was chosen, with its size. */
export interface Choice {
  readonly name: string;
  /** Undefined for the usual size. */
  readonly size: number | undefined;
}

/** What `npm run bench` was asked for. */
export interface BenchRequest {
  /** The commit to compare with; undefined for the absolute table. */
  readonly against: string | undefined;
  /** Compare with the commit of baseline.json, in a line a scenario. */
  readonly isBaseline: boolean;
  readonly choices: readonly Choice[];
  /** Pairs of rounds with another commit, rounds without. */
  readonly rounds: number;
  readonly json: boolean;
}

/** What may be asked for. */
export interface Known {
  readonly names: readonly string[];
  /** What runs when nothing is named. */
  readonly usual: readonly string[];
  readonly baseline: readonly Choice[];
}

export const USAGE =
  'npm run bench -- [SCENARIO[=SIZE] ... | all] [--rounds N] [--json]\n' +
  'npm run bench -- [SCENARIO[=SIZE] ... | all] --against REF [--pairs N] [--json]\n' +
  'npm run bench -- --baseline';

const USUAL_PAIRS = 5;
/** Few: continuous integration waits for them. */
const BASELINE_PAIRS = 3;
const MOST = 1000;

const OPTIONS = {
  against: { type: 'string' },
  baseline: { type: 'boolean' },
  pairs: { type: 'string' },
  rounds: { type: 'string' },
  json: { type: 'boolean' },
} as const;

type Given = ReturnType<typeof parse>['values'];

/** Reads the arguments, or says in words what is wrong with them. */
export function readArguments(args: readonly string[], known: Known): BenchRequest | { readonly problem: string } {
  try {
    const { values, positionals } = parse(args);
    checkTogether(values);
    const isBaseline = values.baseline === true;
    return {
      against: values.against,
      isBaseline,
      choices: choicesOf(positionals, known, isBaseline),
      rounds: roundsOf(values),
      json: values.json === true,
    };
  } catch (error) {
    if (error instanceof TypeError) return { problem: error.message };
    throw error;
  }
}

function parse(args: readonly string[]) {
  return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
}

function checkTogether({ against, baseline, pairs, rounds }: Given): void {
  const isCompared = against !== undefined || baseline === true;
  if (against !== undefined && baseline === true) throw new TypeError('--against and --baseline do not go together.');
  if (against === '') throw new TypeError('--against names no commit.');
  if (pairs !== undefined && !isCompared) throw new TypeError('--pairs needs --against: pairs are of two commits.');
  if (rounds !== undefined && isCompared) throw new TypeError('--rounds does not go with --against: give --pairs.');
}

function roundsOf({ against, baseline, pairs, rounds }: Given): number {
  if (pairs !== undefined) return countOf('--pairs', pairs, MOST);
  if (rounds !== undefined) return countOf('--rounds', rounds, MOST);
  if (against !== undefined) return USUAL_PAIRS;
  return baseline === true ? BASELINE_PAIRS : 1;
}

function choicesOf(words: readonly string[], known: Known, isBaseline: boolean): readonly Choice[] {
  const usual = isBaseline ? known.baseline : known.usual.map((name) => ({ name, size: undefined }));
  const chosen = words.flatMap((word) => (word === 'all' ? known.names.map(toChoice) : [toChoice(word)]));
  const twice = chosen.find(({ name }, index) => chosen.findIndex((other) => other.name === name) < index);
  if (twice !== undefined) throw new TypeError(`${twice.name} is named twice.`);
  const unknown = chosen.find(({ name }) => !known.names.includes(name));
  if (unknown !== undefined)
    throw new TypeError(`There is no scenario ${unknown.name}; there are ${known.names.join(', ')}.`);
  return chosen.length === 0 ? usual : chosen;
}

function toChoice(word: string): Choice {
  const [name = '', size] = word.split('=', 2);
  return { name, size: size === undefined ? undefined : countOf(name, size, 10_000_000) };
}

function countOf(name: string, text: string, most: number): number {
  const count = /^\d+$/.test(text) ? Number(text) : 0;
  if (count < 1 || count > most)
    throw new TypeError(`${name} is from 1 to ${most}, not ${text === '' ? 'empty' : text}.`);
  return count;
}
