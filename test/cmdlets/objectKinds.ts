import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../powershell/repositoryRoot.js';

export interface ObjectKind {
  /** The class of the product; none of two kinds of ours. */
  readonly productClass: string | undefined;
  /** `Name` or `Name:type`, in order. */
  readonly properties: readonly string[];
}

/** The kinds of `cmdlets/ConfigMgrSync.Objects.psd1`. */
export function objectKinds(): Readonly<Record<string, ObjectKind>> {
  const text = readFileSync(join(repositoryRoot(), 'cmdlets', 'ConfigMgrSync.Objects.psd1'), 'utf8');
  const blocks = text.matchAll(/^ {4}(\w+) = @\{\n(?: {8}Class {6}= '(\w+)'\n)? {8}Properties = @\(\n([^)]*)\)/gm);
  return Object.fromEntries(
    [...blocks].map(([, kind = '', productClass, list = '']) => {
      const properties = [...list.matchAll(/'([^']+)'/g)].map(([, property = '']) => property);
      return [kind, { productClass, properties }];
    }),
  );
}
