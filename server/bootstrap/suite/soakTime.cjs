'use strict';

const HOUR = 3_600_000;

/** The large numbers of a soak run take longer than a test allows itself. */
exports.mochaHooks = {
  beforeEach() {
    this.currentTest.timeout(HOUR);
  },
};
