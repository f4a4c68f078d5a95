import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageFolder } from '../../server/platform/packageFolder.js';

/** A parameter as the page writes it: `name?` (2). */
export interface WrittenParameter {
  readonly name: string;
  readonly isOptional: boolean;
  readonly since: number;
}

/** A row of the table of methods. */
export interface WrittenMethod {
  readonly name: string;
  readonly since: number;
  readonly answeredBy: string;
  readonly holds: readonly string[];
  readonly params: readonly WrittenParameter[];
  /** The name of the object, or the properties. */
  readonly result: string;
  readonly resultNames: readonly string[];
}

const ROW = /^\| `([\w/]+)`(?: \((\d)\))? \| (\w+) \| ([^|]+) \| ([^|]+) \| (.+) \|$/gm;

/** The methods that docs/contract.md lists. */
export function writtenMethods(
  page = readFileSync(join(packageFolder(), 'docs', 'contract.md'), 'utf8'),
): WrittenMethod[] {
  const rows = [...page.matchAll(ROW)].map(([, name = '', since = '1', ...cells]) => ({ name, since, cells }));
  const cellOf = (name: string, index: number): string => rows.find((one) => one.name === name)?.cells[index] ?? '';
  const whole = (name: string, index: number): string =>
    cellOf(name, index)
      .replace(/as `(\w+\/\w+)`/g, (_all, other: string) => whole(other, index))
      .replace(/(settings|filters) below/, () => listBelow(page, name));
  return rows.map(({ name, since, cells: [answeredBy = '', holds = ''] }) => ({
    name,
    since: Number(since),
    answeredBy,
    holds: holds === '–' ? [] : holds.split(', '),
    params: parametersIn(whole(name, 2)),
    result: whole(name, 3),
    resultNames: parametersIn(whole(name, 3)).map((parameter) => parameter.name),
  }));
}

/** `component/set` settings, all optional: … up to the end of the sentence. */
function listBelow(page: string, method: string): string {
  const list = new RegExp(`^\`${method}\` [^:\n]+: ([^]*?\`[^\`]*?)\\.\\s`, 'm').exec(page)?.[1] ?? '';
  return list.replace(/`([^`]*)`/g, (_all, names: string) => `\`${names.replace(/(\w)(\[\])?(?=[,:]|$)/g, '$1$2?')}\``);
}

/** The names outside of notes in parentheses; what stands in braces or after a colon is their type. */
function parametersIn(cell: string): WrittenParameter[] {
  const marked = cell.replace(/` \((\d)\)/g, '@$1`').replace(/ ?\((?:`[^`]*`|[^`()])*\)/g, '');
  const texts = [...(marked.split(';')[0] ?? '').matchAll(/`([^`]*)`/g)].map(([, text = '']) => withoutBraces(text));
  return texts
    .flatMap((text) => text.split(','))
    .map((text) => /^\s*(\w+)(?:\[\])?(\?)?(?::[^@]*)?(?:@(\d))?/.exec(text))
    .filter((found) => found !== null)
    .map(([, name = '', mark, since = '1']) => ({ name, isOptional: mark === '?', since: Number(since) }));
}

function withoutBraces(text: string): string {
  const shorter = text.replace(/\{[^{}]*\}/g, '');
  return shorter === text ? text : withoutBraces(shorter);
}
