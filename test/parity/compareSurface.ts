import { ALL_PARAMETER_SETS } from './surface.js';
import type { CommandSurface, PendingEntry, SurfaceParameter } from './surface.js';

/** What describeCommand.ps1 writes, one per command. */
export interface ActualCommand {
  readonly name: string;
  /** `__AllParameterSets` where the command names none. */
  readonly defaultParameterSet: string;
  readonly parameterSets: readonly string[];
  readonly supportsShouldProcess: boolean;
  readonly confirmImpact: string;
  readonly parameters: readonly ActualParameter[];
  readonly outputTypes: readonly string[];
}

export interface ActualParameter {
  readonly name: string;
  /** Full .NET type name. */
  readonly type: string;
  readonly aliases: readonly string[];
  /** null: the parameter has no ValidateSet. */
  readonly validateSet: readonly string[] | null;
  readonly sets: readonly ActualParameterSet[];
}

export interface ActualParameterSet {
  readonly name: string;
  readonly mandatory: boolean;
  readonly position: number | null;
  readonly valueFromPipeline: boolean;
  readonly valueFromPipelineByPropertyName: boolean;
}

export type DifferenceKind =
  | 'missingParameter'
  | 'extraParameter'
  | 'missingParameterSet'
  | 'extraParameterSet'
  | 'type'
  | 'alias'
  | 'sets'
  | 'mandatory'
  | 'position'
  | 'values'
  | 'pipeline'
  | 'defaultParameterSet'
  | 'shouldProcess'
  | 'pending'
  | 'ours';

export interface Difference {
  readonly command: string;
  readonly kind: DifferenceKind;
  /** The parameter or parameter set; null for the command itself. */
  readonly subject: string | null;
  readonly expected: string;
  readonly actual: string;
}

/** What may differ, and why. Names are exact. */
export interface Allowances {
  /** Parameters of ours beside the reference's. */
  readonly ours?: readonly string[];
  readonly ourSets?: readonly string[];
  /** Parameters that take several values where the reference's take one. */
  readonly lists?: readonly string[];
  /** Parameters of the reference that are not built yet. */
  readonly pending?: Readonly<Record<string, PendingEntry>>;
  readonly pendingSets?: Readonly<Record<string, PendingEntry>>;
}

/** `[powershell type of the reference, .NET type of a script module]`; what is not here is an enumeration. */
const DOT_NET_TYPES: ReadonlyMap<string, string> = new Map([
  ['String', 'System.String'],
  ['Boolean', 'System.Boolean'],
  ['Switch', 'System.Management.Automation.SwitchParameter'],
  ['Int32', 'System.Int32'],
  ['UInt32', 'System.UInt32'],
  ['DateTime', 'System.DateTime'],
  ['Hashtable', 'System.Collections.Hashtable'],
  ['Uri', 'System.Uri'],
  ['IResultObject', 'System.Management.Automation.PSObject'],
]);

/** Holds a command's real metadata against the reference. Pure: no file, no engine. */
export function compareSurface(
  expected: CommandSurface,
  actual: ActualCommand,
  allowances: Allowances = {},
): Difference[] {
  const comparison = new Comparison(expected, actual, allowances);
  return comparison.run();
}

export function formatDifference(difference: Difference): string {
  const subject = difference.subject === null ? '' : ` ${difference.subject}`;
  return (
    `${difference.command}${subject}: ${difference.kind}: expected ${difference.expected}, ` +
    `found ${difference.actual}`
  );
}

/** The .NET type a parameter of the reference has in a module without compiled code. */
export function expectedDotNetType(parameter: SurfaceParameter): string {
  const element = parameter.type.replace(/\[\]$/, '');
  const type = parameter.values.length > 0 ? 'System.String' : (DOT_NET_TYPES.get(element) ?? `System.${element}`);
  return parameter.type === element ? type : `${type}[]`;
}

class Comparison {
  readonly #expected: CommandSurface;
  readonly #actual: ActualCommand;
  readonly #ours: readonly string[];
  readonly #ourSets: readonly string[];
  readonly #lists: readonly string[];
  readonly #pending: readonly string[];
  readonly #pendingSets: readonly string[];
  readonly #differences: Difference[] = [];

  constructor(expected: CommandSurface, actual: ActualCommand, allowances: Allowances) {
    this.#expected = expected;
    this.#actual = actual;
    this.#ours = allowances.ours ?? [];
    this.#ourSets = allowances.ourSets ?? [];
    this.#lists = allowances.lists ?? [];
    this.#pending = Object.keys(allowances.pending ?? {});
    this.#pendingSets = Object.keys(allowances.pendingSets ?? {});
  }

  run(): Difference[] {
    this.#compareCommand();
    this.#compareSetNames();
    this.#compareParameterNames();
    for (const parameter of this.#expected.parameters) {
      const found = this.#actual.parameters.find(({ name }) => name === parameter.name);
      if (found !== undefined) this.#compareParameter(parameter, found);
    }
    return this.#differences;
  }

  #compareCommand(): void {
    const wanted = this.#expected.defaultParameterSet;
    const found = this.#actual.defaultParameterSet;
    // The one unnamed set of the reference disappears as soon as ours names sets of its own.
    const replaced = wanted === ALL_PARAMETER_SETS && this.#ourSets.includes(found);
    if (!replaced && !this.#pendingSets.includes(wanted)) this.#hold('defaultParameterSet', null, wanted, found);
    this.#hold(
      'shouldProcess',
      null,
      String(this.#expected.supportsShouldProcess),
      String(this.#actual.supportsShouldProcess),
    );
  }

  #compareSetNames(): void {
    this.#compareNames({
      expected: this.#expected.parameterSets.filter((name) => name !== ALL_PARAMETER_SETS),
      actual: this.#actual.parameterSets.filter((name) => name !== ALL_PARAMETER_SETS),
      ours: this.#ourSets,
      pending: this.#pendingSets,
      missing: 'missingParameterSet',
      extra: 'extraParameterSet',
    });
  }

  #compareParameterNames(): void {
    this.#compareNames({
      expected: this.#expected.parameters.map(({ name }) => name),
      actual: this.#actual.parameters.map(({ name }) => name),
      ours: this.#ours,
      pending: this.#pending,
      missing: 'missingParameter',
      extra: 'extraParameter',
    });
  }

  #compareNames(lists: NameLists): void {
    const { expected, actual, ours, pending } = lists;
    for (const name of expected) {
      if (!actual.includes(name) && !pending.includes(name)) this.#add(lists.missing, name, 'present', 'missing');
    }
    for (const name of actual) {
      if (!expected.includes(name) && !ours.includes(name)) this.#add(lists.extra, name, 'absent', 'present');
    }
    for (const name of pending) {
      if (!expected.includes(name)) this.#add('pending', name, 'a name of the reference', 'unknown there');
      else if (actual.includes(name)) this.#add('pending', name, 'missing as listed', 'built: take it off the list');
    }
    for (const name of ours) {
      if (expected.includes(name)) this.#add('ours', name, 'an addition of ours', 'part of the reference');
      else if (!actual.includes(name)) this.#add('ours', name, 'present as listed', 'missing: take it off the list');
    }
  }

  #compareParameter(parameter: SurfaceParameter, found: ActualParameter): void {
    const { name } = parameter;
    const type = expectedDotNetType(parameter);
    this.#hold('type', name, this.#lists.includes(name) ? `${type}[]` : type, found.type);
    this.#hold('alias', name, listed(parameter.aliases), listed(found.aliases));
    this.#hold('values', name, listed(parameter.values), listed(found.validateSet ?? []));

    const built = this.#expected.parameterSets.filter((set) => !this.#pendingSets.includes(set));
    const wantedSets = built.filter((set) => parameter.sets === 'all' || parameter.sets.includes(set));
    const foundSets = built.filter((set) => inSet(found, set) !== undefined);
    this.#hold('sets', name, wantedSets.join(', ') || 'none', foundSets.join(', ') || 'none');

    for (const set of wantedSets) {
      const entry = inSet(found, set);
      if (entry === undefined) continue;
      const suffix = set === ALL_PARAMETER_SETS ? '' : ` in ${set}`;
      const wanted = {
        mandatory: typeof parameter.mandatory === 'boolean' ? parameter.mandatory : parameter.mandatory.includes(set),
        position: parameter.position,
        byValue: parameter.pipeline === 'ByValue',
      };
      this.#hold('mandatory', name, `${wanted.mandatory}${suffix}`, `${entry.mandatory}${suffix}`);
      this.#hold('position', name, `${wanted.position ?? 'named'}${suffix}`, `${entry.position ?? 'named'}${suffix}`);
      this.#hold('pipeline', name, `${wanted.byValue}${suffix}`, `${entry.valueFromPipeline}${suffix}`);
    }
  }

  #hold(kind: DifferenceKind, subject: string | null, expected: string, actual: string): void {
    if (expected !== actual) this.#add(kind, subject, expected, actual);
  }

  #add(kind: DifferenceKind, subject: string | null, expected: string, actual: string): void {
    this.#differences.push({ command: this.#expected.name, kind, subject, expected, actual });
  }
}

interface NameLists {
  readonly expected: readonly string[];
  readonly actual: readonly string[];
  readonly ours: readonly string[];
  readonly pending: readonly string[];
  readonly missing: DifferenceKind;
  readonly extra: DifferenceKind;
}

function inSet(parameter: ActualParameter, set: string): ActualParameterSet | undefined {
  return (
    parameter.sets.find(({ name }) => name === set) ?? parameter.sets.find(({ name }) => name === ALL_PARAMETER_SETS)
  );
}

function listed(values: readonly string[]): string {
  return [...values].sort().join(', ') || 'none';
}
