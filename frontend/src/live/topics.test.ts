import { expect, test } from "vitest";

import { page } from "../testing";
import { difference, idOf, MOST, shown } from "./topics";

// Cursor(at=2026-11-21T10:00:00Z, id=4217)
const CURSOR = "AAZOF9fXkAAAAAAAAAAQeQ";

test("the id of a cursor is read from its end", () => {
  expect(idOf(CURSOR)).toBe(4217);
  expect(idOf("")).toBe(0);
  expect(idOf("nonsense!")).toBe(0);
});

test("a page says each card with its version and each wall with the newest it shows", () => {
  page(`<live-news data-topics="a:1 a:3" data-since="${CURSOR}"></live-news>
    <article data-live="c:12" data-version="4"></article><article data-live="c:9" data-version="1"></article>`);
  expect(Object.fromEntries(shown())).toEqual({ "a:1": 4217, "a:3": 4217, "c:12": 4, "c:9": 1 });
});

test("the same thing shown twice counts with the older version", () => {
  page('<p data-live="c:1" data-version="7"></p><p data-live="c:1" data-version="5"></p>');
  expect(shown().get("c:1")).toBe(5);
});

test("the topic of the page itself is listened to for its loss only", () => {
  page("<main></main>");
  document.body.dataset.liveMain = "a:3";
  expect(shown().get("a:3")).toBe(Number.MAX_SAFE_INTEGER);
});

test("a very long page listens to its lower end, and to its walls", () => {
  page(`<live-news data-topics="a:1" data-version="1"></live-news>${Array.from({ length: 300 }, (_, n) =>
    `<p data-live="c:${n}" data-version="1"></p>`).join("")}`);
  const topics = shown();
  expect(topics.size).toBe(MOST);
  expect([topics.has("a:1"), topics.has("c:299"), topics.has("c:3")]).toEqual([true, true, false]);
});

test("what appeared and what went", () => {
  const { added, gone } = difference(new Map([["c:1", 1], ["c:2", 1]]), new Map([["c:2", 9], ["c:3", 4]]));
  expect([[...added], gone]).toEqual([[["c:3", 4]], ["c:1"]]);
});
