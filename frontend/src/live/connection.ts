/** One WebSocket that comes back by itself, later and later, each browser at its own moment. */

export interface Hears {
  opened(): void;
  heard(message: unknown): void;
  /** Every closing and every failure to open; `failures` counts those since the last time it was open. */
  closed(code: number, failures: number): void;
}

const FIRST = 500;
const LONGEST = 60_000;

/** Milliseconds before attempt `failures`: doubled each time, and anywhere in the second half of it. */
export function delay(failures: number, random = Math.random): number {
  const whole = Math.min(LONGEST, FIRST * 2 ** Math.min(failures, 10));
  return whole / 2 + (random() * whole) / 2;
}

export class Connection {
  private socket: WebSocket | null = null;
  private failures = 0;
  private timer = 0;

  constructor(
    private readonly url: string,
    private readonly hears: Hears,
  ) {}

  get isOpen(): boolean {
    return this.socket?.readyState === WebSocket.OPEN;
  }

  open(): void {
    window.clearTimeout(this.timer);
    if (this.socket) return;
    const socket = (this.socket = new WebSocket(this.url));
    socket.onopen = () => {
      this.failures = 0;
      this.hears.opened();
    };
    socket.onmessage = ({ data }) => this.hears.heard(JSON.parse(String(data)));
    socket.onclose = ({ code }) => {
      if (this.socket !== socket) return;
      this.socket = null;
      this.failures += 1;
      this.timer = window.setTimeout(() => this.open(), delay(this.failures));
      this.hears.closed(code, this.failures);
    };
  }

  /** Now rather than at its moment: the network is said to be back. */
  hurry(): void {
    if (!this.socket) this.open();
  }

  /** For good, or until `open`. */
  stop(): void {
    window.clearTimeout(this.timer);
    const socket = this.socket;
    this.socket = null;
    socket?.close();
  }

  say(message: object): void {
    if (this.isOpen) this.socket!.send(JSON.stringify(message));
  }
}
