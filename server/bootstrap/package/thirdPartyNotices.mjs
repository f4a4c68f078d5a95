import { readdir, readFile } from 'node:fs/promises';
import { at } from '../paths.mjs';

const heading = 'The package of ConfigMgrSync contains the following software of others, under their licences.';
const insideWebAssembly = [
  'libarchive (in libarchive.wasm): Copyright (c) 2003-2018 Tim Kientzle and others. ' +
    'https://github.com/libarchive/libarchive/blob/master/COPYING (New BSD licence)',
  'SQLite (in sql-wasm.wasm): public domain. https://sqlite.org/copyright.html',
];

/** The licences of npm packages, named by their folders below node_modules. */
export async function thirdPartyNotices(packages) {
  const parts = await Promise.all(packages.map(noticeOf));
  return `${[heading, ...parts, ...insideWebAssembly].join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
}

async function noticeOf(name) {
  const { version, license, author } = JSON.parse(await readFile(at('node_modules', name, 'package.json'), 'utf8'));
  const by = typeof author === 'string' ? author : author?.name;
  const file = (await readdir(at('node_modules', name))).find((entry) => /^(licen[sc]e|copying)(\.|$)/i.test(entry));
  const text =
    file === undefined ? `Licence: ${license}` : (await readFile(at('node_modules', name, file), 'utf8')).trim();
  return [`${name} ${version} (${license}${by === undefined ? '' : `, ${by}`})`, text].join('\n\n');
}
