import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ensureBuilt } from './ensureBuilt.mjs';
import { at } from './paths.mjs';
import { verifyCommand } from './verifyCommand.mjs';

const command = verifyCommand(process.argv.slice(2), {
  platform: process.platform,
  script: at('test', 'windows', 'Invoke-WindowsCheck.ps1'),
  windowsPowerShell: join(
    process.env.SystemRoot ?? 'C:\\Windows',
    'System32',
    'WindowsPowerShell',
    'v1.0',
    'powershell.exe',
  ),
});
if ('problem' in command) {
  process.stderr.write(`${command.problem}\n`);
  process.exitCode = 2;
} else {
  if (command.needsProgram) await ensureBuilt({ names: ['program'] });
  const child = spawn(command.program, command.args, { stdio: 'inherit' });
  child.on('error', (error) => {
    process.stderr.write(`${command.program}: ${error.message}\n`);
    process.exitCode = 1;
  });
  child.on('close', (code) => (process.exitCode = code ?? 1));
}
