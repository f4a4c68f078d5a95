/** How a site sends mail. The password is one of the site's secrets. */
export interface NotificationSettings {
  /** '' for none: no mail is sent. */
  readonly smtpServer: string;
  readonly smtpPort: number;
  readonly smtpSecurity: 'StartTls' | 'Tls' | 'None';
  readonly sender: string;
  /** '' where the server wants no name. */
  readonly userName: string;
  /** A receiver gets one message in so many minutes; 0: each alert has its own. */
  readonly digestMinutes: number;
}

export const DEFAULT_NOTIFICATION: NotificationSettings = {
  smtpServer: '',
  smtpPort: 587,
  smtpSecurity: 'StartTls',
  sender: '',
  userName: '',
  digestMinutes: 5,
};
