import { readFile, readdir } from 'node:fs/promises';
import { Ajv } from 'ajv';
import standalone from 'ajv/dist/standalone/index.js';
import { transform } from 'esbuild';
import { at } from '../paths.mjs';

/** What is asked before anything else: by a session, by a command, by a scheduled task. */
const first = [
  'hello.request',
  'authenticate.request',
  'site.connect.request',
  'status.get.request',
  'status.get.result',
  'sync.start.request',
  'sync.start.result',
  'run.watch.request',
  'run.watch.result',
  'run.wait.request',
  'run.wait.result',
];

/** The module `server/contract/compiledChecks.ts` with checks in it. They accept or refuse, and do not say why. */
export async function compiledChecks() {
  const ajv = new Ajv({
    strict: true,
    allowUnionTypes: true,
    meta: false,
    validateSchema: false,
    messages: false,
    inlineRefs: false,
    formats: await formats(),
    code: { source: true, esm: true },
  });
  const places = new Map();
  for (const file of await schemaFiles()) {
    const schema = withoutWords(JSON.parse(await readFile(at('schemas', file), 'utf8')));
    ajv.addSchema(schema, file);
    for (const name of Object.keys(schema.$defs)) places.set(name, `${file}#/$defs/${name}`);
  }
  const code = standalone.default(ajv, Object.fromEntries(first.map((name) => [nameOf(name), places.get(name)])));
  const table = first.map((name) => `${JSON.stringify(name)}: ${nameOf(name)}`);
  return `${code}\nexport const compiledChecks = { ${table.join(', ')} };\n`;
}

async function formats() {
  const { code } = await transform(await readFile(at('server', 'contract', 'formats.ts'), 'utf8'), { loader: 'ts' });
  return (await import(`data:text/javascript,${encodeURIComponent(code)}`)).formats;
}

async function schemaFiles() {
  return (await readdir(at('schemas'))).filter((file) => file.endsWith('.json') && file !== 'errors.json');
}

function nameOf(schema) {
  return schema.replaceAll('.', '_');
}

/** Titles and descriptions are half of a schema, and no check needs them. Of properties they are names. */
function withoutWords(value, areNames = false) {
  if (Array.isArray(value)) return value.map((one) => withoutWords(one));
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([key]) => areNames || (key !== 'title' && key !== 'description'));
  return Object.fromEntries(
    kept.map(([key, one]) => [key, withoutWords(one, !areNames && (key === 'properties' || key === '$defs'))]),
  );
}
