import { expect, test } from "vitest";

import { carry, leaveWordsOf, start } from "./given-back";
import { page } from "./testing";

const CARD = '<article data-live="c:1"><form method="post"><textarea name="text"></textarea></form></article>';
const given = () => [...document.querySelectorAll<HTMLTextAreaElement>(".given-back textarea")].map((field) => field.value);

test("the words of a page that closes are on the one that follows, once", () => {
  page(CARD);
  document.querySelector("textarea")!.value = "Deux\nlignes";
  carry();

  page('<main><section class="mishap"><p class="acts-row"></p></section></main>');
  start();
  expect(given()).toEqual(["Deux\nlignes"]);
  expect(document.querySelector(".mishap")!.lastElementChild!.className).toBe("acts-row");

  page("<main></main>");
  start();
  expect(given()).toEqual([]);
});

test("what the server had written in a field is nobody's typing", () => {
  page('<main></main><form method="post"><textarea name="text">Déjà là</textarea></form>');
  carry();
  start();
  expect(given()).toEqual([]);
});

test("a card that leaves the page leaves the words, and why", () => {
  page(CARD + CARD);
  const [first, second] = document.querySelectorAll("article");
  first!.querySelector("textarea")!.value = "À moi";
  leaveWordsOf(first!);
  leaveWordsOf(second!);
  expect(given()).toEqual(["À moi"]);
  expect(document.querySelector(".given-back p")!.textContent).toContain("gone");
  expect(document.querySelector("article")).toBeNull();
});
