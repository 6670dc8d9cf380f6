/** When drafts are kept, come back and go: on typing, on the next page, once what was sent has become a publication. */
import { answered, sentForm } from "./answered";
import { drop, keep, nameOf, read, restore, restoring } from "./draft";

const WAIT = 400;
const KEPT_DAYS = 30;

// The draft of what waits until the charter is accepted, on a page of its own or in a dialog.
let behindCharter: string | null = null;

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
    if (!form || restoring()) return;
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
