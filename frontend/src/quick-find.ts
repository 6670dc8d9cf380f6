/** <quick-find data-url>: letters in, places to go out; arrows choose, Enter opens, Ctrl+K from anywhere. */
import { ask } from "./csrf";
import { open } from "./dialogs";
import { word } from "./words";

const WAIT = 120;

export class QuickFind extends HTMLElement {
  private timer = 0;
  private asking: AbortController | null = null;

  connectedCallback(): void {
    this.addEventListener("input", () => this.soon());
    this.addEventListener("keydown", (event) => this.steer(event));
    this.addEventListener("pointermove", (event) => {
      const hit = (event.target as Element).closest<HTMLElement>("[role=option]");
      if (hit) this.mark(hit, false);
    });
    this.closest("dialog")?.addEventListener("opened", () => {
      this.field.select();
      void this.find();
    });
    this.closest("dialog")?.addEventListener("close", () => this.asking?.abort());
  }

  private get field(): HTMLInputElement {
    return this.querySelector<HTMLInputElement>("input[name=q]")!;
  }
  private get list(): HTMLElement {
    return this.querySelector<HTMLElement>("[role=listbox]")!;
  }
  private get hits(): HTMLElement[] {
    return [...this.list.querySelectorAll<HTMLElement>("[role=option]")];
  }
  private get marked(): HTMLElement | undefined {
    return this.hits.find((hit) => hit.getAttribute("aria-selected") === "true");
  }

  private soon(): void {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.find(), WAIT);
  }

  private async find(): Promise<void> {
    this.asking?.abort();
    const mine = (this.asking = new AbortController());
    this.list.setAttribute("aria-busy", "true");
    try {
      const answer = await ask(`${this.dataset.url}?q=${encodeURIComponent(this.field.value)}`, { signal: mine.signal });
      if (!answer.ok) throw new Error(String(answer.status));
      this.show(await answer.text());
    } catch {
      if (mine.signal.aborted) return;
      this.show("");
      this.list.textContent = word("failed");
    }
  }

  private show(html: string): void {
    this.list.removeAttribute("aria-busy");
    this.list.innerHTML = html;
    this.hits.forEach((hit, place) => {
      hit.id ||= `hit-${place}`;
      hit.tabIndex = -1;
    });
    this.field.setAttribute("aria-expanded", String(this.hits.length > 0));
    this.mark(this.hits[0]);
  }

  /** The focus stays in the field; the reader of the screen is told which option is meant. */
  private mark(hit: HTMLElement | undefined, scrolls = true): void {
    for (const other of this.hits) other.setAttribute("aria-selected", String(other === hit));
    if (hit) this.field.setAttribute("aria-activedescendant", hit.id);
    else this.field.removeAttribute("aria-activedescendant");
    if (scrolls) hit?.scrollIntoView({ block: "nearest" });
  }

  private steer(event: KeyboardEvent): void {
    const { hits, marked } = this;
    if (event.isComposing) return;
    if (event.key === "Escape") {
      // The browser would empty the search field first, and wait for a second press.
      event.preventDefault();
      this.closest("dialog")?.close();
    }
    if (!hits.length) return;
    const at = marked ? hits.indexOf(marked) : -1;
    const to = { ArrowDown: at + 1, ArrowUp: at - 1 }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      this.mark(hits[(to + hits.length) % hits.length]);
    } else if (event.key === "Enter" && marked && event.target === this.field) {
      event.preventDefault();
      marked.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, ctrlKey: event.ctrlKey, metaKey: event.metaKey }));
    }
  }
}

export function start(): void {
  customElements.define("quick-find", QuickFind);
  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
    if (open("find")) event.preventDefault();
  });
}
