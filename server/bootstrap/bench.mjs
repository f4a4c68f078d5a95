import { checkNode } from './checkNode.mjs';
import { ensureBuilt } from './ensureBuilt.mjs';
import { ensureInstalled } from './ensureInstalled.mjs';
import { at } from './paths.mjs';
import { runNode } from './run.mjs';

checkNode();
await ensureInstalled();
await ensureBuilt();
process.exitCode = await runNode([at('dist', 'test', 'bench', 'bench.js'), ...process.argv.slice(2)]);
