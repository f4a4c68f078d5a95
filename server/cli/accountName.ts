import { userInfo } from 'node:os';

/**
 * The account as Windows and the other systems name it to a process. Cron and systemd name none: there it is looked up.
 * @param lookedUp throws where no directory knows the account
 */
export function accountName(
  env: NodeJS.ProcessEnv,
  lookedUp: () => string = () => userInfo().username,
): string | undefined {
  const named = env['USERNAME'] ?? env['USER'];
  if (named !== undefined) return named;
  try {
    return lookedUp();
  } catch {
    return undefined; // no directory knows the number
  }
}
