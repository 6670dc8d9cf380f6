/** A place closes while one writes in it: the words go to the page that takes its place, to be copied from there. */
import { word } from "./words";

const NAME = "given-back";
type Field = HTMLInputElement | HTMLTextAreaElement;

const typedIn = (root: ParentNode): string[] =>
  [...root.querySelectorAll<Field>("form textarea[name], form[method=post] input[type=text][name]")]
    .filter((field) => field.value.trim() && field.value !== field.defaultValue)
    .map((field) => field.value);

/** Before this page gives way to another, in this tab. */
export function carry(): void {
  const texts = typedIn(document);
  if (texts.length) sessionStorage.setItem(NAME, JSON.stringify(texts));
}

/** In the place of an element that leaves the page; without words in it, nothing stays. */
export function leaveWordsOf(element: Element): void {
  const texts = typedIn(element);
  if (!texts.length) return element.remove();
  const why = document.createElement("p");
  why.textContent = word("gone");
  const block = made(texts);
  block.prepend(why);
  element.replaceWith(block);
}

function made(texts: string[]): HTMLElement {
  const block = document.createElement("section");
  block.className = "stack given-back";
  const title = document.createElement("h2");
  title.className = "section-t";
  title.id = "typed";
  title.textContent = word("typed");
  block.append(title);
  for (const text of texts) {
    const field = document.createElement("textarea");
    field.className = "field";
    field.readOnly = true;
    field.dir = "auto";
    field.rows = Math.min(14, text.split("\n").length + Math.floor(text.length / 60));
    field.value = text;
    field.setAttribute("aria-labelledby", title.id);
    block.append(field);
  }
  return block;
}

export function start(): void {
  const carried = sessionStorage.getItem(NAME);
  if (!carried) return;
  sessionStorage.removeItem(NAME);
  const block = made(JSON.parse(carried) as string[]);
  const acts = document.querySelector(".mishap .acts-row");
  if (acts) acts.before(block);
  else document.querySelector("main")?.prepend(block);
}
