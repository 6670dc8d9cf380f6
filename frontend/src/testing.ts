/** What every test starts from: an empty French page, and the sentences reduced to their keys. */
import { beforeEach, vi } from "vitest";

import { forgetWords, WORDS } from "./words";

// happy-dom has no XPath; htmx asks for it to find `hx-on:` attributes, which we never write.
Object.assign(globalThis, {
  XPathEvaluator: class {
    createExpression() {
      return { evaluate: () => ({ iterateNext: () => null }) };
    }
  },
});

/** Puts markup in the page with the words after it, and gives the first element. */
export function page<E extends HTMLElement = HTMLElement>(html: string): E {
  const words = Object.fromEntries(WORDS.map((key) => [key, `${key} %(count)s %(time)s %(bits)s`]));
  const template = document.createElement("template");
  template.innerHTML = `${html}<script type="application/json" id="words">${JSON.stringify(words)}</script>`;
  // At once, as a page is: an element that is upgraded finds its children.
  document.body.replaceChildren(template.content);
  forgetWords();
  return document.body.firstElementChild as E;
}

/** Lets promises and due timers run. */
export async function passes(ms = 0): Promise<void> {
  if (vi.isFakeTimers()) await vi.advanceTimersByTimeAsync(ms);
  else await new Promise((done) => setTimeout(done, ms));
}

export function key(target: EventTarget, name: string, more: KeyboardEventInit = {}): KeyboardEvent {
  const event = new KeyboardEvent("keydown", { key: name, bubbles: true, cancelable: true, ...more });
  target.dispatchEvent(event);
  return event;
}

beforeEach(() => {
  document.documentElement.lang = "fr";
  document.head.innerHTML = '<meta name="csrf" content="secret-token">';
  for (const name of Object.keys(document.body.dataset)) delete document.body.dataset[name];
  localStorage.clear();
  sessionStorage.clear();
});

/** A WebSocket whose other end is the test. */
export class FakeSocket {
  static OPEN = 1;
  static made = 0;
  static last: FakeSocket;
  static install(): void {
    FakeSocket.made = 0;
    Object.assign(globalThis, { WebSocket: FakeSocket });
    Object.assign(window, { WebSocket: FakeSocket });
  }

  readyState = 0;
  sent: unknown[] = [];
  onopen?: () => void;
  onmessage?: (event: { data: string }) => void;
  onclose?: (event: { code: number }) => void;

  constructor(readonly url: string) {
    FakeSocket.made += 1;
    FakeSocket.last = this;
  }
  send(data: string): void {
    this.sent.push(JSON.parse(data));
  }
  close(): void {
    this.drops(1000);
  }
  accepts(): void {
    this.readyState = 1;
    this.onopen?.();
  }
  says(message: object): void {
    this.onmessage?.({ data: JSON.stringify(message) });
  }
  drops(code: number): void {
    this.readyState = 3;
    this.onclose?.({ code });
  }
}
