/** The site above, as a node below it reaches it. */
export interface ParentSite {
  readonly siteCode: string;
  /** `https://host:port`: its MS-WSUSSS role. */
  readonly address: string;
  /** PEM of its certificate authority, the only one that is trusted there. */
  readonly authority: string;
}
