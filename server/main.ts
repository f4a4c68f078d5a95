#!/usr/bin/env node
const args = process.argv.slice(2);
const session = /^stdio(?: --parent (\d+))?( --captured)?(?: --account (\d+):(\d+)(:shared)?)?$/.exec(args.join(' '));
const [, parent, captured, userId, groupId, shared] = session ?? [];

// Before anything is opened.
if (userId !== undefined)
  (await import('./platform/accounts/becomeAccount.js')).becomeAccount({
    userId: Number(userId),
    groupId: Number(groupId),
    isShared: shared !== undefined,
  });

// As a relay starts it: whoever asks waits for this one too, so nothing else is read from the command line.
const [verb, option, sitePath = '', ownLog, ...more] = args;
const isEngine =
  verb === 'engine' &&
  option === '--site-path' &&
  /^[^-]/.test(sitePath) &&
  more.length === 0 &&
  (ownLog === undefined || ownLog === '--own-log');

// A session waits for this one: it loads nothing that it does not need.
const exitCode =
  session !== null
    ? await (
        await import('./cli/verbs/stdio.js')
      ).runStdio({
        parent: parent === undefined ? undefined : Number(parent),
        captured: captured !== undefined,
      })
    : isEngine
      ? await (await import('./cli/verbs/engine.js')).engine({ 'site-path': sitePath, 'own-log': ownLog !== undefined })
      : await (await import('./cli/runCommandLine.js')).runOwnProcess(args);

// What is still on its way to a pipe goes out first.
process.stdout.write('', () => process.stderr.write('', () => process.exit(exitCode)));
