/** <rich-editor> around a textarea: writing with shapes, kept as Markdown in that textarea, which its form sends. */
import { Editor } from "@tiptap/core";

import { word } from "../words";
import { copied, pasted } from "./clipboard";
import type { People } from "./dialect";
import "./editor.css";
import { read } from "./read";
import { shapes } from "./shapes";
import { Suggest } from "./suggest";
import { toolbar } from "./toolbar";
import { write } from "./write";

export class RichEditor extends HTMLElement {
  private editor: Editor | null = null;
  private people: People = new Map();
  private isWriting = false;
  private readonly reset = () => window.setTimeout(() => this.fill());

  connectedCallback(): void {
    const { textarea } = this;
    if (!textarea || this.editor) return;
    const known = JSON.parse(this.dataset.people || "{}") as Record<string, string>;
    this.people = new Map(Object.entries(known).map(([handle, name]) => [handle.toLowerCase(), name]));
    const host = document.createElement("div");
    host.className = "rich";
    host.dataset.keep = "";
    textarea.after(host);
    const hadFocus = document.activeElement === textarea;
    this.editor = this.made(textarea, host);
    this.dress(textarea, host);
    if (hadFocus) this.editor.commands.focus("end");
  }

  disconnectedCallback(): void {
    // Moving an element disconnects it for a moment.
    queueMicrotask(() => {
      if (this.isConnected) return;
      this.editor?.destroy();
      this.editor = null;
      this.querySelectorAll(":scope [data-keep]").forEach((made) => made.remove());
      if (this.textarea) this.textarea.hidden = false;
    });
  }

  private get textarea(): HTMLTextAreaElement | null {
    return this.querySelector("textarea");
  }

  private made(textarea: HTMLTextAreaElement, element: HTMLElement): Editor {
    let suggest: Suggest | undefined;
    const editor = new Editor({
      element,
      injectCSS: false,
      extensions: shapes(textarea.placeholder),
      editorProps: {
        attributes: this.attributesFor(textarea),
        handleKeyDown: (_view, event) => suggest?.press(event) || this.leaves(event),
        clipboardTextParser: (text, _at, isPlain, view) => pasted(view.state.schema, text, isPlain, this.people)!,
        clipboardTextSerializer: (slice, view) => copied(view.state.schema, slice, this.people),
      },
      onUpdate: () => this.keep(),
    });
    editor.commands.setContent(read(editor.schema, textarea.value, this.people).toJSON(), { emitUpdate: false });
    suggest = new Suggest(editor, this, this.people);
    return editor;
  }

  private attributesFor(textarea: HTMLTextAreaElement): Record<string, string> {
    const label = textarea.labels[0]?.textContent?.trim() || textarea.getAttribute("aria-label") || word("editor");
    const attributes: Record<string, string> = { class: "prose", role: "textbox", "aria-multiline": "true", "aria-label": label, spellcheck: "true", dir: "auto" };
    if (textarea.required) attributes["aria-required"] = "true";
    for (const name of ["aria-invalid", "aria-describedby", "lang"]) {
      const value = textarea.getAttribute(name);
      if (value) attributes[name] = value;
    }
    return attributes;
  }

  private dress(textarea: HTMLTextAreaElement, host: HTMLElement): void {
    const { tools, shapes: bar } = toolbar(this.editor!);
    const form = this.closest("form");
    // The form may keep a place for the tools, beside its button.
    const place = form?.querySelector<HTMLElement>("[data-tools]");
    bar.dataset.keep = tools.dataset.keep = "";
    host.after(bar);
    if (place) place.prepend(tools);
    else bar.after(tools);
    textarea.hidden = true;
    // A hidden field cannot be complained about by the browser; the server does.
    textarea.required = false;
    textarea.labels.forEach((label) => label.addEventListener("click", () => this.editor?.commands.focus()));
    textarea.addEventListener("input", () => this.isWriting || this.fill());
    form?.addEventListener("reset", this.reset);
  }

  /** The text goes into the textarea, and whoever listens to it hears of it. */
  private keep(): void {
    const { textarea } = this;
    if (!textarea || !this.editor) return;
    textarea.value = write(this.editor.state.doc, this.people);
    this.isWriting = true;
    textarea.dispatchEvent(new Event("input", { bubbles: true }));
    this.isWriting = false;
  }

  /** Somebody else changed the textarea: a draft came back, the form was emptied. */
  private fill(): void {
    const { textarea, editor } = this;
    if (!textarea || !editor || textarea.value === write(editor.state.doc, this.people)) return;
    editor.commands.setContent(read(editor.schema, textarea.value, this.people).toJSON(), { emitUpdate: false });
  }

  /** Ctrl+Enter sends. Escape, which ProseMirror would keep to itself, closes the dialog around, or leaves the text. */
  private leaves(event: KeyboardEvent): boolean {
    if (event.key === "Escape" && !event.isComposing) {
      const dialog = this.closest("dialog");
      if (dialog) dialog.close();
      else this.editor?.commands.blur();
      return true;
    }
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return false;
    event.preventDefault();
    this.closest("form")?.requestSubmit();
    return true;
  }
}

export function start(): void {
  customElements.define("rich-editor", RichEditor);
}
