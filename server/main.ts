#!/usr/bin/env node
const args = process.argv.slice(2);
const session = /^stdio(?: --parent (\d+))?( --captured)?(?: --account (\d+):(\d+)(:shared)?)?$/.exec(args.join(' '));
const [, parent, captured, userId, groupId, shared] = session ?? [];

// Before anything is opened.
if (userId !== undefined)
  (await import('./platform/becomeAccount.js')).becomeAccount({
    userId: Number(userId),
    groupId: Number(groupId),
    isShared: shared !== undefined,
  });

// A session waits for this one: it loads nothing that it does not need.
const exitCode =
  session !== null
    ? await (
        await import('./cli/verbs/stdio.js')
      ).runStdio({
        parent: parent === undefined ? undefined : Number(parent),
        captured: captured !== undefined,
      })
    : await (await import('./cli/runCommandLine.js')).runOwnProcess(args);

// What is still on its way to a pipe goes out first.
process.stdout.write('', () => process.stderr.write('', () => process.exit(exitCode)));
