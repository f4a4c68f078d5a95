import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../powershell/repositoryRoot.js';

export interface ModuleScript {
  /** Below `cmdlets`, with slashes: `public`, `private/log`. */
  readonly folder: string;
  readonly name: string;
  readonly text: string;
}

/** The scripts that the module is made of: one function a file. */
export function moduleScripts(): ModuleScript[] {
  const cmdlets = join(repositoryRoot(), 'cmdlets');
  return ['public', 'private'].flatMap((below) =>
    readdirSync(join(cmdlets, below), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ps1'))
      .sort()
      .map((file) => {
        const parts = `${below}/${file.replaceAll('\\', '/').replace('.ps1', '')}`.split('/');
        const text = readFileSync(join(cmdlets, below, file), 'utf8');
        return { folder: parts.slice(0, -1).join('/'), name: parts.at(-1) ?? '', text };
      }),
  );
}
