import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What PowerShell calls the one parameter set of a command that names none. */
export const ALL_PARAMETER_SETS = '__AllParameterSets';

export interface SurfaceParameter {
  readonly name: string;
  /** As documented: `String[]`, `Boolean`, `Switch`, `IResultObject`, the name of an enumeration, ... */
  readonly type: string;
  readonly sets: 'all' | readonly string[];
  /** In every set of the parameter, in none, or in the sets listed. */
  readonly mandatory: boolean | readonly string[];
  readonly position: number | null;
  readonly aliases: readonly string[];
  /** The values of an enumeration; empty for every other type. */
  readonly values: readonly string[];
  readonly pipeline: 'ByValue' | null;
  readonly wildcard: boolean;
  /** Exists beside the reference page (release notes, older versions). */
  readonly undocumented?: true;
  readonly deprecated?: true;
  readonly addedIn?: string;
  readonly removedIn?: string;
  /** No source names the type; it is our choice until one does. */
  readonly typeAssumed?: true;
}

export interface CommandSurface {
  readonly name: string;
  readonly defaultParameterSet: string;
  /** The default first. */
  readonly parameterSets: readonly string[];
  readonly supportsShouldProcess: boolean;
  readonly outputs: readonly string[];
  readonly pipelineInput: readonly string[];
  /** WhatIf, Confirm and the common parameters are left out. */
  readonly parameters: readonly SurfaceParameter[];
}

export interface Surface {
  readonly source: string;
  readonly commands: readonly CommandSurface[];
}

/** Why something of the reference is not there yet. */
export interface PendingEntry {
  /** The issue that brings it. */
  readonly issue: number;
  readonly reason: string;
}

/** pending.json: every level may be left out. Names as in surface.json, parameters without the dash. */
export interface Pending {
  /** Commands the module does not export yet. */
  readonly commands: Readonly<Record<string, PendingEntry>>;
  /** Command, then parameter. */
  readonly parameters: Readonly<Record<string, Readonly<Record<string, PendingEntry>>>>;
  /** Command, then parameter set. */
  readonly parameterSets: Readonly<Record<string, Readonly<Record<string, PendingEntry>>>>;
}

/** One entry of ours.json, by command: what ours has and the reference has not. */
export interface Additions {
  readonly parameters: readonly string[];
  readonly parameterSets: readonly string[];
  /** Parameters of the reference that take several values here, which one value is among. */
  readonly lists: readonly string[];
}

export type Ours = Readonly<Record<string, Additions>>;

export function repositoryRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder);
    if (parent === folder) throw new TypeError('No package.json in any folder above this file.');
    folder = parent;
  }
  return folder;
}

/** A file of this folder in the sources: the compiled copy of the test has no data beside it. */
export function parityFile(name: string): string {
  return join(repositoryRoot(), 'test', 'parity', name);
}

export function loadSurface(): Surface {
  return readJson('surface.json') as Surface;
}

export function loadPending(): Pending {
  return parsePending(readJson('pending.json'));
}

export function loadOurs(): Ours {
  return parseOurs(readJson('ours.json'));
}

/** Checked by hand because it is written by hand: a misspelt key must not switch a comparison off. */
export function parsePending(value: unknown): Pending {
  const root = record(value, 'pending.json');
  onlyKeys(root, ['commands', 'parameters', 'parameterSets'], 'pending.json');
  return {
    commands: entries(root['commands'] ?? {}, 'pending.json: commands'),
    parameters: nested(root['parameters'] ?? {}, 'pending.json: parameters'),
    parameterSets: nested(root['parameterSets'] ?? {}, 'pending.json: parameterSets'),
  };
}

export function parseOurs(value: unknown): Ours {
  return mapRecord(value, 'ours.json', (entry, where) => {
    const additions = record(entry, where);
    onlyKeys(additions, ['parameters', 'parameterSets', 'lists'], where);
    return {
      parameters: names(additions['parameters'] ?? [], `${where}: parameters`),
      parameterSets: names(additions['parameterSets'] ?? [], `${where}: parameterSets`),
      lists: names(additions['lists'] ?? [], `${where}: lists`),
    };
  });
}

function readJson(name: string): unknown {
  return JSON.parse(readFileSync(parityFile(name), 'utf8'));
}

function record(value: unknown, where: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new TypeError(`${where} must be an object.`);
  return value as Record<string, unknown>;
}

function onlyKeys(value: Record<string, unknown>, allowed: readonly string[], where: string): void {
  for (const key of Object.keys(value)) {
    if (!allowed.includes(key))
      throw new TypeError(`${where} has an unknown key "${key}"; it may hold ${allowed.join(', ')}.`);
  }
}

function mapRecord<T>(value: unknown, where: string, read: (entry: unknown, where: string) => T): Record<string, T> {
  return Object.fromEntries(
    Object.entries(record(value, where)).map(([key, entry]) => [key, read(entry, `${where}: ${key}`)]),
  );
}

function entries(value: unknown, where: string): Record<string, PendingEntry> {
  return mapRecord(value, where, pendingEntry);
}

function nested(value: unknown, where: string): Record<string, Record<string, PendingEntry>> {
  return mapRecord(value, where, entries);
}

function pendingEntry(value: unknown, where: string): PendingEntry {
  const entry = record(value, where);
  onlyKeys(entry, ['issue', 'reason'], where);
  const { issue, reason } = entry;
  if (typeof issue !== 'number' || !Number.isInteger(issue) || issue < 1)
    throw new TypeError(`${where}: issue must be the number of an issue.`);
  if (typeof reason !== 'string' || reason.trim() === '')
    throw new TypeError(`${where}: reason must say what is missing.`);
  return { issue, reason };
}

function names(value: unknown, where: string): string[] {
  if (!Array.isArray(value) || !value.every((name) => typeof name === 'string'))
    throw new TypeError(`${where} must be a list of names.`);
  return value;
}
