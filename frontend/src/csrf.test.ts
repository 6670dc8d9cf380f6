import { expect, test, vi } from "vitest";

import { ask, csrf } from "./csrf";
import { page } from "./testing";

test("the token comes from the page, or else from any of its forms", () => {
  expect(csrf()).toBe("secret-token");
  document.head.innerHTML = "";
  page('<form><input name="csrfmiddlewaretoken" value="of-a-form"></form>');
  expect(csrf()).toBe("of-a-form");
});

test("a page that is only shown has none, whatever its one form holds", () => {
  document.head.innerHTML = '<meta name="csrf" content="">';
  page('<form><input name="csrfmiddlewaretoken" value="of-leaving"></form>');
  expect(csrf()).toBe("");
});

test("only requests that write carry the token", async () => {
  const asked = vi.fn(async (_url: string, _options: RequestInit) => new Response(""));
  vi.stubGlobal("fetch", asked);
  await ask("/c/1/carte/");
  await ask("/c/1/reactions/", { method: "POST" });
  const headers = asked.mock.calls.map(([, options]) => new Headers(options.headers));
  expect(headers.map((h) => [h.get("HX-Request"), h.get("X-CSRFToken")])).toEqual([
    ["true", null], ["true", "secret-token"],
  ]);
  vi.unstubAllGlobals();
});
