import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { powershellSuite, repositoryRoot } from './powershellEngine.js';
import { allScripts, findStyle } from './scriptStyle.js';

const suppressed = (reason: string): string =>
  `function New-A {\n    [CmdletBinding()]\n    [System.Diagnostics.CodeAnalysis.SuppressMessage(` +
  `'PSUseShouldProcessForStateChangingFunctions', ''${reason})]\n    param()\n}\n`;
const SUPPORTS = '    [CmdletBinding(SupportsShouldProcess = $true)]\n    param()\n';

/** A script for each thing that is refused, and the rule that has to name it. */
const BAD: ReadonlyArray<readonly [rule: string, script: string]> = [
  ['brace-on-own-line', 'if ($a)\n{\n    1\n}\n'],
  ['code-after-brace', 'if ($a) { 1\n    2\n}\n'],
  ['brace-not-on-own-line', 'if ($a) {\n    1 }\n'],
  ['not-after-brace', 'if ($a) {\n    1\n}\nelse {\n    2\n}\n'],
  ['not-after-brace', 'try {\n    1\n}\ncatch {\n    2\n}\n'],
  ['space-after-brace', 'if ($a) {\n    1\n}else {\n    2\n}\n'],
  ['space-before-brace', 'if ($a){\n    1\n}\n'],
  ['space-inside-braces', 'if ($a) {1 }\n'],
  ['space-inside-braces', '$a = @{ B = 1}\n'],
  ['indentation', 'if ($a) {\n  1\n}\n'],
  ['indentation', 'if ($a) {\n    1\n  }\n'],
  ['indentation', '$a = 1,\n            2\n'],
  ['tab', 'if ($a) {\n\t1\n}\n'],
  ['space-at-end', '1 \n'],
  ['no-end-of-line', '1'],
  ['should-process', 'function Set-A {\n    1\n}\n'],
  ['should-process', 'function Set-B {\n    $PSCmdlet.ShouldProcess(1)\n}\n'],
  ['should-process', suppressed('')],
  ['should-process', suppressed(", Justification = ''")],
  ['never-asks', `function Get-A {\n${SUPPORTS}    1\n}\n`],
  ['parse-error', 'if (1) {\n'],
];

/** What is laid out as it should be. */
const GOOD: readonly string[] = [
  'if ($a) { 1 } else { 2 }\n',
  '$a = @(foreach ($b in 1, 2) {\n    $b\n})\n',
  '$a = 1 |\n    ForEach-Object { $_ } |\n    Sort-Object\n',
  "$a = @{\n    B = @(\n        1\n    )\n    # why\n    C = @'\n  text\n'@\n}\n",
  'do {\n    1\n} while ($a)\n',
  '@{ A = 1 }\n',
  suppressed(", Justification = 'It makes an object.'"),
  `function Set-C {\n${SUPPORTS}    if ($PSCmdlet.ShouldProcess('a')) { 1 }\n}\n`,
  'function Confirm-D($Caller) {\n    $Caller.ShouldProcess(1)\n}\n' +
    `function Set-D {\n${SUPPORTS}    Confirm-D -Caller $PSCmdlet\n}\n`,
];

powershellSuite('how scripts are laid out, and what they ask', (engine) => {
  const folder = temporaryFolder();

  async function rulesIn(scripts: readonly string[]): Promise<string[][]> {
    const files = scripts.map((_, at) => `s${at}.ps1`);
    await Promise.all(scripts.map((script, at) => writeFile(join(folder(), files[at] ?? ''), script)));
    const found = await findStyle(engine(), folder(), files);
    return files.map((file) => found.filter((finding) => finding.file === file).map(({ rule }) => rule));
  }

  it('one true brace style, four spaces, and no change without ShouldProcess or a reason', async () => {
    const root = repositoryRoot();
    const scripts = await allScripts(root);
    expect(scripts).to.have.length.greaterThan(100);
    const found = await findStyle(engine(), root, scripts);
    expect(found.map((f) => `${f.file}:${f.line} ${f.rule}: ${f.text}`)).to.deep.equal([]);
  });

  it('is what the walk tells from anything else', async () => {
    const found = await rulesIn([...BAD.map(([, script]) => script), ...GOOD]);
    const wrong = BAD.filter(([rule], at) => found[at]?.includes(rule) !== true);
    expect(wrong).to.deep.equal([]);
    expect(found.slice(BAD.length)).to.deep.equal(GOOD.map(() => []));
  });
});
