import { beforeAll, expect, test, vi } from "vitest";

import { start } from "./shortcuts";
import { key, page } from "./testing";

beforeAll(start);

const PAGE = `<main tabindex="-1"><a href="#" data-publish>Publier</a><a href="#" data-key="g a">Accueil</a><input>
  <article id="c-1">1</article><article id="c-2">2</article></main><dialog id="shortcuts"></dialog>`;

function clicked(selector: string): () => number {
  const act = vi.fn((event: Event) => event.preventDefault());
  document.querySelector(selector)!.addEventListener("click", act);
  return () => act.mock.calls.length;
}

test("n publishes, g then a goes home, ? lists", () => {
  const main = page(PAGE);
  const [publish, home] = [clicked("[data-publish]"), clicked("[data-key]")];
  key(main, "n");
  key(main, "a");
  expect([publish(), home()]).toEqual([1, 0]);
  key(main, "g");
  key(main, "a");
  expect([publish(), home()]).toEqual([1, 1]);
  key(main, "?", { shiftKey: true });
  expect(document.querySelector("dialog")!.open).toBe(true);
});

test("never while writing, nor with Ctrl", () => {
  const main = page(PAGE);
  const publish = clicked("[data-publish]");
  key(main.querySelector("input")!, "n");
  key(main, "n", { ctrlKey: true });
  key(main, "n", { isComposing: true });
  expect(publish()).toBe(0);
});

test("s and p walk through the publications", () => {
  const main = page(PAGE);
  const card = (n: number) => document.getElementById(`c-${n}`)!;
  card(1).tabIndex = -1;
  card(1).focus();
  key(card(1), "s");
  expect(document.activeElement).toBe(card(2));
  key(card(2), "p");
  expect(document.activeElement).toBe(card(1));
  expect(main.isConnected).toBe(true);
});

test("switched off on this device or in the settings, they are silent", () => {
  let main = page(PAGE);
  let publish = clicked("[data-publish]");
  localStorage.setItem("shortcuts", "off");
  key(main, "n");
  localStorage.clear();
  document.body.dataset.shortcuts = "off";
  key(main, "n");
  expect(publish()).toBe(0);
  delete document.body.dataset.shortcuts;
  main = page(`${PAGE}<input type="checkbox" data-shortcuts-switch>`);
  publish = clicked("[data-publish]");
  document.querySelector("[data-shortcuts-switch]")!.dispatchEvent(new Event("change", { bubbles: true }));
  key(main, "n");
  expect(publish()).toBe(0);
});
