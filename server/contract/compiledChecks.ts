/**
 * Checks that were compiled beforehand, by schema. The build of the program puts those of the first messages of a
 * process here (`server/bootstrap/build/compiledChecks.mjs`): to load what compiles a schema takes longer than to
 * answer. Without the build there are none.
 */
export const compiledChecks: Readonly<Record<string, (value: unknown) => boolean>> = {};
