import { pathToFileURL } from 'node:url';
import { at } from '../paths.mjs';
import { saying } from '../saying.mjs';

/** Finds or installs the PowerShell of the tests before they begin, so that no test waits for it, and names it. */
export async function preparePowerShell(write = (text) => void process.stdout.write(text)) {
  const module = pathToFileURL(at('dist', 'test', 'powershell', 'locatePowerShell.js')).href;
  const { locatePowerShell } = await import(module);
  const found = await saying('Looking for PowerShell', locatePowerShell);
  write(`${found.missing ?? found.description}\n`);
}
