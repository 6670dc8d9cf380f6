import { afterEach, beforeAll, expect, test, vi } from "vitest";

import { start } from "./theme";
import { page } from "./testing";

beforeAll(start);
afterEach(() => vi.unstubAllGlobals());

function choose(value: string): void {
  const select = document.querySelector("select")!;
  select.value = value;
  select.dispatchEvent(new Event("change", { bubbles: true }));
}
const SELECT = '<select name="theme"><option value="">Comme l’appareil</option><option value="light">Clair</option><option value="dark">Sombre</option></select>';

test("the theme is worn at once, and taken off to follow the device", () => {
  page(`<form>${SELECT}</form>`);
  choose("dark");
  expect(document.documentElement.dataset.theme).toBe("parvis-nuit");
  choose("");
  expect(document.documentElement.dataset.theme).toBeUndefined();
});

test("a form for the theme alone keeps the choice without a page", () => {
  const asked = vi.fn(async (_url: string, _options: RequestInit) => new Response(""));
  vi.stubGlobal("fetch", asked);
  page(`<form action="/moi/reglages/theme/" data-theme-only>${SELECT}</form>`);
  choose("light");
  expect(asked.mock.calls[0]![0]).toContain("/moi/reglages/theme/");
  expect((asked.mock.calls[0]![1].body as FormData).get("theme")).toBe("light");
});
