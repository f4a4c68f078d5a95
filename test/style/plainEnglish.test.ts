import { expect } from 'chai';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageFolder } from '../../server/platform/packageFolder.js';

/** What was written once and reads like a translation, with what to write instead. */
const PHRASES: readonly (readonly [RegExp, string])[] = [
  [/\b(?:is|are) already there\b|\bis there already\b/, 'already exists'],
  [/\bnot to be had\b/, 'could not be downloaded'],
  [/\bif (?:it|this) is (?:still )?meant\b/, 'if this is intentional'],
  [/(?<!\b[Tt]here )\bis no (?:file|date|number|site|node|error|failure|reason|address|key|answer)\b/, 'is not a …'],
  [/\bare no feature updates\b/, 'other than feature updates'],
  [/\b(?:made|written|begun|asked) anew\b/, '… again'],
  [/\b(?:A|a) (?:parameter|property|command) of ours\b/, 'not in the ConfigMgr module'],
  [/\bthat is no more\b/, 'that no longer exists'],
  [/\bputs? it right\b/, 'the step that mends it'],
  [/\bcannot be made so\b|\bare not spoken here\b|\bLet what starts\b|\bA verb is missing\b/, 'a plain sentence'],
];

/** Decisions quote what was rejected; the words of a test are its own. */
const LEFT_OUT: ReadonlySet<string> = new Set(['docs/decisions.md']);

/** Every file of these folders that ends so, and the pages at the root. */
function readable(): readonly string[] {
  const root = packageFolder();
  const within = (folder: string, ending: RegExp): string[] =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
      .filter((name) => ending.test(name) && !name.includes('/generated/'));
  return [
    ...readdirSync(root).filter((name) => name.endsWith('.md')),
    ...within('docs', /\.md$/),
    ...within('schemas', /\.json$/),
    ...within('server', /\.ts$/),
    ...within('cmdlets', /\.(?:ps1|ps1xml)$/),
    ...within('en-US', /\.txt$/),
  ].filter((name) => !LEFT_OUT.has(name));
}

describe('style: plain English', () => {
  it('is written in messages, help, pages and comments without the phrases that once stood there', () => {
    const found = readable().flatMap((name) =>
      readFileSync(join(packageFolder(), name), 'utf8')
        .split('\n')
        .flatMap((line, index) =>
          PHRASES.filter(([phrase]) => phrase.test(line)).map(
            ([, instead]) => `${name}:${index + 1}: ${line.trim().slice(0, 100)} (${instead})`,
          ),
        ),
    );
    expect(found).to.deep.equal([]);
  });
});
