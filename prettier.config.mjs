/** One format for TypeScript, JavaScript and JSON. Markdown is laid out by hand (test/style holds its widths). */
export const printWidth = 120;
export default { printWidth, singleQuote: true };
