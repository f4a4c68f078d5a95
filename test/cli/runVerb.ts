import { Readable } from 'node:stream';
import { runCommandLine } from '../../server/cli/runCommandLine.js';
import { realEngineDeps } from '../../server/rpc/EngineDeps.js';
import { RelayBackend } from '../../server/relay/RelayBackend.js';
import { realSiteEnvironment } from '../../server/site/SiteFolder.js';

/** What a verb of the command line came to. */
export interface VerbEnd {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a verb inside this process, on the sites of an environment; engines are started as processes. */
export async function runVerb(args: readonly string[], changes: NodeJS.ProcessEnv, input = ''): Promise<VerbEnd> {
  const [out, err] = [textSink(), textSink()];
  const env = { ...process.env, ...changes };
  const backend = new RelayBackend({ ...realSiteEnvironment(), env }, { ...realEngineDeps(), env }, (line) =>
    err.write(`${line}\n`),
  );
  // A verb that becomes an engine sets the mask of its process, which is the test's here.
  const mask = process.umask(0o022);
  const code = await runCommandLine(args, {
    input: Readable.from([input]),
    output: out,
    messages: err,
    env,
    backend,
    onInterrupt: () => () => undefined,
  }).finally(() => process.umask(mask));
  return { code, out: out.text(), err: err.text() };
}

function textSink(): { write(text: string): void; text(): string } {
  const written: string[] = [];
  return { write: (text) => void written.push(text), text: () => written.join('') };
}
