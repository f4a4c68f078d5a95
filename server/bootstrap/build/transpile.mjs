import { build } from 'esbuild';
import { at, root } from '../paths.mjs';

/** What is bundled instead: the programs, which nothing imports. */
const programs = new Set(['server/main.ts', 'server/cli/demo.ts']);

/** Takes the types off each source file, so that tests can import it from dist/. Checks nothing. */
export async function transpile(names) {
  await build({
    absWorkingDir: root,
    entryPoints: names.filter((name) => name.endsWith('.ts') && !programs.has(name)),
    outdir: at('dist'),
    outbase: root,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    sourcemap: true,
    logLevel: 'error',
  });
}
