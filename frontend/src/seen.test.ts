import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { start } from "./seen";
import { page, passes } from "./testing";

type Look = (entries: Partial<IntersectionObserverEntry>[]) => void;
let look: Look;
let observed: Element[];
let asked: { url: string; ids: string | null; token: string | null }[];
let answers: (() => Response | Promise<Response>)[];
let beacons: { url: string; body: URLSearchParams }[];
let visibility = "visible";

class FakeObserver {
  constructor(given: Look) {
    look = given;
  }
  observe(card: Element): void {
    observed.push(card);
  }
  unobserve(): void {}
}

const card = (id: number) => `<article class="card c" id="c-${id}" data-live="c:${id}"></article>`;

function shows(id: number, share = 1, height = 200): void {
  const target = document.getElementById(`c-${id}`)!;
  const rect = { height } as DOMRectReadOnly;
  look([{ target, isIntersecting: share > 0, boundingClientRect: rect, intersectionRect: { height: height * share } as DOMRectReadOnly }]);
}

function opens(...ids: number[]): void {
  page(`<main>${ids.map(card).join("")}</main>`);
  document.body.dataset.reader = "7";
  start();
}

function leaves(): void {
  visibility = "hidden";
  document.dispatchEvent(new Event("visibilitychange"));
  visibility = "visible";
}

beforeEach(() => {
  vi.useFakeTimers();
  observed = [];
  asked = [];
  beacons = [];
  answers = [];
  visibility = "visible";
  vi.stubGlobal("IntersectionObserver", FakeObserver);
  Object.defineProperty(document, "visibilityState", { configurable: true, get: () => visibility });
  vi.stubGlobal("fetch", async (url: string, options: RequestInit) => {
    asked.push({ url, ids: (options.body as URLSearchParams).get("ids"), token: new Headers(options.headers).get("X-CSRFToken") });
    const answer = answers.shift();
    return answer ? answer() : new Response(null, { status: 204 });
  });
  navigator.sendBeacon = (url, body) => {
    beacons.push({ url: String(url), body: body as URLSearchParams });
    return true;
  };
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it("tells together what stood there for a second", async () => {
  opens(1, 2, 3);
  shows(1);
  shows(2);
  await passes(1_000);
  shows(3);
  await passes(500);
  shows(3, 0);
  expect(asked).toEqual([]);
  await passes(10_000);
  expect(asked).toEqual([{ url: "/vu/", ids: "1,2", token: "secret-token" }]);
});

it("takes half of a card, or half a screen of a long one, and no less", async () => {
  opens(1, 2, 3);
  shows(1, 0.4);
  shows(2, 0.6);
  shows(3, 0.2, window.innerHeight * 4);
  await passes(20_000);
  expect(asked.map((said) => said.ids)).toEqual(["2,3"]);
});

it("says each once, also after the page is loaded again", async () => {
  opens(1);
  shows(1);
  await passes(20_000);
  opens(1);
  shows(1);
  await passes(20_000);
  expect(asked).toHaveLength(1);
});

it("watches what comes into the page later", async () => {
  opens(1);
  document.querySelector("main")!.insertAdjacentHTML("afterbegin", card(9));
  await passes(1);
  expect(observed.map((each) => each.id)).toContain("c-9");
});

it("tells what is left when the page is left, with its token", async () => {
  opens(1);
  shows(1);
  await passes(1_500);
  leaves();
  expect(beacons.map(({ url, body }) => [url, body.get("ids"), body.get("csrfmiddlewaretoken")])).toEqual([["/vu/", "1", "secret-token"]]);
  await passes(20_000);
  expect(asked).toEqual([]);
});

it("keeps what could not be told until the connection is back", async () => {
  answers = [() => Promise.reject(new TypeError("offline"))];
  opens(1);
  shows(1);
  await passes(10_000);
  expect(asked).toHaveLength(1);
  window.dispatchEvent(new Event("online"));
  await passes(0);
  expect(asked.map((said) => said.ids)).toEqual(["1", "1"]);
  await passes(200_000);
  expect(asked).toHaveLength(2);
});

it("waits a minute when it is told that this is too often", async () => {
  answers = [() => new Response(null, { status: 429 })];
  opens(1);
  shows(1);
  await passes(10_000);
  expect(asked).toHaveLength(1);
  await passes(60_000);
  expect(asked).toHaveLength(2);
});

it("counts nothing in a tab that is not looked at, and nothing for nobody", async () => {
  opens(1);
  visibility = "hidden";
  shows(1);
  await passes(20_000);
  expect(asked).toEqual([]);

  visibility = "visible";
  observed = [];
  page(card(2));
  delete document.body.dataset.reader;
  start();
  expect(observed).toEqual([]);
});

it("does not tell in one person’s name what another read in this tab", async () => {
  sessionStorage.setItem("seen", JSON.stringify({ reader: "8", waiting: ["4"], told: [] }));
  opens(1);
  await passes(20_000);
  expect(asked).toEqual([]);
});
