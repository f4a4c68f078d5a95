/** The account as Windows and the other systems name it to a process. */
export function accountName(env: NodeJS.ProcessEnv): string | undefined {
  return env['USERNAME'] ?? env['USER'];
}
