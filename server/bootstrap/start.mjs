import { checkNode } from './checkNode.mjs';
import { ensureBuilt } from './ensureBuilt.mjs';
import { ensureInstalled } from './ensureInstalled.mjs';
import { at } from './paths.mjs';
import { runNode } from './run.mjs';

checkNode();
await ensureInstalled();
await ensureBuilt({ names: ['program'] });
// Ctrl+C reaches the demo too, which cleans up and ends.
process.on('SIGINT', () => undefined);
process.exitCode = await runNode([at('dist', 'server', 'cli', 'demo.js'), ...process.argv.slice(2)]);
