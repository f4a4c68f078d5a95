/**
 * The manifest of the package: as it stands, with the list of its files. Refuses another version than package.json has.
 */
export function packageManifest(manifest, { version, files }) {
  const text = manifest.replaceAll('\r\n', '\n');
  const own = /^ {4}ModuleVersion\s*= '([^']+)'$/m.exec(text)?.[1];
  if (own !== version) throw new TypeError(`ConfigMgrSync.psd1 says version ${own}, package.json ${version}.`);
  const list = ['ConfigMgrSync.psd1', ...files].map((file) => `        '${file.replaceAll("'", "''")}'`);
  return text.replace(
    /^ {4}PrivateData\s/m,
    (start) => `    FileList             = @(\n${list.join('\n')}\n    )\n${start}`,
  );
}

/** What the engine reads of package.json, and what tells people and programs apart which modules are ESM. */
export function packageJson({ name, version, description, license, engines }) {
  const bin = { configmgrsync: 'dist/server/main.js' };
  const manifest = { name, version, description, license, type: 'module', private: true, engines, bin };
  return `${JSON.stringify(manifest, undefined, 2)}\n`;
}
