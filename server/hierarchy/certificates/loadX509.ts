/** The certificate library; loaded when a certificate is made, which is once a year. */
export async function loadX509(): Promise<typeof import('@peculiar/x509')> {
  return (await import('./x509.js')).x509;
}
