const usage = 'npm run verify -- --windows [--what-if] [--pwsh] [--report FILE]';

/**
 * What `npm run verify` starts: the checks for Windows in Windows PowerShell 5.1, with --pwsh in PowerShell 7. Elsewhere
 * only the list can be shown. Gives `{ program, args, needsProgram }` or `{ problem }`.
 */
export function verifyCommand(words, { platform, script, windowsPowerShell }) {
  const options = words.filter((_, index) => words[index - 1] !== '--report');
  const given = new Set(options.map((word) => (/^-whatif$/i.test(word) ? '--what-if' : word)));
  const report = words.includes('--report') ? words[words.indexOf('--report') + 1] : undefined;
  // Nothing is passed over: a preview that is not understood would be no preview.
  const unknown = [...given].find((word) => !['--windows', '--what-if', '--pwsh', '--report'].includes(word));
  if (unknown !== undefined) return { problem: `${unknown} is not known. ${usage}` };
  if (!given.has('--windows')) return { problem: `Give what to verify: ${usage}` };
  if (given.has('--report') && report === undefined) return { problem: `--report needs a file. ${usage}` };
  const isPreview = given.has('--what-if');
  if (platform !== 'win32' && !isPreview)
    return { problem: 'The checks for Windows need Windows; --what-if shows them anywhere.' };
  const program = platform === 'win32' && !given.has('--pwsh') ? windowsPowerShell : 'pwsh';
  const more = [...(isPreview ? ['-WhatIf'] : []), ...(report === undefined ? [] : ['-Report', report])];
  const policy = platform === 'win32' ? ['-ExecutionPolicy', 'Bypass'] : [];
  return { program, args: ['-NoProfile', ...policy, '-File', script, ...more], needsProgram: !isPreview };
}
