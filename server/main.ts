#!/usr/bin/env node
const args = process.argv.slice(2);
const session = /^stdio(?: --parent (\d+))?$/.exec(args.join(' '));

// A session waits for this one: it loads nothing that it does not need.
const exitCode =
  session !== null
    ? await (await import('./cli/verbs/stdio.js')).runStdio(session[1] === undefined ? undefined : Number(session[1]))
    : await (await import('./cli/runOwnProcess.js')).runOwnProcess(args);

// What is still on its way to a pipe goes out first.
process.stdout.write('', () => process.stderr.write('', () => process.exit(exitCode)));
