import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";

import { start } from "./pops";
import { key, page, passes } from "./testing";

const SIX = '<div class="six"><button>J’aime</button><button>Merci</button><button>Bravo</button></div>';
const opened = vi.fn();

beforeAll(start);
beforeEach(() => {
  vi.useFakeTimers();
  opened.mockClear();
  page(`<div class="bar"><form><button class="like">J’aime</button></form><a class="more" href="/c/1/reactions/" hx-target="next .pop">▾</a><span class="pop"></span></div><p>ailleurs</p>`);
  // htmx's part.
  more().addEventListener("click", (event) => {
    event.preventDefault();
    opened();
    pop().innerHTML = SIX;
    pop().dispatchEvent(new CustomEvent("htmx:afterSwap", { bubbles: true }));
  });
});
afterEach(() => void vi.useRealTimers());

const like = () => document.querySelector<HTMLElement>(".like")!;
const more = () => document.querySelector<HTMLElement>(".more")!;
const pop = () => document.querySelector<HTMLElement>(".pop")!;
const here = () => document.activeElement!.textContent;
const pointer = (name: string) => like().dispatchEvent(new PointerEvent(name, { bubbles: true, button: 0 }));
function click(): MouseEvent {
  const event = new MouseEvent("click", { bubbles: true, cancelable: true });
  like().dispatchEvent(event);
  return event;
}

test("a short press is J’aime", async () => {
  pointer("pointerdown");
  await passes(100);
  pointer("pointerup");
  await passes(1_000);
  expect([click().defaultPrevented, opened.mock.calls.length]).toEqual([false, 0]);
});

test("a long press opens the six and is no vote", async () => {
  pointer("pointerdown");
  await passes(450);
  pointer("pointerup");
  expect([click().defaultPrevented, opened.mock.calls.length, here()]).toEqual([true, 1, "J’aime"]);
});

test("an arrow key opens them and walks, round the end too", () => {
  like().focus();
  key(like(), "ArrowUp");
  expect([opened.mock.calls.length, more().getAttribute("aria-expanded")]).toEqual([1, "true"]);
  key(document.activeElement!, "ArrowRight");
  expect(here()).toBe("Merci");
  key(document.activeElement!, "ArrowLeft");
  key(document.activeElement!, "ArrowLeft");
  expect(here()).toBe("Bravo");
});

test("Escape, a second press and a click elsewhere close them", () => {
  more().click();
  key(document.activeElement!, "Escape");
  expect([pop().childElementCount, document.activeElement]).toEqual([0, more()]);
  more().click();
  more().click();
  expect([pop().childElementCount, opened.mock.calls.length]).toEqual([0, 2]);
  more().click();
  document.querySelector("p")!.click();
  expect(pop().childElementCount).toBe(0);
});

test("a choice closes them", () => {
  more().click();
  const elt = pop().querySelector("button")!;
  document.body.dispatchEvent(new CustomEvent("htmx:afterRequest", { bubbles: true, detail: { requestConfig: { elt } } }));
  expect(pop().childElementCount).toBe(0);
});
