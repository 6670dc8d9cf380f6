import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { page, passes } from "../testing";
import { Refresher } from "./refresher";

const CARD = '<article id="c-12" data-live="c:12" data-version="4" data-refresh="/c/12/carte/"><p>4</p></article>';
let onScreen = true;
let asked: ReturnType<typeof vi.fn>;

beforeEach(() => {
  vi.useFakeTimers();
  onScreen = true;
  vi.stubGlobal("IntersectionObserver", class {
    constructor(private readonly seen: (entries: object[]) => void) {}
    observe(target: Element): void {
      if (onScreen) this.seen([{ isIntersecting: true, target }]);
    }
    unobserve(): void {}
  });
  asked = vi.fn(async () => new Response('<article id="c-12" data-live="c:12" data-version="6"><p>6</p></article>'));
  vi.stubGlobal("fetch", asked);
});
afterEach(() => void (vi.useRealTimers(), vi.unstubAllGlobals()));

test("a newer version is asked for and put in place", async () => {
  const card = page(CARD);
  new Refresher().note({ topic: "c:12", version: 6 });
  await passes(200);
  expect(asked.mock.calls[0]![0]).toBe("/c/12/carte/");
  expect([card.textContent, card.dataset.version]).toEqual(["6", "6"]);
});

test("a version that is already shown asks for nothing, even if it came meanwhile", async () => {
  const card = page(CARD);
  const refresher = new Refresher();
  refresher.note({ topic: "c:12", version: 4 });
  refresher.note({ topic: "c:12", version: 5 });
  card.dataset.version = "5";
  await passes(2_000);
  expect(asked).not.toHaveBeenCalled();
});

test("off screen nothing is asked until the reader comes there", async () => {
  page(CARD);
  onScreen = false;
  const refresher = new Refresher();
  refresher.note({ topic: "c:12", version: 6 });
  await passes(5_000);
  expect(asked).not.toHaveBeenCalled();
  onScreen = true;
  refresher.resume();
  await passes(200);
  expect(asked).toHaveBeenCalledOnce();
});

test("ten changes in a second are two questions", async () => {
  page(CARD);
  let version = 5;
  asked.mockImplementation(async () => new Response(`<article id="c-12" data-live="c:12" data-refresh="/x/" data-version="${version}"></article>`));
  const refresher = new Refresher();
  for (; version < 15; version++) {
    refresher.note({ topic: "c:12", version });
    await passes(100);
  }
  await passes(3_000);
  expect(asked).toHaveBeenCalledTimes(2);
});

test("many readers do not ask together", async () => {
  page(CARD);
  new Refresher(() => 1).note({ topic: "c:12", version: 6, audience: 1_001 });
  await passes(2_000);
  expect(asked).not.toHaveBeenCalled();
  await passes(200);
  expect(asked).toHaveBeenCalledOnce();
});

test("what is gone leaves the page, unless a text is being written in it", async () => {
  asked.mockImplementation(async () => new Response("", { status: 404 }));
  const card = page(CARD);
  new Refresher().note({ topic: "c:12", version: 6 });
  await passes(200);
  expect(card.isConnected).toBe(false);

  const written = page(CARD.replace("<p>4</p>", "<form><textarea></textarea></form>"));
  written.querySelector("textarea")!.value = "je réponds";
  new Refresher().note({ topic: "c:12", version: 7 });
  await passes(200);
  expect(written.isConnected).toBe(true);
});
