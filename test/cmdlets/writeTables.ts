/** `node dist/test/cmdlets/writeTables.js`: writes docs/tables.md anew. */
import { writeFileSync } from 'node:fs';
import { locatePowerShell } from '../powershell/powershellEngine.js';
import { commandLineTables, powershellTables, tablesFile, tablesPage } from './tablesPage.js';

const engine = await locatePowerShell();
if ('missing' in engine) throw new TypeError(engine.missing);
writeFileSync(tablesFile, tablesPage(await powershellTables(engine), await commandLineTables()));
process.exit(0);
