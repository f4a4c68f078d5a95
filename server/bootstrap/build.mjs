import { checkNode } from './checkNode.mjs';
import { ensureBuilt } from './ensureBuilt.mjs';
import { ensureInstalled } from './ensureInstalled.mjs';
import { at } from './paths.mjs';
import { mustRunNode } from './run.mjs';
import { writeErrorTexts } from './writeErrorTexts.mjs';

checkNode();
await ensureInstalled();
await writeErrorTexts();
await ensureBuilt({ force: true });
process.stdout.write('Checking the types ...\n');
await mustRunNode('The compiler', [at('node_modules', 'typescript', 'bin', 'tsc'), '-p', at()]);
