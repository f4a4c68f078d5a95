import { checkNode } from './checkNode.mjs';
import { ensureBuilt } from './ensureBuilt.mjs';
import { ensureInstalled } from './ensureInstalled.mjs';

checkNode();
await ensureInstalled();
await ensureBuilt({ force: true });
