import { expect } from 'chai';
import { Linter } from 'eslint';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageFolder } from '../../server/platform/packageFolder.js';

interface LintConfig {
  readonly rules: Readonly<Record<string, readonly unknown[]>>;
}

describe('the lint rules', () => {
  let problems: (code: string) => number;
  before(() => {
    const { rules } = JSON.parse(readFileSync(join(packageFolder(), '.oxlintrc.json'), 'utf8')) as LintConfig;
    const [severity, ...forbidden] = rules['house/no-restricted-syntax'] ?? [];
    const options = { 'no-restricted-syntax': [severity, ...forbidden] } as Linter.RulesRecord;
    problems = (code) => new Linter().verify(code, { rules: options }).length;
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
