/** Variables of the environment that hold a secret: they are for the process that reads them, not for its children. */
export const SECRET_VARIABLES: readonly string[] = ['CONFIGMGRSYNC_DATABASE_URL', 'CONFIGMGRSYNC_DATABASE_KEY'];

/** An environment for another process. Names are compared as Windows does, also where they were copied. */
export function withoutSecrets(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !SECRET_VARIABLES.includes(name.toUpperCase())));
}

/** Removes them from an environment: what this process starts from now on does not have them. */
export function forgetSecrets(env: NodeJS.ProcessEnv): void {
  for (const name of SECRET_VARIABLES) Reflect.deleteProperty(env, name);
}
