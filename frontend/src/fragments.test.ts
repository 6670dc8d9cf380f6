import htmx from "htmx.org";
import { expect, test } from "vitest";

import { elsewhere, start, wordOf } from "./fragments";
import { page } from "./testing";

const DOCUMENT = "<!doctype html><html></html>";

test("htmx runs no code and talks to nobody else", () => {
  expect(htmx.config.allowEval).toBe(false);
  expect(htmx.config.selfRequestsOnly).toBe(true);
  expect(htmx.config.includeIndicatorStyles).toBe(false);
});

test("a fragment request that ends on the sign-in page leads there, and back to the page", () => {
  history.replaceState(null, "", "/communautes/lyon/?page=2");
  expect(elsewhere("/c/1/carte/", "/connexion/?next=/c/1/carte/", DOCUMENT))
    .toBe("/connexion/?next=%2Fcommunautes%2Flyon%2F%3Fpage%3D2");
});

test("a fragment, or the page that was asked, is shown in place", () => {
  expect(elsewhere("/c/1/carte/", "/connexion/", "<p>fragment</p>")).toBeNull();
  expect(elsewhere("/c/1/carte/", "/c/1/carte/", DOCUMENT)).toBeNull();
});

test("each refusal has its sentence", () => {
  expect([403, 404, 413, 429, 500, 502].map(wordOf))
    .toEqual(["forbidden", "gone", "too_big", "too_many", "failed", "failed"]);
});

test("what htmx sends carries the token, what it refuses is said", () => {
  page('<div id="told"></div>');
  start();
  const headers: Record<string, string> = {};
  document.body.dispatchEvent(new CustomEvent("htmx:configRequest", { bubbles: true, detail: { headers } }));
  expect(headers["X-CSRFToken"]).toBe("secret-token");
  const xhr = { status: 403, getResponseHeader: () => null };
  document.body.dispatchEvent(new CustomEvent("htmx:responseError", { bubbles: true, detail: { xhr } }));
  expect(document.getElementById("told")!.textContent).toContain("forbidden");
});
