/** Brings stale pieces of page up to date: only those on screen, at most once a second a topic, not all at one moment. */
import htmx from "htmx.org";

import { ask } from "../csrf";
import { holdsTyping, morph } from "../morph";
import { elementsOf, versionOf, type Frame } from "./topics";

const ONCE_A = 1_000;
/** Lets the answer to one's own act arrive first: it brings the version that the frame announces. */
const FIRST = 120;
/** Ten thousand readers of one page are spread over twenty seconds. */
const MS_A_READER = 2;
const WIDEST = 20_000;

interface Stale {
  version: number;
  spread: number;
}

export class Refresher {
  private readonly stale = new Map<HTMLElement, Stale>();
  private readonly ranAt = new Map<HTMLElement, number>();
  private readonly timers = new Map<HTMLElement, number>();
  private readonly watch = new IntersectionObserver(
    (entries) => entries.forEach((entry) => entry.isIntersecting && this.plan(entry.target as HTMLElement)),
    { rootMargin: "100px 0px" },
  );

  constructor(private readonly random: () => number = Math.random) {}

  /** A frame came: whatever shows less becomes stale. */
  note(frame: Frame): void {
    const spread = Math.min(WIDEST, Math.max(0, (frame.audience ?? 1) - 1) * MS_A_READER);
    for (const element of elementsOf(frame.topic)) {
      if (!element.dataset.refresh || versionOf(element) >= frame.version) continue;
      this.stale.set(element, { version: frame.version, spread });
      // Tells at once whether it is on screen, and again when it comes there.
      this.watch.unobserve(element);
      this.watch.observe(element);
    }
  }

  /** The tab is looked at again. */
  resume(): void {
    for (const element of this.stale.keys()) {
      this.watch.unobserve(element);
      this.watch.observe(element);
    }
  }

  private plan(element: HTMLElement): void {
    const stale = this.stale.get(element);
    if (!stale || this.timers.has(element) || document.hidden) return;
    const since = performance.now() - (this.ranAt.get(element) ?? -Infinity);
    const wait = Math.max(FIRST, ONCE_A - since) + this.random() * stale.spread;
    this.timers.set(element, window.setTimeout(() => void this.run(element), wait));
  }

  private async run(element: HTMLElement): Promise<void> {
    this.timers.delete(element);
    const stale = this.stale.get(element);
    if (document.hidden || !stale) return;
    this.forget(element);
    if (!element.isConnected || versionOf(element) >= stale.version) return;
    this.ranAt.set(element, performance.now());
    try {
      await refresh(element);
    } catch {
      // The network is away: the versions are compared again when it is back.
    }
  }

  private forget(element: HTMLElement): void {
    this.stale.delete(element);
    this.watch.unobserve(element);
  }
}

/** Asks for the piece again, with its reader's rights, and puts it in the place of the old one. */
export async function refresh(element: HTMLElement): Promise<void> {
  const answer = await ask(element.dataset.refresh!);
  if (answer.status === 404 || answer.status === 410) {
    // Gone, or no longer for this reader; but a text being written is not taken out of their hands.
    if (!holdsTyping(element)) element.remove();
    return;
  }
  if (!answer.ok || answer.redirected) return;
  const template = document.createElement("template");
  template.innerHTML = await answer.text();
  const fresh = template.content.firstElementChild;
  if (!fresh || !element.isConnected) return;
  morph(element, fresh);
  if (element.isConnected) htmx.process(element);
}
