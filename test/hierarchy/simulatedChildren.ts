/** A process that plays many child sites, which have joined. Ends with its input. */
import { readFileSync } from 'node:fs';
import type { ParentNote } from '../../server/hierarchy/join/ParentNote.js';
import { childCode, playChild } from './playChild.js';

const notes = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as readonly ParentNote[];

for (const [number, note] of notes.entries()) playChild({ siteCode: childCode(number), version: '0.0.0', note });
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
