/** « @am » and « #sou » before the caret propose people and topics; the chosen one takes their place. */
import type { Editor } from "@tiptap/core";
import { closeHistory } from "@tiptap/pm/history";

import type { People } from "./dialect";
import { Listbox } from "../listbox";
import { callAtEnd, propose, type Call, type Choice } from "../proposals";

const WAIT = 120;

interface PlacedCall extends Call {
  from: number;
  to: number;
}

export class Suggest {
  private readonly list: Listbox;
  private call: PlacedCall | null = null;
  /** Where Escape was pressed: the same call stays quiet. */
  private quietAt = -1;
  private timer = 0;
  private asking: AbortController | null = null;

  constructor(
    private readonly editor: Editor,
    private readonly host: HTMLElement,
    private readonly people: People,
  ) {
    this.list = new Listbox(editor.view.dom, (choice) => this.take(choice));
    host.append(this.list.element, this.list.status);
    this.list.name();
    editor.on("transaction", () => this.look());
    editor.on("blur", () => this.stop());
  }

  /** Keys go to the list first, but never those of a word being composed. Escape is for a call, even one without answers. */
  press(event: KeyboardEvent): boolean {
    if (event.isComposing) return false;
    if (event.key !== "Escape" || !this.call) return this.list.press(event.key);
    this.quietAt = this.call.from;
    this.stop();
    // The dialog around must not close with it.
    event.stopPropagation();
    return true;
  }

  private look(): void {
    const call = this.callBefore();
    if (!call || call.from === this.quietAt) {
      if (!call) this.quietAt = -1;
      return this.stop();
    }
    if (call.sign === this.call?.sign && call.query === this.call.query && call.from === this.call.from) return;
    this.call = call;
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.ask(call), WAIT);
  }

  private callBefore(): PlacedCall | null {
    const { selection } = this.editor.state;
    const { $from, empty } = selection;
    if (!empty || !this.editor.isFocused || $from.parent.type.spec.code || this.editor.isActive("code")) return null;
    const before = $from.parent.textBetween(Math.max(0, $from.parentOffset - 60), $from.parentOffset, undefined, "\ufffc");
    const call = callAtEnd(before);
    return call && { ...call, from: $from.pos - call.query.length - 1, to: $from.pos };
  }

  private async ask(call: PlacedCall): Promise<void> {
    this.asking?.abort();
    const mine = (this.asking = new AbortController());
    try {
      const choices = await propose(call, this.host, mine.signal);
      if (!mine.signal.aborted && this.call === call) this.list.show(choices, this.editor.view.coordsAtPos(call.from));
    } catch {
      // Without an answer one goes on typing.
    }
  }

  private stop(): void {
    window.clearTimeout(this.timer);
    this.asking?.abort();
    this.call = null;
    this.list.hide();
  }

  private take({ value, name }: Choice): void {
    const { call } = this;
    if (!call) return;
    this.stop();
    const { schema } = this.editor;
    if (call.sign === "@") this.people.set(value.toLowerCase(), name);
    const made = call.sign === "@" ? schema.nodes.mention!.create({ handle: value, name }) : schema.text(`#${value}`);
    const after = this.editor.state.doc.textBetween(call.to, Math.min(call.to + 1, this.editor.state.doc.content.size));
    const content = /^\s/.test(after) ? [made] : [made, schema.text(" ")];
    // Undo takes back the choice, not the words before it.
    this.editor.view.dispatch(closeHistory(this.editor.state.tr).replaceWith(call.from, call.to, content).scrollIntoView());
    this.editor.view.focus();
  }
}
