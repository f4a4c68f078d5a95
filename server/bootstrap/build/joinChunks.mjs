import { rm } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { build } from 'esbuild';
import { root } from '../paths.mjs';
import { buildMark, marked } from './buildMark.mjs';
import { chunkSets } from './chunkSets.mjs';

/**
 * Joins the chunks that a process loads in any case: to find and link a hundred small modules took a quarter of the
 * start of an engine. What is loaded late stays apart. Gives what the bundler would say of the files that there are now.
 */
export async function joinChunks(folder, outputs, options) {
  const mark = buildMark(outputs);
  const sets = new Map([...chunkSets(outputs)].map(([name, paths]) => [`${name}-${mark}`, paths]));
  const setOf = new Map([...sets].flatMap(([name, paths]) => paths.map((path) => [resolve(root, path), name])));
  const others = Object.keys(outputs)
    .map((path) => resolve(root, path))
    .filter((file) => !setOf.has(file));
  const exportsOf = (file) => outputs[nameOf(file)].exports;
  const { metafile } = await build({
    ...options,
    outdir: folder,
    allowOverwrite: true,
    entryPoints: [
      ...others.map((file) => ({ in: file, out: relative(folder, marked(file, mark)).replace(/\.js$/, '') })),
      ...[...sets.keys()].map((name) => ({ in: `${SET}:${name}`, out: `parts/${name}` })),
    ],
    plugins: [joining({ parts: join(folder, 'parts'), setOf, exportsOf, mark })],
    metafile: true,
  });
  const left = [...setOf.keys(), ...others.filter((file) => marked(file, mark) !== file)];
  for (const file of left) await rm(file);
  const before = Object.fromEntries(Object.entries(outputs).map(([path, output]) => [marked(path, mark), output]));
  return Object.fromEntries(
    Object.entries(metafile.outputs).map(([path, output]) => [
      path,
      described(path, output, { outputs, entryPoint: before[path]?.entryPoint }),
    ]),
  );
}

/** A file that is made of chunks, and a chunk as another file sees it: what it takes of such a file. */
const SET = 'set';
const TAKEN = 'taken';

function nameOf(file) {
  return relative(root, file).replaceAll('\\', '/');
}

/** What a chunk exports, under names that no other chunk has. */
function renamed(file, name) {
  return `${basename(file, '.js').replace(/\W/g, '_')}_${name}`;
}

function joining({ parts, setOf, exportsOf, mark }) {
  const setOfImporter = ({ namespace, importer }) => (namespace === SET ? importer : setOf.get(importer));
  const found = (asked) => {
    if (asked.kind === 'entry-point') return undefined;
    const file = resolve(asked.resolveDir, asked.path);
    const set = asked.kind === 'dynamic-import' || asked.namespace === TAKEN ? undefined : setOf.get(file);
    if (set === undefined)
      return { path: asked.namespace === TAKEN ? asked.path : marked(asked.path, mark), external: true };
    return { path: file, namespace: set === setOfImporter(asked) ? 'file' : TAKEN };
  };
  const whole = (file) =>
    `export { ${exportsOf(file).map((name) => `${name} as ${renamed(file, name)}`)} } from ${JSON.stringify(file)};`;
  const taken = (file) =>
    `export { ${exportsOf(file).map((name) => `${renamed(file, name)} as ${name}`)} } from './${setOf.get(file)}.js';`;
  return {
    name: 'joining',
    setup(bundle) {
      bundle.onResolve({ filter: /^set:/ }, ({ path }) => ({ path: path.slice(SET.length + 1), namespace: SET }));
      bundle.onResolve({ filter: /.*/ }, found);
      bundle.onLoad({ filter: /.*/, namespace: SET }, ({ path }) => ({
        contents: [...setOf].flatMap(([file, set]) => (set === path ? [whole(file)] : [])).join('\n'),
        resolveDir: parts,
      }));
      bundle.onLoad({ filter: /.*/, namespace: TAKEN }, ({ path }) => ({ contents: taken(path), resolveDir: parts }));
    },
  };
}

/** A file with the sources in it and the files that it imports, as the bundler said it of the chunks. */
function described(path, output, { outputs, entryPoint }) {
  const inputs = Object.keys(output.inputs).flatMap((input) => Object.keys(outputs[input]?.inputs ?? {}));
  const imports = output.imports.map((asked) =>
    asked.path.startsWith('.')
      ? { ...asked, path: nameOf(resolve(root, dirname(path), asked.path)), external: false }
      : asked,
  );
  return {
    ...output,
    entryPoint,
    inputs: Object.fromEntries(inputs.map((name) => [name, {}])),
    imports,
  };
}
