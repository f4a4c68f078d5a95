/**
 * A sentence that says why the after-sync command of a site is not run by this engine; undefined where it is run or
 * there is none.
 */
export function afterSyncRefusal(command: string, isRefused: boolean | undefined): string | undefined {
  if (command === '' || isRefused !== true) return undefined;
  return (
    `The after-sync command ${command} is set but not run: the service of this site does not allow it. An ` +
    `administrator allows it with Install-CMSyncService -AllowAfterSyncCommand (configmgrsync service install ` +
    `--allow-after-sync-command).`
  );
}
