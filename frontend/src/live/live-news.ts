/** <live-news>: « 3 nouveautés ». News wait in the pill until the reader asks for them; nothing moves by itself. */
import htmx from "htmx.org";
import { ArrowUp, createElement } from "lucide";

import { ask } from "../csrf";
import { tell } from "../toast";
import { counted, word } from "../words";
import "./live-news.css";
import { versionOf, type Frame } from "./topics";

/** A signal that concerns few pages wakes all that listen: they do not all ask at one moment. */
const SPREAD = 800;
/** Above this, a number says nothing more. */
const MOST = 99;

export class LiveNews extends HTMLElement {
  private readonly news = new Set<string>();
  /** False once a frame may stand for several: the answer to a reconnection or to polling. */
  private isExact = true;
  /** Of the signals not looked into yet, and when that will be done. */
  private heard = 0;
  private timer = 0;
  private readonly hear = (event: Event) => this.note((event as CustomEvent<Frame>).detail);
  private readonly lose = (event: Event) => this.drop((event as CustomEvent<string[]>).detail);

  connectedCallback(): void {
    this.setAttribute("role", "status");
    this.addEventListener("click", this.load);
    document.addEventListener("live:frame", this.hear);
    document.addEventListener("live:lost", this.lose);
  }

  disconnectedCallback(): void {
    document.removeEventListener("live:frame", this.hear);
    document.removeEventListener("live:lost", this.lose);
  }

  private get topics(): string[] {
    return (this.dataset.topics ?? "").split(/\s+/).filter(Boolean);
  }

  /** The page's own element with class `news`, or a button. */
  private get pill(): HTMLElement {
    const found = this.querySelector<HTMLElement>(".news");
    if (found) return found;
    const made = document.createElement("button");
    made.className = "news";
    made.type = "button";
    made.hidden = true;
    const text = document.createElement("span");
    text.dataset.text = "";
    made.append(createElement(ArrowUp, { class: "i s", "aria-hidden": "true" }), text);
    return this.appendChild(made);
  }

  private note({ topic, version, author }: Frame): void {
    if (!this.topics.includes(topic) || version <= versionOf(this)) return;
    if (author !== undefined && String(author) === document.body.dataset.reader) return;
    if (this.dataset.asks !== undefined) return this.lookSoon(version);
    if (document.getElementById(`c-${version}`)) return;
    this.isExact &&= author !== undefined;
    this.news.add(`${topic} ${version}`);
    this.show();
  }

  /** With `data-asks` a signal says that there may be news for this page: the pill comes when the server says so. */
  private lookSoon(version: number): void {
    this.heard = Math.max(this.heard, version);
    this.timer ||= window.setTimeout(() => void this.look(), Math.random() * SPREAD);
  }

  private async look(): Promise<void> {
    this.timer = 0;
    const version = this.heard;
    const answer = await ask(this.newsUrl).catch(() => null);
    // Unreachable: the next signal asks again.
    if (!answer?.ok || !this.isConnected) return;
    const { cards } = this.read(await answer.text());
    cards.forEach((card) => this.news.add(`${card.id} ${version}`));
    if (!cards.length) this.dataset.version = String(version);
    this.show();
  }

  private get newsUrl(): string {
    return `${this.dataset.url}?since=${encodeURIComponent(this.dataset.since ?? "")}`;
  }

  private drop(lost: string[]): void {
    this.dataset.topics = this.topics.filter((topic) => !lost.includes(topic)).join(" ");
  }

  /** The pill takes a line above the cards: the page is scrolled by as much, so that the line being read stays put. */
  private show(): void {
    const below = this.nextElementSibling;
    const before = below?.getBoundingClientRect().top ?? 0;
    const count = this.news.size;
    const place = this.pill.querySelector<HTMLElement>("[data-text]") ?? this.pill;
    place.textContent = this.isExact && count <= MOST ? counted("news", count) : word("news_some");
    this.pill.hidden = this.hidden = count === 0;
    if (count) window.scrollBy({ top: (below?.getBoundingClientRect().top ?? 0) - before, behavior: "instant" });
  }

  private readonly load = async (event: Event): Promise<void> => {
    if (!(event.target as Element).closest(".news")) return;
    event.preventDefault();
    // An empty wall has no place to go on from.
    if (!this.dataset.since) return location.reload();
    if (this.pill.hasAttribute("aria-busy")) return;
    this.pill.setAttribute("aria-busy", "true");
    try {
      const answer = await ask(this.newsUrl);
      if (!answer.ok) throw new Error(String(answer.status));
      this.insert(await answer.text());
    } catch {
      tell(word("lost"), { tone: "error" });
    } finally {
      this.pill.removeAttribute("aria-busy");
    }
  };

  /** More news than a page holds: from the newest down, so that none is jumped over. */
  private startAgain(): void {
    const address = new URL(location.href);
    address.searchParams.delete("avant");
    address.hash = "";
    location.assign(address);
  }

  /** An answer holds the cards, newest first, and may hold a <live-news> that says from where to go on. */
  private read(html: string): { cards: Element[]; next: HTMLElement | null } {
    const template = document.createElement("template");
    template.innerHTML = html;
    const next = template.content.querySelector<HTMLElement>("live-news");
    next?.remove();
    return { cards: [...template.content.children].filter((card) => !card.id || !document.getElementById(card.id)), next };
  }

  private insert(html: string): void {
    const { cards, next } = this.read(html);
    if (next?.dataset.more !== undefined) return this.startAgain();
    const newest = [...this.news].map((news) => Number(news.split(" ")[1]));
    this.dataset.since = next?.dataset.since ?? (cards[0] as HTMLElement | undefined)?.dataset.cursor ?? this.dataset.since;
    this.dataset.version = String(Math.max(versionOf(next ?? this), ...newest));
    this.news.clear();
    this.isExact = true;
    const list = this.nextElementSibling?.matches(".cards") ? this.nextElementSibling : null;
    if (list) list.prepend(...cards);
    else this.after(...cards);
    cards.forEach((card) => htmx.process(card));
    this.show();
    const first = cards[0] as HTMLElement | undefined;
    if (!first) return;
    first.tabIndex = -1;
    first.focus({ preventScroll: true });
    first.scrollIntoView({ block: "start" });
  }
}

export function start(): void {
  customElements.define("live-news", LiveNews);
}
