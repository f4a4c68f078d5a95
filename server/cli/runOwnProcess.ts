import { realEngineDeps } from '../rpc/EngineDeps.js';
import { RelayBackend } from '../rpc/RelayBackend.js';
import { realSiteEnvironment } from '../site/SiteEnvironment.js';
import { runCommandLine } from './runCommandLine.js';

/** Runs the command line in this process; resolves with the exit code. */
export async function runOwnProcess(args: readonly string[]): Promise<number> {
  return runCommandLine(args, {
    input: process.stdin,
    output: process.stdout,
    messages: process.stderr,
    env: process.env,
    backend: new RelayBackend(realSiteEnvironment(), realEngineDeps()),
    onInterrupt: (interrupt) => {
      process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
      return () => void process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
    },
  });
}
