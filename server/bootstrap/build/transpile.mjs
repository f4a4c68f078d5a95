import { build } from 'esbuild';
import { at, root } from '../paths.mjs';
import { bundleTestPrograms } from './bundle.mjs';

/** What is bundled instead: the programs, which nothing imports. */
const programs = ['server/main.ts', 'server/cli/demo.ts'];
/** What tests start as processes, many times: one file is read in half the time of a hundred modules. */
const testPrograms = [
  'test/cmdlets/fakeEngine.ts',
  'test/link/simulatedChildren.ts',
  'test/rpc/fakeEngine.ts',
  'test/rpc/stdioHost.ts',
];

/** Takes the types off each source file, so that tests can import it from dist/. Checks nothing. */
export async function transpile(names) {
  const bundled = new Set([...programs, ...testPrograms]);
  await bundleTestPrograms(testPrograms);
  await build({
    absWorkingDir: root,
    entryPoints: names.filter((name) => name.endsWith('.ts') && !bundled.has(name)),
    outdir: at('dist'),
    outbase: root,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    sourcemap: true,
    logLevel: 'error',
  });
}
