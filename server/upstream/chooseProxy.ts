import { isLoopbackHost } from './isLoopbackHost.js';
import { matchesNoProxy } from './matchesNoProxy.js';
import type { ProxySettings, SourceSettings } from './SourceSettings.js';

/** Environment variables as `process.env` gives them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The proxy for an address: the one of the settings, else HTTPS_PROXY or HTTP_PROXY (either case) unless NO_PROXY
 * excludes the host.
 */
export function chooseProxy(
  url: URL,
  settings: Pick<SourceSettings, 'proxy' | 'noProxy'>,
  env: Environment,
): ProxySettings | undefined {
  if (matchesNoProxy(url, settings.noProxy ?? [])) return undefined;
  if (settings.proxy !== undefined) return settings.proxy;
  const name = url.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY';
  const value = variable(env, name);
  // A proxy of the environment can never reach this machine's own loopback.
  if (value === '' || isLoopbackHost(url.hostname)) return undefined;
  return matchesNoProxy(url, variable(env, 'NO_PROXY').split(/[\s,]+/)) ? undefined : fromText(value);
}

function variable(env: Environment, name: string): string {
  return (env[name.toLowerCase()] ?? env[name] ?? '').trim();
}

function fromText(text: string): ProxySettings {
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`;
  if (!URL.canParse(withScheme)) return { url: withScheme };
  const url = new URL(withScheme);
  const credentials = url.username === '' ? {} : { userName: decoded(url.username), password: decoded(url.password) };
  return { url: `${url.protocol}//${url.host}`, ...credentials };
}

/** A password with a bare per cent sign is taken as it stands. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
