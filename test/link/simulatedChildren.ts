import { readFileSync } from 'node:fs';
import type { ParentRecord } from '../../server/link/ParentRecord.js';
import { childCode, playChild } from './playChild.js';

/** A process that plays many child sites, which have joined. Ends with its input. */

const records = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as readonly ParentRecord[];

for (const [number, record] of records.entries()) playChild({ siteCode: childCode(number), version: '0.0.0', record });
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
