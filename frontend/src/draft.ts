/** A form with `data-draft="key"` keeps what is written on this device until it is published; each reader has their own. */
import { word } from "./words";

const FIELDS = "input[type=text][name], input:not([type])[name], textarea[name], select[name], input[type=radio][name]";
type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;
interface Draft {
  at: number;
  fields: Record<string, string>;
}

/** Its own events are no typing. */
let isRestoring = false;
export const restoring = (): boolean => isRestoring;

export const nameOf = (form: HTMLFormElement) => `draft:${document.body.dataset.reader ?? ""}:${form.dataset.draft}`;
const fieldsOf = (form: HTMLFormElement) => [...form.querySelectorAll<Field>(FIELDS)].filter((field) => !field.closest("[data-no-draft]"));
const isText = (field: Field) => !(field instanceof HTMLSelectElement) && field.type !== "radio";
const isEmpty = (form: HTMLFormElement) => fieldsOf(form).every((field) => !isText(field) || !field.value.trim());

export function read(name: string): Draft | null {
  try {
    return JSON.parse(localStorage.getItem(name) ?? "null") as Draft | null;
  } catch {
    return null;
  }
}

export function keep(form: HTMLFormElement): void {
  if (isEmpty(form)) return drop(form);
  const chosen = fieldsOf(form).filter((field) => !(field instanceof HTMLInputElement && field.type === "radio" && !field.checked));
  const draft: Draft = { at: Date.now(), fields: Object.fromEntries(chosen.map((field) => [field.name, field.value])) };
  try {
    localStorage.setItem(nameOf(form), JSON.stringify(draft));
  } catch {
    return; // Full, or forbidden: then the page does not claim to keep anything.
  }
  const time = new Intl.DateTimeFormat(document.documentElement.lang || "fr", { timeStyle: "short" }).format();
  // « 10 h 42 » in French, as everywhere else.
  say(form, word("draft_kept", { time: document.documentElement.lang === "en" ? time : time.replace(":", "\u00a0h\u00a0") }));
}

export function drop(form: HTMLFormElement): void {
  localStorage.removeItem(nameOf(form));
  say(form, "");
}

/** Only into a form that the server gave empty: what it gives back with an error is newer. */
export function restore(form: HTMLFormElement): void {
  const draft = read(nameOf(form));
  if (!draft || !isEmpty(form)) return;
  isRestoring = true;
  for (const field of fieldsOf(form)) {
    const value = draft.fields[field.name];
    if (value === undefined) continue;
    if (field instanceof HTMLInputElement && field.type === "radio") field.checked = field.value === value;
    else if (field instanceof HTMLSelectElement && ![...field.options].some((option) => option.value === value)) continue;
    else field.value = value;
    field.dispatchEvent(new Event(isText(field) ? "input" : "change", { bubbles: true }));
  }
  isRestoring = false;
  say(form, word("draft_restored"));
}

/** In the form's own `.saved`, or at the head of its foot. */
function say(form: HTMLFormElement, sentence: string): void {
  let place = form.querySelector<HTMLElement>(".saved");
  if (!place) {
    if (!sentence) return;
    place = document.createElement("span");
    place.className = "xs muted saved";
    place.setAttribute("role", "status");
    form.querySelector(".form-foot")?.prepend(place);
  }
  (place.querySelector("[data-text]") ?? place).textContent = sentence;
  place.hidden = !sentence;
}
