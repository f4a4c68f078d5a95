import { reasonOf, SyncError } from '../errors/SyncError.js';
import { Demo } from './demo/Demo.js';

const demo = await Demo.prepare();
const interrupt = (): void => demo.interrupt();
process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
try {
  await demo.play();
} catch (caught) {
  process.exitCode = caught instanceof SyncError ? caught.exitCode : 1;
  process.stderr.write(
    `\nThe demo failed: ${reasonOf(caught)}.\n${caught instanceof SyncError ? `${caught.nextStep}\n` : ''}`,
  );
} finally {
  await demo.clean();
}
process.exit();
