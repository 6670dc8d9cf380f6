/** Native dialogs and menus: what opens them, Esc and a click beside them, and the question before a grave act. */
import htmx from "htmx.org";

import { word } from "./words";

export function open(id: string): HTMLDialogElement | null {
  const dialog = document.getElementById(id);
  if (!(dialog instanceof HTMLDialogElement)) return null;
  if (!dialog.open) dialog.showModal();
  dialog.dispatchEvent(new CustomEvent("opened"));
  return dialog;
}

function closeMenus(except: Node | null): void {
  for (const menu of document.querySelectorAll<HTMLDetailsElement>("details.menu[open]")) {
    if (!except || !menu.contains(except)) menu.open = false;
  }
}

/** Asks in the words of `data-confirm`; `data-confirm-yes` names the act. The safe answer has the focus. */
export function confirm(question: string, yes: string): Promise<boolean> {
  const dialog = document.createElement("dialog");
  dialog.className = "sheet-dialog confirm";
  dialog.setAttribute("role", "alertdialog");
  const form = document.createElement("form");
  form.method = "dialog";
  const sentence = document.createElement("p");
  sentence.id = "confirm-question";
  sentence.textContent = question;
  dialog.setAttribute("aria-labelledby", sentence.id);
  const acts = document.createElement("p");
  acts.className = "acts-row";
  for (const [value, text, look] of [["no", word("cancel"), "btn-line"], ["yes", yes, "btn-grave"]] as const) {
    const button = document.createElement("button");
    button.value = value;
    button.className = `btn ${look}`;
    button.textContent = text;
    acts.append(button);
  }
  form.append(sentence, acts);
  dialog.append(form);
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((answer) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      answer(dialog.returnValue === "yes");
    });
  });
}

const agreed = new WeakSet<Element>();

function needsWord(event: Event, element: Element, proceed: () => void): void {
  const asked = element.closest<HTMLElement>("[data-confirm]");
  if (!asked || agreed.delete(asked)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  void confirm(asked.dataset.confirm!, asked.dataset.confirmYes ?? word("confirm")).then((isSure) => {
    if (!isSure) return;
    agreed.add(asked);
    proceed();
  });
}

export function start(): void {
  for (const opener of document.querySelectorAll<HTMLElement>("button[data-opens]")) opener.hidden = false;
  document.addEventListener("click", (event) => {
    const target = event.target as Element;
    const opener = target.closest<HTMLElement>("[data-opens]");
    const isPlain = !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0;
    if (opener && isPlain && open(opener.dataset.opens!)) event.preventDefault();
    // On the veil, which is the dialog itself, outside its box.
    if (target instanceof HTMLDialogElement && target.matches(":modal") && isBeside(target, event)) target.close();
    closeMenus(opener ? null : target);
  });
  document.addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && (event.target as Element).closest<HTMLDetailsElement>("details.menu[open]");
    if (!menu) return;
    event.preventDefault();
    menu.open = false;
    menu.querySelector("summary")?.focus();
  });
  document.addEventListener("submit", (event) => {
    const { submitter } = event as SubmitEvent;
    const form = event.target as HTMLFormElement;
    needsWord(event, submitter?.closest("[data-confirm]") ?? form, () => form.requestSubmit(submitter));
  }, true);
  // `hx-confirm` too, in our own dialog.
  document.addEventListener("htmx:confirm", (event) => {
    const { question, elt, issueRequest } = (event as CustomEvent<{ question?: string; elt: HTMLElement; issueRequest(skip: boolean): void }>).detail;
    if (!question) return;
    event.preventDefault();
    void confirm(question, elt.dataset.confirmYes ?? word("confirm")).then((isSure) => isSure && issueRequest(true));
  });
  // What a fragment opens by itself: <dialog data-open>.
  // What htmx brings in may be the dialog itself.
  htmx.onLoad((root) => {
    const brought = (root as Element).parentNode ?? root;
    (brought as ParentNode).querySelectorAll<HTMLDialogElement>("dialog[data-open]:not([open])").forEach((d) => d.showModal());
  });
}

function isBeside(dialog: HTMLDialogElement, { clientX: x, clientY: y }: MouseEvent): boolean {
  const box = dialog.getBoundingClientRect();
  return x < box.left || x > box.right || y < box.top || y > box.bottom;
}
