/** Where an engine serves downstream servers, as `serve` takes it. */
export interface ListenPlan {
  /** 1 to 65535; `serve` alone takes 0 for any. */
  readonly port: number;
  /** Address to bind; loopback if not given. */
  readonly host?: string;
  /** True where others than this machine may ask without encryption. */
  readonly allowHttp?: boolean;
  /** True where downstream servers ask here for update files and are redirected to Microsoft. */
  readonly redirectsContent?: boolean;
  /** What one address may have of the connections and of the memory of the port, in percent; 25 if not given. */
  readonly addressShare?: number;
}

export const LOOPBACK = '127.0.0.1';

/** The options of `serve` for a plan. */
export function listenArguments(plan: ListenPlan): readonly string[] {
  return [
    '--port',
    String(plan.port),
    ...(plan.host === undefined ? [] : ['--host', plan.host]),
    ...(plan.allowHttp === true ? ['--allow-http'] : []),
    ...(plan.redirectsContent === true ? ['--redirect-content'] : []),
    ...(plan.addressShare === undefined ? [] : ['--address-share', String(plan.addressShare)]),
  ];
}
