import { beforeAll, expect, test } from "vitest";

import { page } from "../testing";
import { start } from "./rail";
import type { Frame } from "./topics";

beforeAll(start);

const frame = (detail: Frame) => document.dispatchEvent(new CustomEvent("live:frame", { detail }));

test("somebody else's publication puts one dot, with its word, beside its community", () => {
  const rail = page('<nav><a data-topic="a:3" href="#">Lyon</a><a data-topic="a:4" href="#" aria-current="true">Ici</a></nav>');
  document.body.dataset.reader = "7";
  frame({ topic: "a:3", version: 20, author: 7 });
  frame({ topic: "a:3", version: 20 });
  expect(rail.querySelector(".dot")).toBeNull();
  frame({ topic: "a:3", version: 21, author: 8 });
  frame({ topic: "a:3", version: 22, author: 8 });
  frame({ topic: "a:4", version: 23, author: 8 });
  expect(rail.querySelectorAll(".dot").length).toBe(1);
  expect(rail.firstElementChild!.textContent).toContain("rail_news");
});

test("a community that one may no longer read leaves the rail", () => {
  const rail = page('<nav><a data-topic="a:3" href="#">Lyon</a></nav>');
  document.dispatchEvent(new CustomEvent("live:lost", { detail: ["a:3"] }));
  expect(rail.childElementCount).toBe(0);
});
