import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";

import { start } from "./quick-find";
import { key, page, passes } from "./testing";

beforeAll(start);
beforeEach(() => {
  vi.useFakeTimers();
  page(`<p tabindex="0">page</p><dialog id="find"><quick-find data-url="/chercher/"><input type="search" name="q"><div role="listbox"></div></quick-find></dialog>`);
  vi.stubGlobal("fetch", vi.fn(async (url: string) =>
    new Response(url.endsWith("=") ? "" : '<h3>Personnes</h3><a role="option" id="h1" href="#/personnes/1/">Amina</a><a role="option" href="#/personnes/2/">Amin</a>')));
});
afterEach(() => void (vi.useRealTimers(), vi.unstubAllGlobals()));

const field = () => document.querySelector("input")!;
const marked = () => document.querySelector("[aria-selected=true]")?.textContent;

async function type(text: string): Promise<void> {
  field().value = text;
  field().dispatchEvent(new Event("input", { bubbles: true }));
  await passes(130);
}

test("Ctrl+K opens it from anywhere", () => {
  const press = key(document.querySelector("p")!, "k", { ctrlKey: true });
  expect([document.querySelector("dialog")!.open, press.defaultPrevented]).toEqual([true, true]);
});

test("quick typing asks once, and only the last answer is awaited", async () => {
  const signals: AbortSignal[] = [];
  vi.mocked(fetch).mockImplementation((_url, options) => {
    signals.push(options!.signal!);
    return new Promise(() => {});
  });
  for (const text of ["a", "am"]) {
    field().value = text;
    field().dispatchEvent(new Event("input", { bubbles: true }));
    await passes(50);
  }
  await passes(100);
  expect(vi.mocked(fetch).mock.calls.map(([url]) => url)).toEqual(["/chercher/?q=am"]);
  await type("ami");
  expect(signals.map((signal) => signal.aborted)).toEqual([true, false]);
});

test("arrows choose among the options, round and round, and the field names the chosen one", async () => {
  await type("am");
  expect([marked(), field().getAttribute("aria-activedescendant")]).toEqual(["Amina", "h1"]);
  key(field(), "ArrowDown");
  expect(marked()).toBe("Amin");
  key(field(), "ArrowDown");
  expect(marked()).toBe("Amina");
  key(field(), "ArrowUp");
  expect(marked()).toBe("Amin");
});

test("Enter opens the chosen one, but not while a word is being composed", async () => {
  await type("am");
  const opened = vi.fn((event: Event) => event.preventDefault());
  document.getElementById("h1")!.addEventListener("click", opened);
  key(field(), "Enter", { isComposing: true });
  expect(opened).not.toHaveBeenCalled();
  key(field(), "Enter");
  expect(opened).toHaveBeenCalledOnce();
});

test("one Esc closes it, whatever stands in the field", async () => {
  key(document.querySelector("p")!, "k", { ctrlKey: true });
  await type("am");
  const press = key(field(), "Escape");
  expect([document.querySelector("dialog")!.open, press.defaultPrevented]).toEqual([false, true]);
});

test("a failure is said where the results would be", async () => {
  vi.mocked(fetch).mockImplementation(async () => new Response("", { status: 500 }));
  await type("am");
  expect(document.querySelector("[role=listbox]")!.textContent).toMatch(/^failed/);
});
