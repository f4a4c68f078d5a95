import { readFile, writeFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { at } from './paths.mjs';

const PAGE_END = '|---|---|---|---|---|\n';
const HELP_BEGIN = '    InvalidRequest\n';
const HELP_END = '\nSEE ALSO\n';
const HELP_WIDTH = 92;

/**
 * Writes the table of docs/errors.md and the list of about_ConfigMgrSync_Errors from schemas/errors.json; what is
 * around them is written by hand.
 */
export async function writeErrorTexts() {
  const errors = Object.entries(JSON.parse(await readFile(at('schemas', 'errors.json'), 'utf8')));
  await rewrite(
    at('docs', 'errors.md'),
    (page) => page.slice(0, page.indexOf(PAGE_END) + PAGE_END.length) + errors.map(pageRow).join(''),
  );
  await rewrite(
    at('en-US', 'about_ConfigMgrSync_Errors.help.txt'),
    (help) =>
      help.slice(0, help.indexOf(HELP_BEGIN)) + errors.map(helpEntry).join('\n') + help.slice(help.indexOf(HELP_END)),
  );
}

function pageRow([id, { category, exit, message, nextStep, nextStepCli }]) {
  const next = nextStepCli === undefined ? nextStep : `${nextStep} Command line: ${nextStepCli}`;
  const cells = [category, exit, message, next].map((cell) => String(cell).replaceAll('|', '\\|'));
  return `| \`${id}\` | ${cells.join(' | ')} |\n`;
}

function helpEntry([id, { category, exit, message, nextStep }]) {
  return [`    ${id}`, ...wrapped(`${category}, exit code ${exit}. ${message}`), ...wrapped(nextStep), ''].join('\n');
}

function wrapped(text) {
  const lines = [''];
  for (const word of text.split(' ')) {
    const longer = `${lines.at(-1)} ${word}`.trimStart();
    if (longer.length <= HELP_WIDTH) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines.map((line) => `        ${line}`);
}

// An unchanged file keeps its time; a checkout on Windows may have other line ends.
async function rewrite(path, change) {
  const before = await readFile(path, 'utf8');
  const after = change(before.replaceAll('\r\n', '\n'));
  if (after !== before.replaceAll('\r\n', '\n')) await writeFile(path, after);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await writeErrorTexts();
