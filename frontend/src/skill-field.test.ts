import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";

import { start } from "./skill-field";
import { key, page, passes } from "./testing";

beforeAll(start);
beforeEach(() => {
  vi.useFakeTimers();
  const skills = [
    { name: "Soudage TIG", about: "" },
    { name: "Soudage laser", about: "Laser" },
  ];
  vi.stubGlobal("fetch", vi.fn(async () => Response.json({ skills })));
  page('<form><skill-field data-url="/p/"><input name="name"></skill-field></form>');
});
afterEach(() => void (vi.useRealTimers(), vi.unstubAllGlobals()));

const field = () => document.querySelector("input")!;

async function type(text: string): Promise<void> {
  field().value = text;
  field().dispatchEvent(new Event("input", { bubbles: true }));
  await passes(130);
}

test("the list proposes, an arrow and Enter choose", async () => {
  await type("soud");
  expect(fetch).toHaveBeenCalledWith("/p/?q=soud", expect.anything());
  key(field(), "ArrowDown");
  expect(key(field(), "Enter").defaultPrevented).toBe(true);
  expect(field().value).toBe("Soudage laser");
});

test("one letter asks nothing", async () => {
  await type("s");
  expect(fetch).not.toHaveBeenCalled();
});

test("Escape keeps what was typed, and Enter then sends it", async () => {
  await type("souder l’inox");
  key(field(), "Escape");
  expect(key(field(), "Enter").defaultPrevented).toBe(false);
  expect(field().value).toBe("souder l’inox");
});

test("without an answer one goes on typing", async () => {
  vi.stubGlobal("fetch", vi.fn(async () => Promise.reject(new Error("lost"))));
  await type("soud");
  expect(key(field(), "Enter").defaultPrevented).toBe(false);
});
