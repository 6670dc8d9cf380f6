/** The address of a link, asked in the bar itself: no window opens over the text. */
import type { Editor } from "@tiptap/core";

import { word } from "../words";

/** « exemple.fr/guide » is meant as a site, « prenom@exemple.fr » as a letter. */
export function addressed(text: string): string {
  const address = text.trim();
  if (!address || /^(https?:|mailto:|tel:|\/)/i.test(address)) return address;
  return /^[^\s/]+@[^\s/]+$/.test(address) ? `mailto:${address}` : `https://${address}`;
}

export function linkForm(editor: Editor, opener: HTMLButtonElement): HTMLElement {
  const form = document.createElement("span");
  form.className = "tool-link";
  form.hidden = true;
  const field = document.createElement("input");
  field.className = "field";
  field.inputMode = "url";
  field.placeholder = "https://";
  field.setAttribute("aria-label", word("editor_link_address"));
  const act = (name: "editor_link_set" | "editor_link_remove", look: string) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = `btn btn-sm ${look}`;
    made.textContent = word(name);
    form.append(made);
    return made;
  };
  form.append(field);
  const set = act("editor_link_set", "btn-soft");
  const remove = act("editor_link_remove", "btn-ghost");

  const open = (isOpen: boolean) => {
    form.hidden = !isOpen;
    opener.setAttribute("aria-expanded", String(isOpen));
    if (!isOpen) return void editor.commands.focus();
    field.value = (editor.getAttributes("link").href as string | undefined) ?? "";
    remove.hidden = !field.value;
    field.focus();
  };
  const apply = () => {
    const href = addressed(field.value);
    const chain = editor.chain().focus().extendMarkRange("link");
    if (!href) chain.unsetLink().run();
    else if (editor.state.selection.empty && !editor.isActive("link")) {
      chain.insertContent({ type: "text", text: href, marks: [{ type: "link", attrs: { href } }] }).run();
    } else chain.setLink({ href }).run();
    open(false);
  };
  opener.addEventListener("click", () => open(Boolean(form.hidden)));
  set.addEventListener("click", apply);
  remove.addEventListener("click", () => {
    field.value = "";
    apply();
  });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== "Escape") return;
    if (event.key === "Enter" && event.target !== field) return;
    // Neither sends the form around nor closes the dialog around.
    event.preventDefault();
    event.stopPropagation();
    if (event.key === "Enter") apply();
    else open(false);
  });
  return form;
}
