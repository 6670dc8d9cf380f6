/** <skill-field data-url> around a text field: what the shared list proposes as one types, to choose from or not. */
import { ask } from "./csrf";
import { Listbox } from "./listbox";

const WAIT = 120;

interface Found {
  skills?: { name: string; about: string }[];
}

export class SkillField extends HTMLElement {
  private list!: Listbox;
  private timer = 0;
  private asking: AbortController | null = null;

  private get field(): HTMLInputElement {
    return this.querySelector("input")!;
  }

  connectedCallback(): void {
    const { field } = this;
    this.list = new Listbox(field, ({ value }) => {
      field.value = value;
      this.stop();
      field.focus();
    });
    field.after(this.list.element, this.list.status);
    this.list.name();
    field.addEventListener("input", () => this.soon());
    field.addEventListener("blur", () => this.stop());
    field.addEventListener("keydown", (event) => {
      if (event.isComposing || event.ctrlKey || !this.list.press(event.key)) return;
      event.preventDefault();
      event.stopPropagation();
    });
  }

  disconnectedCallback(): void {
    this.stop();
  }

  private soon(): void {
    this.stop();
    if (this.field.value.trim().length > 1) this.timer = window.setTimeout(() => void this.propose(), WAIT);
  }

  private async propose(): Promise<void> {
    const mine = (this.asking = new AbortController());
    try {
      const answer = await ask(`${this.dataset.url}?q=${encodeURIComponent(this.field.value)}`, { signal: mine.signal });
      if (!answer.ok || mine.signal.aborted) return;
      const { skills = [] } = (await answer.json()) as Found;
      if (mine.signal.aborted) return;
      this.list.show(skills.map(({ name, about }) => ({ value: name, name, about })), this.field.getBoundingClientRect());
    } catch {
      // Without an answer one goes on typing.
    }
  }

  private stop(): void {
    window.clearTimeout(this.timer);
    this.asking?.abort();
    this.list.hide();
  }
}

export function start(): void {
  customElements.define("skill-field", SkillField);
}
