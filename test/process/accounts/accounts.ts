import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { programFile } from '../../../server/platform/packageFolder.js';
import type { VerbEnd } from '../../cli/runVerb.js';
import { endOfVerb } from '../Session.js';

/** Numbers of a user and of the groups beside its own; no account is created. */
export interface Account {
  readonly name: string;
  readonly userId: number;
  readonly groups: readonly number[];
}

/** The group of the operators of a site. */
export const GROUP = 41_900;

/** Who works on a site: `owner` is the account of its service, the operator is one by a supplementary group only. */
export const ACCOUNTS = {
  root: { name: 'root', userId: 0, groups: [] },
  owner: { name: 'owner', userId: 41_001, groups: [GROUP] },
  operator: { name: 'operator', userId: 41_002, groups: [GROUP] },
  stranger: { name: 'stranger', userId: 41_003, groups: [] },
} as const satisfies Record<string, Account>;

/** Becomes an account and goes on as a program; with the strictest umask, on which nothing may depend. */
const BECOME = `
const [module, words] = [process.argv[1], JSON.parse(process.argv.pop())];
process.umask(0o077);
process.setgroups([...words.groups, words.userId]);
process.setgid(words.userId);
process.setuid(words.userId);
import(require('node:url').pathToFileURL(module).href);
`;

/** The words for Node.js that run a script of ours as an account. */
export function wordsAs(account: Account, script: string, args: readonly string[]): readonly string[] {
  return account.userId === 0 ? [script, ...args] : ['-e', BECOME, script, ...args, JSON.stringify(account)];
}

/** Why there are no four accounts here; '' where there are. */
export function whyNoAccounts(): string {
  const reason = ' (skipped: four accounts need Linux, root and a checkout that others can read)';
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return reason;
  const words = wordsAs(ACCOUNTS.stranger, programFile(), ['--version']);
  return spawnSync(process.execPath, words).status === 0 ? '' : reason;
}

/** A process of an account in the environment of a test. */
export function startAs(account: Account, args: readonly string[], env: NodeJS.ProcessEnv): ChildProcess {
  return spawn(process.execPath, wordsAs(account, programFile(), args), { env, stdio: 'pipe' });
}

/** A verb of the command line as an account, to its end. */
export async function verbAs(account: Account, args: readonly string[], env: NodeJS.ProcessEnv): Promise<VerbEnd> {
  const child = startAs(account, args, env);
  child.stdin?.end();
  return endOfVerb(child);
}
