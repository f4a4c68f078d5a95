import { resolve } from 'node:path';
import { at } from '../paths.mjs';

const usage = 'npm run package -- [--out FOLDER] [--sign THUMBPRINT [--timestamp-server URL]]';

/** What `npm run package` was asked for: `{ out, sign?, timestampServer? }`, or `{ problem }` in words. */
export function readArguments(args, platform = process.platform) {
  const given = { out: at('dist-package') };
  for (let index = 0; index < args.length; index += 2) {
    const problem = take(given, args[index], args[index + 1]);
    if (problem !== undefined) return { problem: `${problem} ${usage}` };
  }
  if (given.sign !== undefined && platform !== 'win32')
    return { problem: '--sign needs Windows: Authenticode signatures and file catalogues are made there only.' };
  return given;
}

function take(given, name, value) {
  if (value === undefined || !['--out', '--sign', '--timestamp-server'].includes(name))
    return `${name} is not known or has no value.`;
  if (name === '--out') given.out = resolve(value);
  if (name === '--timestamp-server') given.timestampServer = value;
  if (name === '--sign') given.sign = thumbprintOf(value);
  if (name === '--sign' && given.sign === undefined)
    return `${value} is not a thumbprint, which has 40 hexadecimal digits.`;
  return undefined;
}

/** 40 hexadecimal digits in capitals. The certificate dialog of Windows copies spaces and invisible marks with them. */
export function thumbprintOf(text) {
  const digits = text.replace(/[\s\u200e\u200f]/g, '').toUpperCase();
  return /^[0-9A-F]{40}$/.test(digits) ? digits : undefined;
}
