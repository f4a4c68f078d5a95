import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { signSteps } from './signSteps.mjs';
import { filesOf } from './writePackage.mjs';

/**
 * Signs a package folder with Windows PowerShell, which has the cmdlets and the certificate stores. Gives its exit
 * code.
 */
export async function signPackage(folder, { sign, timestampServer }) {
  const scratch = await mkdtemp(join(tmpdir(), 'configmgrsync-sign-'));
  try {
    const script = join(scratch, 'sign.ps1');
    const steps = signSteps({ folder, files: await filesOf(folder), thumbprint: sign, timestampServer });
    // The mark tells Windows PowerShell that a path with other letters than ASCII is UTF-8.
    await writeFile(script, `\ufeff${steps.join('\r\n')}\r\n`);
    const code = await run(['-NoProfile', '-NonInteractive', '-ExecutionPolicy', 'Bypass', '-File', script]);
    process.stdout.write(code === 0 ? `Signed with ${sign}.\n` : 'The package was not signed.\n');
    return code;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

function run(args) {
  const program = join(
    process.env.SystemRoot ?? 'C:\\Windows',
    'System32',
    'WindowsPowerShell',
    'v1.0',
    'powershell.exe',
  );
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: 'inherit', windowsHide: true });
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 1));
  });
}
