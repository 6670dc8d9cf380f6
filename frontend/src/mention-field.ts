/** « @ » and « # » in a plain textarea (a comment, a report): the proposals stand under the field. */
import { Listbox } from "./listbox";
import { callAtEnd, propose, type Call, type Choice } from "./proposals";

const WAIT = 120;

export class MentionField {
  private readonly list: Listbox;
  private call: Call | null = null;
  private timer = 0;
  private asking: AbortController | null = null;

  constructor(private readonly field: HTMLTextAreaElement) {
    this.list = new Listbox(field, (choice) => this.take(choice));
    this.settle();
    field.addEventListener("input", () => this.look());
    field.addEventListener("blur", () => this.stop());
    field.addEventListener("keydown", (event) => {
      const isForCall = event.key === "Escape" && this.call !== null;
      if (event.isComposing || event.ctrlKey || !(this.list.press(event.key) || isForCall)) return;
      if (isForCall) this.stop();
      event.preventDefault();
      // Escape is for the list alone, not for the dialog around.
      event.stopPropagation();
    });
  }

  /** Again when an answer took the list away and left the field. */
  private settle(): void {
    if (this.list.element.previousElementSibling === this.field) return;
    this.field.after(this.list.element, this.list.status);
    this.list.name();
  }

  private look(): void {
    const { field } = this;
    this.stop();
    this.settle();
    this.call = field.selectionStart === field.selectionEnd ? callAtEnd(field.value.slice(0, field.selectionStart)) : null;
    const { call } = this;
    if (call) this.timer = window.setTimeout(() => void this.ask(call), WAIT);
  }

  private async ask(call: Call): Promise<void> {
    const mine = (this.asking = new AbortController());
    try {
      const choices = await propose(call, this.field, mine.signal);
      if (!mine.signal.aborted && this.call === call) this.list.show(choices, this.field.getBoundingClientRect());
    } catch {
      // Without an answer one goes on typing.
    }
  }

  private stop(): void {
    this.call = null;
    window.clearTimeout(this.timer);
    this.asking?.abort();
    this.list.hide();
  }

  /** As if it had been typed, so that Ctrl+Z takes it back. */
  private take({ value }: Choice): void {
    const { call, field } = this;
    if (!call) return;
    this.stop();
    const end = field.selectionStart;
    const text = `${call.sign}${value}${/^\s/.test(field.value.slice(end)) ? "" : " "}`;
    field.focus();
    field.setSelectionRange(end - call.query.length - 1, end);
    if (document.execCommand?.("insertText", false, text)) return;
    field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

const known = new WeakSet<Element>();

/** Made when somebody begins to write there: most fields of a page are never touched. */
export function start(): void {
  document.addEventListener("focusin", (event) => {
    const field = event.target;
    if (!(field instanceof HTMLTextAreaElement) || field.name !== "text" || known.has(field)) return;
    // The editor has its own, at the caret.
    if (field.closest("rich-editor")) return;
    known.add(field);
    new MentionField(field);
  });
}
