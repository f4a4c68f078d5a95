/**
 * What `npm test -- ...` was asked for: the compiled files of the tests that are named, other words for mocha, and
 * whether it is all of the suite, which is checked for types, lint and format too.
 */
export function readArguments(args) {
  const words = args.filter((arg) => arg !== '--soak');
  const files = words.filter((word) => /\.test\.[jt]s$/.test(word)).map(compiled);
  const options = words.filter((word) => !/\.test\.[jt]s$/.test(word));
  return { isSoak: args.includes('--soak'), files, options, isWhole: args.length === 0 };
}

/** `test/a/b.test.ts` runs as `dist/test/a/b.test.js`. */
function compiled(word) {
  const path = word.replaceAll('\\', '/').replace(/\.ts$/, '.js');
  return /^(\.\/)?test\//.test(path) ? `dist/${path.replace(/^\.\//, '')}` : path;
}
