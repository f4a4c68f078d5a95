/** For editors that know only Prettier: what `.oxfmtrc.json` says. Markdown is laid out by hand (test/style). */
export default { printWidth: 120, singleQuote: true };
