import htmx from "htmx.org";
import { expect, test } from "vitest";

import { elsewhere, enter, release, start, stay, wordOf } from "./fragments";
import { morph } from "./morph";
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

const CARD = '<article id="c-1"><p>0</p><form id="f" data-keep><input type="hidden" name="key" value="k1"><textarea name="text"></textarea></form></article>';

test.each([
  [200, "", "k2"],
  [422, "ma réponse", "k2"],
])("after %i the comment form holds « %s »", (status, text, idempotency) => {
  const card = page(CARD);
  card.querySelector("textarea")!.value = "ma réponse";
  const detail = { target: card, xhr: { status }, requestConfig: { elt: card.querySelector("textarea"), verb: "post" } };
  release(new CustomEvent("htmx:beforeSwap", { detail }));
  morph(card, CARD.replace("k1", "k2"));
  expect(card.querySelector("textarea")!.value).toBe(text);
  expect(card.querySelector("input")!.value).toBe(idempotency);
});

test("a form that was sent leaves with its answer, even with the caret in it, and the focus stays on the card", () => {
  const card = page(CARD.replace('<form id="f"', '<form').replace('id="c-1"', 'id="c-1" class="card"'));
  const elt = card.querySelector("textarea")!;
  elt.value = "envoyé";
  elt.focus();
  const event = new CustomEvent("htmx:beforeSwap", { detail: { target: card, xhr: { status: 200 }, requestConfig: { elt, verb: "post" } } });
  release(event);
  morph(card, '<article id="c-1"><p>envoyé</p></article>');
  expect(card.querySelector("form")).toBeNull();
  (document.activeElement as HTMLElement | null)?.blur?.();
  stay(new CustomEvent("htmx:afterSettle", { detail: { target: card, requestConfig: { elt: Object.assign(document.createElement("button"), { closest: () => card }), verb: "post" } } }));
  expect(document.activeElement).toBe(card);
});

test("while somebody else's change comes in, the form stays as it is", () => {
  const card = page(CARD);
  card.querySelector("textarea")!.value = "ma réponse";
  morph(card, CARD.replace("k1", "k2").replace("<p>0</p>", "<p>1</p>"));
  expect([card.querySelector("p")!.textContent, card.querySelector("input")!.value]).toEqual(["1", "k1"]);
});

test("« Commenter » puts the caret into the field it brought, unless the focus has moved on", () => {
  page('<a href="/c/1/#commenter">Commenter</a><button>Ailleurs</button><div class="write-place"><textarea></textarea></div>');
  const [link, other, place] = ["a", "button", ".write-place"].map((one) => document.querySelector<HTMLElement>(one)!);
  const arrives = () => enter(new CustomEvent("htmx:afterSwap", { detail: { target: place, requestConfig: { elt: link, verb: "get" } } }));
  other!.focus();
  arrives();
  expect(document.activeElement).toBe(other);
  link!.focus();
  arrives();
  expect(document.activeElement!.tagName).toBe("TEXTAREA");
});
