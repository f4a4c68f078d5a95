import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import { createSecureContext, TLSSocket, type SecureContext } from 'node:tls';

/** A mail that the listener took, as it came. */
export interface TakenMail {
  readonly from: string;
  readonly to: readonly string[];
  readonly text: string;
  readonly user: string;
  readonly isEncrypted: boolean;
}

/** How the listener misbehaves; nothing of it if not given. */
export interface MailManner {
  /** The answer to a command in place of the usual one; '' for none at all. */
  readonly answer?: (command: string) => string | undefined;
  /** Answers come one byte after the other. */
  readonly drips?: boolean;
  /** Certificate and key in PEM: STARTTLS is offered, or TLS from the beginning. */
  readonly tls?: { readonly cert: string; readonly key: string; readonly fromBeginning?: boolean };
  /** Accepts names and passwords. */
  readonly wantsLogin?: boolean;
  /** Called when a mail was taken, before its receipt is sent. */
  readonly onTaken?: (mail: TakenMail) => void;
}

/** A mail server that keeps what it gets: as much of SMTP as the tests need, with every fault that they want. */
export class MailListener {
  readonly mails: TakenMail[] = [];
  manner: MailManner;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #context: SecureContext | undefined;

  private constructor(manner: MailManner) {
    this.manner = manner;
    this.#context = manner.tls && createSecureContext(manner.tls);
    this.#server = createServer((socket) => {
      this.#sockets.add(socket);
      socket.on('error', () => undefined).once('close', () => this.#sockets.delete(socket));
      const secured = manner.tls?.fromBeginning === true ? this.#secured(socket) : socket;
      new Dialogue(secured, this).begin(manner.tls?.fromBeginning === true);
    });
  }

  static async open(manner: MailManner = {}): Promise<MailListener> {
    const listener = new MailListener(manner);
    listener.#server.listen(0, '127.0.0.1');
    await once(listener.#server, 'listening');
    return listener;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  #secured(socket: Socket): TLSSocket {
    return new TLSSocket(socket, { isServer: true, secureContext: this.#context }).on('error', () => undefined);
  }

  secure(socket: Socket): TLSSocket {
    return this.#secured(socket);
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, 'close');
  }
}

/** One connection. */
class Dialogue {
  #socket: Socket;
  readonly #listener: MailListener;
  #isEncrypted = false;
  #rest = '';
  #isData = false;
  #from = '';
  #to: string[] = [];
  #user = '';

  constructor(socket: Socket, listener: MailListener) {
    this.#socket = socket;
    this.#listener = listener;
  }

  begin(isEncrypted: boolean): void {
    this.#isEncrypted = isEncrypted;
    this.#listen();
    this.#say('220 test ready', 'GREETING');
  }

  #listen(): void {
    this.#socket.on('data', (bytes: Buffer) => this.#take(bytes.toString('latin1')));
  }

  #say(usual: string, command: string): void {
    const { answer, drips } = this.#listener.manner;
    const line = `${answer?.(command) ?? usual}\r\n`;
    if (line === '\r\n') return;
    if (line === 'CUT\r\n') return void this.#socket.destroy();
    if (drips !== true) return void this.#socket.write(line, 'latin1');
    void drip(this.#socket, line);
  }

  #take(text: string): void {
    this.#rest += text;
    for (;;) {
      const end = this.#rest.indexOf(this.#isData ? '\r\n.\r\n' : '\r\n');
      if (end < 0) return;
      const line = this.#rest.slice(0, end);
      this.#rest = this.#rest.slice(end + (this.#isData ? 5 : 2));
      if (this.#isData) this.#mail(line);
      else this.#command(line);
    }
  }

  #mail(text: string): void {
    this.#isData = false;
    const mail = { from: this.#from, to: this.#to, text, user: this.#user, isEncrypted: this.#isEncrypted };
    const refused = this.#listener.manner.answer?.('MESSAGE')?.startsWith('2') === false;
    if (!refused) {
      this.#listener.mails.push(mail);
      this.#listener.manner.onTaken?.(mail);
    }
    this.#say(`250 taken as ${this.#listener.mails.length}`, 'MESSAGE');
  }

  #command(line: string): void {
    const command = line.split(/[ :]/)[0]?.toUpperCase() ?? '';
    if (command === 'STARTTLS' && this.#listener.manner.tls !== undefined) this.#startTls();
    else this.#say(this.#usual(command, line), command);
  }

  /** What a server says that has nothing against a command. */
  #usual(command: string, line: string): string {
    switch (command) {
      case 'EHLO':
        return ['250-test', ...this.#offers(), '250 8BITMIME'].join('\r\n');
      case 'AUTH':
        this.#user = Buffer.from(line.split(' ')[2] ?? '', 'base64')
          .toString('utf8')
          .split('\0')
          .slice(1)
          .join(':');
        return '235 welcome';
      case 'MAIL':
        [this.#from, this.#to] = [addressIn(line), []];
        return '250 fine';
      case 'RCPT':
        this.#to.push(addressIn(line));
        return '250 fine';
      case 'DATA':
        this.#isData = true;
        return '354 go on';
      case 'QUIT':
        return '221 bye';
      default:
        return command === 'STARTTLS' ? '502 no' : '250 fine';
    }
  }

  #offers(): readonly string[] {
    const { tls, wantsLogin } = this.#listener.manner;
    return [
      ...(tls !== undefined && !this.#isEncrypted ? ['250-STARTTLS'] : []),
      ...(wantsLogin === true ? ['250-AUTH PLAIN'] : []),
    ];
  }

  #startTls(): void {
    this.#socket.removeAllListeners('data');
    this.#say('220 go on', 'STARTTLS');
    this.#socket = this.#listener.secure(this.#socket);
    this.#isEncrypted = true;
    this.#listen();
  }
}

function addressIn(line: string): string {
  return /<([^>]*)>/.exec(line)?.[1] ?? '';
}

/** One byte in each turn of a timer, as long as the other side listens. */
async function drip(socket: Socket, line: string): Promise<void> {
  for (const sign of line.slice(0, -2)) {
    if (socket.destroyed) return;
    socket.write(sign);
    await new Promise((resolve) => setTimeout(resolve, 20).unref());
  }
}
