import { afterEach, beforeAll, expect, test, vi } from "vitest";

import { page, passes } from "../testing";
import { start } from "./live-news";
import type { Frame } from "./topics";

beforeAll(start);
afterEach(() => vi.unstubAllGlobals());

const FEED = `<main><live-news data-topics="a:1 a:3" data-since="vieux" data-version="20" data-url="/fil/nouveautes/" hidden><a class="news" href="/" hidden><svg></svg><span data-text></span></a></live-news><article id="c-20">20</article></main>`;
const frame = (detail: Frame) => document.dispatchEvent(new CustomEvent("live:frame", { detail }));
const pill = () => document.querySelector<HTMLElement>(".news")!;

test("publications of others are counted and shown nowhere else", () => {
  page(FEED);
  frame({ topic: "a:3", version: 21, author: 7 });
  frame({ topic: "a:1", version: 22, author: 8 });
  frame({ topic: "a:1", version: 22, author: 8 });
  frame({ topic: "a:9", version: 23, author: 8 });
  expect([pill().hidden, pill().textContent]).toEqual([false, expect.stringMatching(/^news_other 2/)]);
  expect(document.querySelectorAll("article").length).toBe(1);
  expect(pill().querySelector("svg")).not.toBeNull();
});

test("my own publication, and one that is already here, are no news", () => {
  page(FEED);
  document.body.dataset.reader = "7";
  frame({ topic: "a:3", version: 21, author: 7 });
  frame({ topic: "a:3", version: 19, author: 8 });
  expect(pill().hidden).toBe(true);
});

test("after a reconnection it does not pretend to know how many", () => {
  page(FEED);
  frame({ topic: "a:3", version: 40 });
  expect(pill().textContent).toMatch(/^news_some/);
});

test("past a hundred they are no longer counted", () => {
  page(FEED);
  for (let version = 21; version <= 120; version++) frame({ topic: "a:3", version, author: 7 });
  expect(pill().textContent).toMatch(/^news_some/);
});

test("more news than a page holds are read from the newest down", async () => {
  const assign = vi.spyOn(location, "assign").mockImplementation(() => {});
  page(FEED);
  vi.stubGlobal("fetch", vi.fn(async () => new Response('<article id="c-22">22</article><live-news data-since="neuf" data-more></live-news>')));
  frame({ topic: "a:1", version: 52, author: 8 });
  pill().click();
  await passes();
  expect(assign).toHaveBeenCalled();
  expect(document.getElementById("c-22")).toBeNull();
});

test("asked for, the news come on top, each once, and the focus goes to the first", async () => {
  page(FEED);
  vi.stubGlobal("fetch", vi.fn(async () => new Response(
    '<article id="c-22">22</article><article id="c-20">20</article><live-news data-since="neuf" data-version="22"></live-news>')));
  frame({ topic: "a:1", version: 22, author: 8 });
  pill().click();
  await passes();
  expect(vi.mocked(fetch).mock.calls[0]![0]).toBe("/fil/nouveautes/?since=vieux");
  expect([...document.querySelectorAll("article")].map((card) => card.id)).toEqual(["c-22", "c-20"]);
  expect(document.activeElement!.id).toBe("c-22");
  const news = document.querySelector<HTMLElement>("live-news")!;
  expect([news.dataset.since, news.dataset.version, pill().hidden]).toEqual(["neuf", "22", true]);
});

test("when they cannot be had the pill stays", async () => {
  page(FEED);
  vi.stubGlobal("fetch", vi.fn(async () => Promise.reject(new TypeError("network"))));
  frame({ topic: "a:1", version: 22, author: 8 });
  pill().click();
  await passes();
  expect(pill().hidden).toBe(false);
  expect(document.getElementById("told")!.textContent).toContain("lost");
});

test("an empty wall is asked for as a whole", () => {
  const reload = vi.spyOn(location, "reload").mockImplementation(() => {});
  page(FEED.replace('data-since="vieux" data-version="20"', 'data-since=""'));
  frame({ topic: "a:1", version: 22, author: 8 });
  pill().click();
  expect(reload).toHaveBeenCalled();
});

test("a page that asks shows the pill only for what concerns it", async () => {
  vi.useFakeTimers();
  page('<live-news data-asks data-topics="u:3" data-since="5" data-version="5" data-url="/sujets/buse/nouveautes/" hidden></live-news><div class="cards"><article id="c-20">20</article></div>');
  const answers = ['<live-news data-since="6" data-version="6"></live-news>', '<article id="c-22">22</article><live-news data-since="9"></live-news>'];
  vi.stubGlobal("fetch", vi.fn(async () => new Response(answers[Math.min(vi.mocked(fetch).mock.calls.length, 2) - 1])));
  const shown = () => document.querySelector<HTMLElement>("live-news")!;

  frame({ topic: "u:3", version: 6, author: 7 });
  await vi.advanceTimersByTimeAsync(1000);
  expect([shown().hidden, shown().dataset.version]).toEqual([true, "6"]);

  frame({ topic: "u:3", version: 8, author: 7 });
  frame({ topic: "u:3", version: 9, author: 7 });
  await vi.advanceTimersByTimeAsync(1000);
  vi.useRealTimers();
  expect(vi.mocked(fetch).mock.calls.map(([url]) => url)).toEqual(Array(2).fill("/sujets/buse/nouveautes/?since=5"));
  expect(pill().textContent).toMatch(/^news_one 1/);

  pill().click();
  await passes();
  expect([...document.querySelectorAll("article")].map((card) => card.id)).toEqual(["c-22", "c-20"]);
  expect([shown().dataset.since, shown().dataset.version]).toEqual(["9", "9"]);
});
