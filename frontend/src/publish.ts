/** « Publier » opens over what one reads: the composer's own page, fetched, in a dialog. If anything fails its link is followed. */
import htmx from "htmx.org";
import { createElement, X } from "lucide";

import "./publish.css";
import { word } from "./words";

const ID = "publish";

/** The form and the title of the composer's page; null when the page turned out to be another (sign-in, charter). */
export function composerIn(html: string): { title: string; form: HTMLFormElement } | null {
  const page = new DOMParser().parseFromString(html, "text/html");
  const form = page.querySelector<HTMLFormElement>("form.composer");
  return form && { title: page.querySelector("h1")?.textContent?.trim() ?? "", form };
}

function made(title: string, form: HTMLFormElement): HTMLDialogElement {
  const dialog = document.createElement("dialog");
  dialog.id = ID;
  dialog.className = "sheet-dialog publish-dialog";
  dialog.setAttribute("aria-labelledby", `${ID}-t`);
  const head = document.createElement("header");
  const heading = Object.assign(document.createElement("h2"), { id: `${ID}-t`, textContent: title });
  const close = document.createElement("button");
  close.type = "button";
  close.className = "icon-btn";
  close.setAttribute("aria-label", word("close"));
  close.append(createElement(X, { class: "i", "aria-hidden": "true" }));
  close.addEventListener("click", () => dialog.close());
  head.append(heading, close);
  const body = document.createElement("div");
  body.className = "dialog-body";
  form.classList.remove("card");
  body.append(document.adoptNode(form));
  dialog.append(head, body);
  return dialog;
}

/** What was written stays in the closed dialog (and as a draft): opened again for the same place, it is still there. */
async function show(address: string): Promise<void> {
  const before = document.getElementById(ID) as HTMLDialogElement | null;
  if (before?.dataset.address === address) return before.showModal();
  before?.remove();
  const answer = await fetch(address, { credentials: "same-origin" });
  const composer = answer.ok ? composerIn(await answer.text()) : null;
  if (!composer) throw new Error("no composer");
  const dialog = made(composer.title, composer.form);
  dialog.dataset.address = address;
  document.body.append(dialog);
  dialog.showModal();
  dialog.querySelector<HTMLElement>("textarea[name=text]")?.focus();
  htmx.process(dialog);
  // The draft and the editor wait for this.
  htmx.trigger(dialog, "htmx:load", { elt: dialog });
}

/** A title takes the lines it needs and has no line of its own: Enter goes on to the text. */
function leaveTitle(event: KeyboardEvent): void {
  const title = (event.target as Element).closest?.<HTMLTextAreaElement>("textarea.ti");
  if (!title || event.key !== "Enter" || event.isComposing) return;
  event.preventDefault();
  if (event.ctrlKey || event.metaKey) return title.form?.requestSubmit();
  title.form?.querySelector<HTMLElement>(".ProseMirror, textarea[name=text]:not([hidden])")?.focus();
}

export function start(): void {
  document.addEventListener("keydown", leaveTitle);
  document.addEventListener("click", (event) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>("a[data-publish]");
    const isPlain = !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0;
    // On the composer's own page there is nothing to open it over.
    if (!link || !isPlain || event.defaultPrevented || link.pathname === location.pathname) return;
    event.preventDefault();
    link.setAttribute("aria-busy", "true");
    show(link.href)
      .catch(() => location.assign(link.href))
      .finally(() => link.removeAttribute("aria-busy"));
  });
}
