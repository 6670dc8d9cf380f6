import { beforeAll, expect, test, vi } from "vitest";

import { start } from "./dialogs";
import { key, page, passes } from "./testing";

beforeAll(start);

test("an opener opens its dialog instead of following its link, unless another tab is wanted", () => {
  page('<a href="/chercher/" data-opens="find">Chercher</a><dialog id="find"></dialog>');
  const link = document.querySelector("a")!;
  const dialog = document.querySelector("dialog")!;
  const other = new MouseEvent("click", { bubbles: true, cancelable: true, ctrlKey: true });
  link.dispatchEvent(other);
  expect([dialog.open, other.defaultPrevented]).toEqual([false, false]);
  link.click();
  expect(dialog.open).toBe(true);
});

test("where the dialog is missing the link is followed", () => {
  page('<a href="#chercher" data-opens="find">Chercher</a>');
  const click = new MouseEvent("click", { bubbles: true, cancelable: true });
  document.querySelector("a")!.dispatchEvent(click);
  expect(click.defaultPrevented).toBe(false);
});

test("a menu closes on Escape, with the focus back on it, and on a click elsewhere", () => {
  page('<details class="menu" open><summary tabindex="0">…</summary><button>Modifier</button></details><p>ailleurs</p>');
  const menu = document.querySelector("details")!;
  key(menu.querySelector("button")!, "Escape");
  expect([menu.open, document.activeElement]).toEqual([false, menu.querySelector("summary")]);
  menu.open = true;
  document.querySelector("p")!.click();
  expect(menu.open).toBe(false);
});

async function submitAndAnswer(value: "yes" | "no"): Promise<boolean> {
  page('<form action="/c/1/supprimer/" data-confirm="Supprimer ?" data-confirm-yes="Supprimer"><button>Supprimer</button></form>');
  const form = document.querySelector("form")!;
  const sent = vi.fn((event: Event) => event.preventDefault());
  form.addEventListener("submit", sent);
  form.requestSubmit = () => void form.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
  form.requestSubmit();
  expect(sent).not.toHaveBeenCalled();
  const dialog = document.querySelector<HTMLDialogElement>("dialog.confirm")!;
  expect(dialog.textContent).toContain("Supprimer ?");
  dialog.close(value);
  await passes();
  expect(document.querySelector("dialog")).toBeNull();
  return sent.mock.calls.length > 0;
}

test("a grave act is asked about first", async () => {
  expect(await submitAndAnswer("no")).toBe(false);
  expect(await submitAndAnswer("yes")).toBe(true);
});
