/** Keeps the page true: one connection a tab, the versions shown, and what to do with the news. */
import { carry, leaveWordsOf } from "../given-back";
import { say as sayLost } from "../offline";
import { Connection } from "./connection";
import { look, Rounds } from "./polling";
import { Refresher } from "./refresher";
import { difference, elementsOf, shown, type Frame, type Versions } from "./topics";

const SIGNED_OUT = 4401;
const TOO_MANY_TABS = 4429;
const PATIENCE = 3;
const SOON = 1_500;
const AWAY = 30_000;

type Message = Partial<Frame> & { lost?: string[] };

export class Live {
  private subscribed: Versions = new Map();
  private readonly refresher = new Refresher();
  private readonly rounds = new Rounds(() => void this.poll());
  private readonly connection = new Connection(address("live", "/live/").replace(/^http/, "ws"), {
    opened: () => {
      this.rounds.stop();
      sayLost(false);
      this.subscribed = new Map();
      this.compare();
    },
    heard: (message) => this.hear(message as Message),
    closed: (code, failures) => {
      if (code === SIGNED_OUT) return this.signIn();
      // Could be the network, the server, or a proxy that forbids sockets: one question tells, not all at one moment.
      window.setTimeout(() => this.connection.isOpen || void this.poll(), Math.random() * SOON);
      if (failures >= PATIENCE || code === TOO_MANY_TABS) this.rounds.start();
    },
  });
  private timer = 0;
  private leftAt = 0;

  start(): void {
    // Somebody sees as another does: the connection would be their own.
    if ("seeing" in document.body.dataset) return;
    new MutationObserver(() => this.soon()).observe(document.body, {
      childList: true, subtree: true, attributes: true, attributeFilter: ["data-live", "data-topics", "data-topic", "data-live-main"],
    });
    window.addEventListener("online", () => {
      this.connection.hurry();
      // A socket that lived through it does not open again: one question tells that the server is there.
      void this.poll();
    });
    window.addEventListener("offline", () => sayLost(true));
    // An open socket would keep the page out of the browser's memory of pages.
    window.addEventListener("pagehide", () => this.connection.stop());
    window.addEventListener("pageshow", (event) => event.persisted && this.connection.open());
    document.addEventListener("visibilitychange", () => this.look());
    this.soon();
  }

  /** Tells the hub what appeared in the page and what left it. */
  private compare(): void {
    const now = shown();
    if (now.size && !this.connection.isOpen) this.connection.open();
    if (!this.connection.isOpen) return;
    const { added, gone } = difference(this.subscribed, now);
    if (gone.length) this.connection.say({ unsubscribe: gone });
    if (added.size) this.connection.say({ subscribe: Object.fromEntries(added) });
    this.subscribed = now;
  }

  private look(): void {
    if (document.hidden) {
      this.leftAt = performance.now();
      return;
    }
    this.connection.hurry();
    this.refresher.resume();
    // A machine that slept may hold a socket that is dead and does not know it: speaking shows.
    if (performance.now() - this.leftAt > AWAY) {
      this.subscribed = new Map();
      this.compare();
    }
  }

  /** A burst of changes in the page is one message. */
  private soon(): void {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.compare(), 250);
  }

  private hear(message: Message): void {
    if (message.lost) this.lose(message.lost);
    else if (message.topic && message.version) this.note(message as Frame);
  }

  private note(frame: Frame): void {
    this.refresher.note(frame);
    document.dispatchEvent(new CustomEvent("live:frame", { detail: frame }));
  }

  private lose(topics: string[]): void {
    const main = document.body.dataset.liveMain;
    if (main && topics.includes(main)) {
      carry();
      return location.reload();
    }
    for (const topic of topics) {
      this.subscribed.delete(topic);
      elementsOf(topic).forEach(leaveWordsOf);
    }
    document.dispatchEvent(new CustomEvent("live:lost", { detail: topics }));
  }

  private async poll(): Promise<void> {
    const topics = shown();
    if (!topics.size) return sayLost(!navigator.onLine);
    const { state, frames, lost } = await look(address("liveVersions", "/live/versions/"), topics);
    if (state === "signed out") return this.signIn();
    // The socket may have come back while the question was under way.
    sayLost(state === "unreachable" && !this.connection.isOpen);
    frames.forEach((frame) => this.note(frame));
    if (lost.length) this.lose(lost);
  }

  private signIn(): void {
    this.connection.stop();
    this.rounds.stop();
    // Signing out in this very tab: its own answer comes, and says more.
    if (document.querySelector("form[aria-busy]")) return void window.setTimeout(() => this.signIn(), 3_000);
    const next = encodeURIComponent(location.pathname + location.search);
    location.assign(`${address("signIn", "/connexion/")}?next=${next}`);
  }
}

function address(name: string, otherwise: string): string {
  return new URL(document.body.dataset[name] ?? otherwise, location.href).href;
}

export function start(): void {
  // Only pages of somebody signed in name what they show.
  new Live().start();
}
