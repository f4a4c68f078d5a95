#!/usr/bin/env node
const [verb, ...rest] = process.argv.slice(2);

// A session waits for this one: it loads nothing that it does not need.
const exitCode = verb === 'stdio' && rest.length === 0
  ? await (await import('./cli/verbs/stdio.js')).runStdio()
  : await (await import('./cli/runCommandLine.js')).runCommandLine(process.argv.slice(2));

// What is still on its way to a pipe goes out first.
process.stdout.write('', () => process.stderr.write('', () => process.exit(exitCode)));
