/** True in a session that came through OpenSSH: on Windows all its processes can end with it. */
export function isRemoteSession(env: NodeJS.ProcessEnv): boolean {
  return (env['SSH_CONNECTION'] ?? '') !== '';
}
