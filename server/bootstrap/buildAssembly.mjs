// Builds the reader in WebAssembly (server/xml/assembly): `node server/bootstrap/buildAssembly.mjs` writes module.ts,
// `--check` compares it. AssemblyScript is not among the packages of the project: it is large, and few need it.
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root } from './paths.mjs';

const PACKAGE = 'assemblyscript@0.28.20';
const PAGES = '48';
const WIDTH = 112;
const folder = path.join(root, 'server', 'xml', 'assembly');
const target = path.join(folder, 'module.ts');

const work = mkdtempSync(path.join(tmpdir(), 'configmgrsync-assembly-'));
try {
  for (const name of readdirSync(folder).filter((entry) => entry.endsWith('.as')))
    copyFileSync(path.join(folder, name), path.join(work, name.replace(/as$/, 'ts')));
  const compiler = compilerIn(work);
  const options = ['-O3', '--enable', 'simd', '--noAssert', '--runtime', 'stub', '--initialMemory', PAGES];
  execFileSync(process.execPath, [compiler, 'scan.ts', ...options, '--maximumMemory', PAGES, '-o', 'scan.wasm'], {
    cwd: work,
    stdio: 'inherit',
  });
  const made = moduleOf(readFileSync(path.join(work, 'scan.wasm')));
  if (!process.argv.includes('--check')) writeFileSync(target, made);
  else if (readFileSync(target, 'utf8').replace(/\r\n/g, '\n') !== made) {
    process.stderr.write(`${target} does not match its sources: run node server/bootstrap/buildAssembly.mjs\n`);
    process.exitCode = 1;
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}

/** The compiler, installed for this time only; its packages have no install scripts. */
function compilerIn(where) {
  const npm =
    process.env.npm_execpath ??
    path.join(path.dirname(process.execPath), '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js');
  writeFileSync(path.join(where, 'package.json'), '{"private":true}');
  execFileSync(process.execPath, [npm, 'install', '--no-audit', '--no-fund', '--ignore-scripts', PACKAGE], {
    cwd: where,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return path.join(where, 'node_modules', 'assemblyscript', 'bin', 'asc.js');
}

function moduleOf(bytes) {
  const text = bytes.toString('base64');
  const lines = text.match(new RegExp(`.{1,${WIDTH}}`, 'g')) ?? [];
  return [
    '// Made by server/bootstrap/buildAssembly.mjs from the sources beside it.',
    '/** The reader of update documents in WebAssembly, in base64. */',
    'export const MODULE = [',
    ...lines.map((line) => `  '${line}',`),
    "].join('');",
    '',
  ].join('\n');
}
