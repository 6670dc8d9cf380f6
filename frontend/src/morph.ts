/** Changes a piece of page in place: focus, typed text, open menus and playing media stay as they are. */
import { Idiomorph } from "idiomorph";

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** Elements whose inside belongs to a script; the server's copy knows nothing of it. */
const KEPT = "quick-find, video, audio, .pop:not(:empty), [data-keep]";
/** Attributes that say what the reader has opened. */
const READERS = new Set(["open", "popover-open", "aria-expanded", "aria-busy"]);

/** What the editor changes of its textarea. */
const EDITORS = new Set(["hidden", "required"]);

export function isTyped(node: Node): boolean {
  if (node instanceof HTMLSelectElement) {
    return [...node.options].some((option) => option.selected !== option.defaultSelected) && node.options.length > 0
      && [...node.options].some((option) => option.defaultSelected);
  }
  if (node instanceof HTMLTextAreaElement) return node.value !== node.defaultValue;
  if (!(node instanceof HTMLInputElement) || node.type === "hidden") return false;
  if (node.type === "checkbox" || node.type === "radio") return node.checked !== node.defaultChecked;
  return node.value !== node.defaultValue;
}

/** Somebody is writing in there, or has written and not sent. */
export function holdsTyping(root: Element): boolean {
  const focused = document.activeElement;
  if (focused && root.contains(focused) && focused.matches("input, textarea, select, [contenteditable=true]")) return true;
  return [...root.querySelectorAll<Field>("input, textarea")].some(isTyped);
}

const sent = new WeakSet<Element>();

/** This form was sent and answered: nothing in it is kept any more, its key least of all. */
export function letGo(form: HTMLFormElement): void {
  form.removeAttribute("data-keep");
  sent.add(form);
}

const callbacks = {
  beforeNodeMorphed(old: Node, fresh: Node): boolean {
    if (!(old instanceof HTMLElement) || !(fresh instanceof HTMLElement)) return true;
    if (old.matches(KEPT) || isTyped(old)) return false;
    // An answer that was overtaken by a newer one.
    return !(Number(old.dataset.version) > Number(fresh.dataset.version));
  },
  beforeNodeRemoved(node: Node): boolean {
    if (!(node instanceof HTMLElement)) return true;
    return !node.matches("rich-editor [data-keep]") && !(node.matches("form") && !sent.has(node) && holdsTyping(node));
  },
  beforeAttributeUpdated(name: string, element: Element): boolean {
    if (element.matches("rich-editor textarea")) return !EDITORS.has(name);
    return !READERS.has(name) || (name === "open" && !(element instanceof HTMLDetailsElement || element instanceof HTMLDialogElement));
  },
};

/** `fresh` is markup or nodes; with "outer" its one element takes the place of `old`, which stays the same object. */
export function morph(old: Element, fresh: string | Element | HTMLCollection, style: "outer" | "inner" = "outer"): Node[] {
  const made = Idiomorph.morph(old, fresh, { morphStyle: `${style}HTML`, restoreFocus: true, callbacks }) as Node[];
  // The same form, with its new key, is to be written in again.
  old.querySelectorAll("form").forEach((form) => sent.delete(form));
  return made;
}
