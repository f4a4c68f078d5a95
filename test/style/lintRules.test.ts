import { expect } from 'chai';
import { Linter } from 'eslint';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { packageFolder } from '../../server/platform/packageFolder.js';

interface LintConfig {
  readonly productSyntax: readonly { readonly selector: string; readonly message: string }[];
}

describe('the lint rules', () => {
  let problems: (code: string) => number;
  before(async () => {
    const file = pathToFileURL(join(packageFolder(), 'eslint.config.mjs')).href;
    const { productSyntax } = (await import(file)) as LintConfig;
    const rules: Linter.RulesRecord = { 'no-restricted-syntax': ['error', ...productSyntax] };
    problems = (code) => new Linter().verify(code, { rules }).length;
  });

  it('refuse a program of the system without its full path, a bare Error and a late import of a package', () => {
    const refused = [
      "spawn('tool', [])",
      "run('icacls.exe', [])",
      "run({ command: 'whoami' })",
      "const program = 'taskkill.exe'",
      'const program = `${folder}\\\\taskkill.exe`',
      "import { execFile } from 'node:child_process'",
      "throw new Error('text')",
      "await import('package')",
    ];
    expect(refused.filter((code) => problems(code) !== 1)).to.deep.equal([]);
  });

  it('let a program of systemProgram, and what only looks like one, pass', () => {
    const allowed = [
      "run({ command: systemProgram('icacls.exe', env), args: ['/q'] })",
      "run({ command: 'systemctl', args: [] })",
      "const files = ['ntoskrnl.exe']",
      "const endings = new Set(['.exe'])",
      "const reason = 'cmd.exe reads the arguments a second time'",
      "import { spawn } from 'node:child_process'; spawn(process.execPath, [])",
      "await import('./module.js')",
    ];
    expect(allowed.filter((code) => problems(code) !== 0)).to.deep.equal([]);
  });
});
