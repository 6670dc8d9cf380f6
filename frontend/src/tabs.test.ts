import { expect, it, vi } from "vitest";

import { start } from "./tabs";
import { page } from "./testing";

function tabs(width: number): HTMLElement {
  const nav = page('<nav class="tabs"><a href="/a/">Un</a><a href="/b/" aria-current="page">Deux</a></nav>');
  vi.spyOn(nav, "clientWidth", "get").mockReturnValue(300);
  vi.spyOn(nav, "scrollWidth", "get").mockReturnValue(width);
  nav.getBoundingClientRect = () => ({ left: 0, width: 300 }) as DOMRect;
  nav.querySelector("[aria-current]")!.getBoundingClientRect = () => ({ left: 280, width: 100 }) as DOMRect;
  return nav;
}

it("brings the tab where one stands into view", () => {
  const nav = tabs(500);
  start();
  expect(nav.scrollLeft).toBe(180);
});

it("moves nothing that fits", () => {
  const nav = tabs(300);
  start();
  expect(nav.scrollLeft).toBe(0);
});
