import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { at } from './paths.mjs';

const banner =
  '/* Generated from schemas/ by server/bootstrap/generateContract.mjs: change the schemas, then build. */';
const target = at('server', 'contract', 'generated', 'types.ts');

/** Turns every schema of `schemas/` (`$defs` of its files) into one exported type of `contract/generated/types.ts`. */
export async function generateContract() {
  // Loaded here because a build that has nothing to do must not need it.
  const { compile } = await import('json-schema-to-typescript');
  const text = await compile(await wholeContract(), 'WholeContract', {
    bannerComment: banner,
    cwd: `${at('schemas')}/`,
    ignoreMinAndMaxItems: true,
    additionalProperties: false,
    style: { singleQuote: true, printWidth: 140 },
  });
  await writeWhenChanged(target, text);
}

/** One schema that refers to all others, so that each type comes out once. */
async function wholeContract() {
  const properties = {};
  for (const file of await schemaFiles()) {
    const { $defs } = JSON.parse(await readFile(at('schemas', file), 'utf8'));
    for (const name of Object.keys($defs)) properties[name] = { $ref: `${file}#/$defs/${name}` };
  }
  return { title: 'WholeContract', type: 'object', properties, additionalProperties: false };
}

async function schemaFiles() {
  const files = await readdir(at('schemas'));
  return files.filter((file) => file.endsWith('.json') && file !== 'errors.json').sort();
}

// An unchanged file keeps its time, so that the compiler has nothing to do.
async function writeWhenChanged(path, text) {
  await mkdir(dirname(path), { recursive: true });
  const before = await readFile(path, 'utf8').catch(() => '');
  if (before !== text) await writeFile(path, text);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await generateContract();
