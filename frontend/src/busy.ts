/** Every form: the button says that it works, a second submit waits, and a lost connection loses nothing. */
import { answered, asker, sentForm } from "./answered";
import { word } from "./words";

/** Shown only if the answer takes longer: a ring that flashes tells nothing. */
const SOON = 80;

interface Work {
  button: HTMLElement | null;
  timer: number;
  inside: Node[] | null;
}
const working = new Map<HTMLFormElement, Work>();

export function isBusy(form: HTMLFormElement): boolean {
  return working.has(form);
}

export function begin(form: HTMLFormElement, button: HTMLElement | null): void {
  if (working.has(form)) return;
  form.setAttribute("aria-busy", "true");
  form.querySelector(".lost")?.remove();
  const work: Work = { button, timer: 0, inside: null };
  work.timer = window.setTimeout(() => button && dress(button, work), SOON);
  working.set(form, work);
}

export function end(form: HTMLFormElement): void {
  const work = working.get(form);
  if (!work) return;
  working.delete(form);
  window.clearTimeout(work.timer);
  form.removeAttribute("aria-busy");
  if (!work.button || !work.inside) return;
  work.button.replaceChildren(...work.inside);
  work.button.removeAttribute("aria-disabled");
  work.button.removeAttribute("aria-busy");
  work.button.style.minWidth = "";
}

/** A ring, and on the button of the page the word for it, as wide as before. Not `disabled`: its value must be sent. */
function dress(button: HTMLElement, work: Work): void {
  work.inside = [...button.childNodes];
  button.style.minWidth = `${button.offsetWidth}px`;
  button.setAttribute("aria-disabled", "true");
  button.setAttribute("aria-busy", "true");
  if (!button.matches(".btn-primary, [data-busy]")) return;
  const ring = document.createElement("span");
  ring.className = "spin";
  ring.setAttribute("aria-hidden", "true");
  button.replaceChildren(ring, button.dataset.busy ?? word("busy"));
}

/** The sentence stands in the form, beside the text that was kept. */
export function sayLost(form: HTMLFormElement): void {
  form.querySelector(".lost")?.remove();
  const sentence = document.createElement("p");
  sentence.className = "err lost";
  sentence.setAttribute("role", "alert");
  sentence.textContent = word("lost");
  form.append(sentence);
}

function submitter(form: HTMLFormElement, event: SubmitEvent): HTMLElement | null {
  return event.submitter ?? form.querySelector<HTMLElement>("button:not([type=button], [type=reset]), input[type=submit]");
}

/** The answer takes the page elsewhere: the button works until then. */
function leaves(event: Event): boolean {
  return ["HX-Redirect", "HX-Refresh"].some((name) => answered(event).xhr.getResponseHeader(name));
}

export function start(): void {
  // First of all listeners: a second submit reaches neither htmx nor the browser.
  document.addEventListener("submit", (event) => {
    if (!isBusy(event.target as HTMLFormElement)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }, true);
  // The second click of a double click comes after a quick answer, when the button already offers the contrary.
  document.addEventListener("click", (event) => {
    if (event.detail < 2 || !(event.target as Element).closest("form[method=post] button:not([type=button])")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }, true);
  // Last of all: whoever takes the form over has said so by then.
  window.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (form.method === "dialog") return;
    const isTaken = event.defaultPrevented;
    if (!isTaken && form.method === "post" && !navigator.onLine) {
      event.preventDefault();
      sayLost(form);
    } else if (!isTaken || form.matches("[hx-post], [hx-get], [hx-put], [hx-patch], [hx-delete]")) {
      begin(form, submitter(form, event));
    }
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = asker(event).closest("form");
    if (form && !leaves(event)) end(form);
  });
  document.addEventListener("htmx:sendError", (event) => {
    const form = sentForm(event);
    if (form) sayLost(form);
  });
  // A page that the browser kept comes back as it was left: busy.
  window.addEventListener("pageshow", () => [...working.keys()].forEach(end));
}
