/** Says what happened, with « Annuler » where the act can be undone; stays eight seconds, longer while it is read. */
import htmx from "htmx.org";

import { csrf } from "./csrf";

const STAYS = 8_000;
const MOST = 3;

interface Told {
  text: string;
  undo?: string | null;
}
interface Manner {
  undo?: string | null;
  tone?: "done" | "error";
}

function shelf(): HTMLElement {
  let place = document.getElementById("told");
  if (!place) {
    place = document.createElement("div");
    place.id = "told";
    place.className = "toasts";
    place.setAttribute("role", "status");
    document.body.append(place);
  }
  // A modal dialog covers everything that is not inside it.
  const dialog = document.querySelector<HTMLDialogElement>("dialog:modal");
  if (dialog && !dialog.contains(place)) {
    const home = place.parentElement ?? document.body;
    dialog.append(place);
    dialog.addEventListener("close", () => home.append(place), { once: true });
  }
  return place;
}

function made(text: string, undo?: string | null): HTMLElement {
  const template = document.getElementById("toast") as HTMLTemplateElement | null;
  const toast = (template?.content.firstElementChild?.cloneNode(true) as HTMLElement) ?? document.createElement("div");
  if (!template) toast.className = "toast";
  const place = toast.querySelector<HTMLElement>("[data-text]") ?? toast.appendChild(document.createElement("span"));
  place.textContent = text;
  const form = toast.querySelector<HTMLFormElement>("form");
  if (form && undo) {
    form.action = undo;
    const token = form.querySelector<HTMLInputElement>('[name="csrfmiddlewaretoken"]');
    if (token) token.value = csrf();
  } else form?.remove();
  return toast;
}

/** Starts a toast's life: it leaves after its time, but not while a pointer or the focus is on it. */
export function live(toast: HTMLElement): void {
  let timer = 0;
  const leave = () => toast.remove();
  const count = () => (timer = window.setTimeout(leave, STAYS));
  const hold = () => window.clearTimeout(timer);
  for (const name of ["pointerenter", "focusin"]) toast.addEventListener(name, hold);
  for (const name of ["pointerleave", "focusout"]) toast.addEventListener(name, () => (hold(), count()));
  toast.addEventListener("keydown", (event) => event.key === "Escape" && leave());
  toast.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    event.preventDefault();
    event.stopPropagation();
    // The answer says what to do with the page: HX-Refresh, HX-Redirect, HX-Retarget, or only « told ».
    void htmx.ajax("post", form.getAttribute("action")!, { source: document.body, target: document.body, swap: "none" });
    leave();
  });
  count();
}

export function tell(text: string, { undo, tone = "done" }: Manner = {}): HTMLElement | null {
  if (!text) return null;
  const place = shelf();
  const toast = made(text, undo);
  toast.classList.toggle("is-error", tone === "error");
  place.append(toast);
  while (place.children.length > MOST) place.firstElementChild!.remove();
  live(toast);
  return toast;
}

export function start(): void {
  document.querySelectorAll<HTMLElement>("#told .toast").forEach(live);
  document.addEventListener("told", (event) => {
    const { text, undo } = (event as CustomEvent<Told>).detail;
    tell(text, { undo });
  });
}
