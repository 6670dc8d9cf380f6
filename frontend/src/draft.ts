/** A form with `data-draft="key"` keeps what is written on this device until it is published; each reader has their own. */
import { answered, sentForm } from "./answered";
import { word } from "./words";

const WAIT = 400;
const KEPT_DAYS = 30;
const FIELDS = "input[type=text][name], input:not([type])[name], textarea[name], select[name], input[type=radio][name]";
type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;
interface Draft {
  at: number;
  fields: Record<string, string>;
}

let isRestoring = false;
// The draft of what waits until the charter is accepted, on a page of its own or in a dialog.
let behindCharter: string | null = null;

const nameOf = (form: HTMLFormElement) => `draft:${document.body.dataset.reader ?? ""}:${form.dataset.draft}`;
const fieldsOf = (form: HTMLFormElement) => [...form.querySelectorAll<Field>(FIELDS)].filter((field) => !field.closest("[data-no-draft]"));
const isText = (field: Field) => !(field instanceof HTMLSelectElement) && field.type !== "radio";
const isEmpty = (form: HTMLFormElement) => fieldsOf(form).every((field) => !isText(field) || !field.value.trim());

function read(name: string): Draft | null {
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

/** A form of a plain page was sent, and the next page is no error: its draft has become a publication. */
export function settle(): void {
  const sent = sessionStorage.getItem("draft-sent");
  if (!sent) return;
  sessionStorage.removeItem("draft-sent");
  if (document.querySelector("[data-keeps-draft]")) {
    behindCharter = sent;
    return;
  }
  const [arrival] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  if ((arrival?.type ?? "navigate") === "navigate" && (arrival?.responseStatus || 200) < 400) localStorage.removeItem(sent);
}

function sweep(): void {
  const old = Date.now() - KEPT_DAYS * 86_400_000;
  for (const name of Object.keys(localStorage)) {
    if (name.startsWith("draft:") && (read(name)?.at ?? 0) < old) localStorage.removeItem(name);
  }
}

const formOf = (node: EventTarget | null | undefined) =>
  node instanceof Element ? node.closest<HTMLFormElement>("form[data-draft]") : null;
const known = new WeakSet<HTMLFormElement>();
const timers = new WeakMap<HTMLFormElement, number>();

export function found(root: ParentNode = document): void {
  for (const form of root.querySelectorAll<HTMLFormElement>("form[data-draft]")) {
    if (known.has(form)) continue;
    known.add(form);
    restore(form);
  }
}

export function start(): void {
  settle();
  sweep();
  const later = (event: Event) => {
    const form = formOf(event.target);
    if (!form || isRestoring) return;
    window.clearTimeout(timers.get(form));
    timers.set(form, window.setTimeout(() => keep(form), WAIT));
  };
  document.addEventListener("input", later);
  document.addEventListener("change", later);
  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element && event.target.closest("[data-draft-drop]");
    const form = button ? formOf(button) : null;
    if (form) (form.reset(), drop(form));
  });
  window.addEventListener("submit", (event) => {
    const accepts = (event.submitter as HTMLButtonElement | null)?.name === "accept_charter";
    if (behindCharter && accepts) sessionStorage.setItem("draft-sent", behindCharter);
    const form = formOf(event.target);
    if (!form) return;
    window.clearTimeout(timers.get(form));
    keep(form);
    if (!event.defaultPrevented) sessionStorage.setItem("draft-sent", nameOf(form));
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = sentForm(event);
    if (!form?.dataset.draft) return;
    const { xhr } = answered(event);
    if (xhr.getResponseHeader("HX-Retarget") === "#dialog-place") behindCharter = nameOf(form);
    // A 422 is shown in place, which htmx counts as a success.
    else if (xhr.status >= 200 && xhr.status < 400) drop(form);
  });
  found();
  document.addEventListener("htmx:load", () => found());
}
