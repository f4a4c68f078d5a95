'use strict';

// Stands where a library would load a package that is not brought.
module.exports = undefined;
