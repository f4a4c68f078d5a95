import { checkNode } from './checkNode.mjs';
import { ensureBuilt } from './ensureBuilt.mjs';
import { ensureInstalled } from './ensureInstalled.mjs';
import { at } from './paths.mjs';
import { mustRunNode } from './run.mjs';
import { saying } from './saying.mjs';
import { writeErrorTexts } from './writeErrorTexts.mjs';

checkNode();
await ensureInstalled();
await writeErrorTexts();
await ensureBuilt({ force: true });
await saying('Checking the types', () =>
  mustRunNode('The compiler', [at('node_modules', 'typescript', 'bin', 'tsc'), '-p', at()]),
);
