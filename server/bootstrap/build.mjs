import { checkNode } from './checkNode.mjs';
import { ensureBuilt } from './ensureBuilt.mjs';
import { ensureInstalled } from './ensureInstalled.mjs';
import { writeErrorTexts } from './writeErrorTexts.mjs';

checkNode();
await ensureInstalled();
await writeErrorTexts();
await ensureBuilt({ force: true });
