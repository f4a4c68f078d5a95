import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../powershell/powershellEngine.js';

/** One example of the help of a command, named as `Get-CMSyncRun 2`. */
export interface HelpExample {
  readonly name: string;
  readonly code: string;
}

/** What an example needs around it, from help-examples.json. */
export interface ExampleNote {
  /** Why it is not run. */
  readonly skip?: string;
  /** Why it is run with $WhatIfPreference. */
  readonly whatIf?: string;
  readonly before?: string;
  readonly after?: string;
}

/** Every example of every public command, in the order of the files. */
export function helpExamples(): readonly HelpExample[] {
  const folder = join(repositoryRoot(), 'cmdlets', 'public');
  const files = readdirSync(folder)
    .filter((file) => file.endsWith('.ps1'))
    .sort();
  return files.flatMap((file) =>
    examplesIn(readFileSync(join(folder, file), 'utf8')).map((code, index) => ({
      name: `${file.replace('.ps1', '')} ${index + 1}`,
      code,
    })),
  );
}

/** The code of the examples in a script: the lines that begin with a prompt. */
export function examplesIn(script: string): readonly string[] {
  const help = /<#([\s\S]*?)#>/.exec(script.replaceAll('\r\n', '\n'))?.[1] ?? '';
  const parts = help.split(/^ {4}\.(?=[A-Z])/m).filter((part) => part.startsWith('EXAMPLE\n'));
  return parts.map((part) => [...part.matchAll(/^ {4}PS> ?(.*)$/gm)].map(([, line]) => line).join('\n'));
}

/** The notes; a name that no example has any more is an error of the list. */
export function exampleNotes(): Readonly<Record<string, ExampleNote>> {
  return JSON.parse(readFileSync(join(repositoryRoot(), 'test', 'cmdlets', 'help-examples.json'), 'utf8')) as Record<
    string,
    ExampleNote
  >;
}
