import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { at } from '../paths.mjs';
import { flowHelp } from './flowHelp.mjs';

const loop = /^foreach \(\$folder in 'private', 'public'\) \{\n[\s\S]*?\n\}\n/m;

/** The module script with all functions in it: one file to read, one signature to check, instead of a hundred. */
export async function mergeModule() {
  const functions = [];
  for (const folder of ['private', 'public']) {
    const entries = await readdir(at('cmdlets', folder), { recursive: true });
    const names = entries.filter((name) => name.endsWith('.ps1')).sort();
    for (const name of names) functions.push(await readFile(join(at('cmdlets', folder), name), 'utf8'));
  }
  return mergedText(await readFile(at('cmdlets', 'ConfigMgrSync.psm1'), 'utf8'), functions);
}

/** Puts functions where the script loads its files; refuses a script without that place. */
export function mergedText(script, functions) {
  const text = script.replaceAll('\r\n', '\n');
  if (!loop.test(text))
    throw new TypeError(
      'cmdlets/ConfigMgrSync.psm1 has no loop over its folders: mergeModule.mjs must follow its change.',
    );
  // A function as replacement: $ in the scripts stands for itself.
  return text.replace(
    loop,
    () => functions.map((one) => flowHelp(one.replaceAll('\r\n', '\n').trim())).join('\n\n') + '\n',
  );
}
