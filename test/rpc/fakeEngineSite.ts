import { fileURLToPath } from 'node:url';
import { RealSite } from '../process/RealSite.js';

export const fakeEngine = fileURLToPath(new URL('./fakeEngine.js', import.meta.url));

/** A site whose engine is the fake one; its settings are files that it reads. */
export async function fakeEngineSite(settings: Readonly<Record<string, string>> = {}): Promise<RealSite> {
  const site = await RealSite.make({ engineCommand: [fakeEngine] });
  for (const [name, text] of Object.entries(settings)) site.write(name, text);
  return site;
}
