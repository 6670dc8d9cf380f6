/** The writing tools: « @ », « # » and « Mise en forme », which opens the bar of shapes. */
import type { Editor } from "@tiptap/core";
import {
  ALargeSmall, AtSign, Bold, Code, createElement, Hash, Heading2, Heading3, Italic, Link, List, ListOrdered, SquareCode,
  Strikethrough, TextQuote, type IconNode,
} from "lucide";

import { word, type Word } from "../words";
import { linkForm } from "./link-form";

interface Tool {
  word: Word;
  icon: IconNode;
  act(editor: Editor): void;
  isOn?(editor: Editor): boolean;
}

const focused = (editor: Editor) => editor.chain().focus();
const mark = (word: Word, icon: IconNode, name: string): Tool => ({
  word, icon, act: (editor) => focused(editor).toggleMark(name).run(), isOn: (editor) => editor.isActive(name),
});
const heading = (word: Word, icon: IconNode, level: 2 | 3): Tool => ({
  word, icon, act: (editor) => focused(editor).toggleHeading({ level }).run(), isOn: (editor) => editor.isActive("heading", { level }),
});

const SHAPES: Tool[] = [
  mark("editor_bold", Bold, "bold"),
  mark("editor_italic", Italic, "italic"),
  mark("editor_strike", Strikethrough, "strike"),
  heading("editor_heading", Heading2, 2),
  heading("editor_subheading", Heading3, 3),
  { word: "editor_bullets", icon: List, act: (e) => focused(e).toggleBulletList().run(), isOn: (e) => e.isActive("bulletList") },
  { word: "editor_numbers", icon: ListOrdered, act: (e) => focused(e).toggleOrderedList().run(), isOn: (e) => e.isActive("orderedList") },
  { word: "editor_quote", icon: TextQuote, act: (e) => focused(e).toggleBlockquote().run(), isOn: (e) => e.isActive("blockquote") },
  mark("editor_code", Code, "code"),
  { word: "editor_code_block", icon: SquareCode, act: (e) => focused(e).toggleCodeBlock().run(), isOn: (e) => e.isActive("codeBlock") },
];

export function button(name: Word, icon: IconNode): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "icon-btn";
  made.title = word(name);
  made.setAttribute("aria-label", word(name));
  made.append(createElement(icon, { class: "i", "aria-hidden": "true" }));
  // The selection in the text stays while a tool is pressed.
  made.addEventListener("pointerdown", (event) => event.preventDefault());
  return made;
}

/** Types the sign where the caret is, apart from the word before it, so that the proposals open. */
function call(editor: Editor, sign: string): void {
  const { $from } = editor.state.selection;
  const before = $from.parent.textBetween(Math.max(0, $from.parentOffset - 1), $from.parentOffset);
  focused(editor).insertContent(/\S$/.test(before) ? ` ${sign}` : sign).run();
}

function bar(editor: Editor): HTMLElement {
  const made = document.createElement("div");
  made.className = "tool-bar";
  made.setAttribute("role", "toolbar");
  made.setAttribute("aria-label", word("editor_format"));
  const shapes = SHAPES.map((tool) => {
    const one = button(tool.word, tool.icon);
    one.addEventListener("click", () => tool.act(editor));
    return { one, isOn: () => tool.isOn?.(editor) ?? false };
  });
  const link = button("editor_link", Link);
  const form = linkForm(editor, link);
  made.append(...shapes.map(({ one }) => one), link, form);
  const all = [...shapes.map(({ one }) => one), link];
  const show = () => {
    for (const { one, isOn } of shapes) one.setAttribute("aria-pressed", String(isOn()));
    link.setAttribute("aria-pressed", String(editor.isActive("link")));
  };
  editor.on("transaction", show);
  show();
  walkable(made, all);
  return made;
}

/** One stop for Tab; arrows go from tool to tool. */
function walkable(toolbar: HTMLElement, tools: HTMLElement[]): void {
  tools.forEach((tool, at) => (tool.tabIndex = at ? -1 : 0));
  toolbar.addEventListener("keydown", ({ key, target }) => {
    const at = tools.indexOf(target as HTMLElement);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tools.length - 1 }[key];
    if (at < 0 || to === undefined) return;
    const next = tools[(to + tools.length) % tools.length]!;
    tools.forEach((tool) => (tool.tabIndex = tool === next ? 0 : -1));
    next.focus();
  });
}

/** `tools` go where the form keeps its tools; the bar under the text, as it was left the last time. */
export function toolbar(editor: Editor): { tools: HTMLElement; shapes: HTMLElement } {
  const tools = document.createElement("div");
  tools.className = "tools";
  tools.setAttribute("role", "group");
  tools.setAttribute("aria-label", word("editor_tools"));
  const shapes = bar(editor);
  const format = button("editor_format", ALargeSmall);
  const open = (isOpen: boolean) => {
    shapes.hidden = !isOpen;
    format.setAttribute("aria-expanded", String(isOpen));
  };
  open(localStorage.getItem("editor-format") === "open");
  format.addEventListener("click", () => {
    open(Boolean(shapes.hidden));
    localStorage.setItem("editor-format", shapes.hidden ? "closed" : "open");
  });
  for (const [name, icon, sign] of [["editor_mention", AtSign, "@"], ["editor_topic", Hash, "#"]] as const) {
    const one = button(name, icon);
    one.addEventListener("click", () => call(editor, sign));
    tools.append(one);
  }
  tools.append(format);
  return { tools, shapes };
}
