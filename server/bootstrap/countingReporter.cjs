'use strict';
const { writeFileSync } = require('node:fs');
const { relative } = require('node:path');
const { reporters } = require('mocha');

/** Mocha's spec reporter that also writes what it counted to the file CONFIGMGRSYNC_TEST_COUNTS. */
module.exports = class CountingReporter extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const counts = { passed: 0, failed: 0, skipped: [], tests: [] };
    runner.on('pass', () => (counts.passed += 1));
    runner.on('fail', () => (counts.failed += 1));
    runner.on('pending', (test) => counts.skipped.push(test.fullTitle()));
    runner.on('test end', (test) => counts.tests.push(timeOf(test)));
    runner.on('end', () => {
      const target = process.env.CONFIGMGRSYNC_TEST_COUNTS;
      if (target) writeFileSync(target, JSON.stringify(counts));
    });
  }
};

function timeOf({ file, title, duration }) {
  return { file: relative('dist', file ?? '').replaceAll('\\', '/'), title, duration: duration ?? 0 };
}
