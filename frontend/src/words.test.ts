import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

import { page } from "./testing";
import { counted, forgetWords, word, WORDS } from "./words";

function words(said: Record<string, string>): void {
  page("<p></p>");
  document.getElementById("words")!.textContent = JSON.stringify(said);
  forgetWords();
}

test("a sentence takes its values", () => {
  words({ draft_kept: "Brouillon gardé à %(time)s" });
  expect(word("draft_kept", { time: "10 h 42" })).toBe("Brouillon gardé à 10 h 42");
});

test("French says one for zero and English does not", () => {
  words({ news_one: "%(count)s nouveauté", news_other: "%(count)s nouveautés" });
  expect([counted("news", 0), counted("news", 1), counted("news", 3)]).toEqual([
    "0 nouveauté", "1 nouveauté", "3 nouveautés",
  ]);
  document.documentElement.lang = "en";
  expect(counted("news", 0)).toBe("0 nouveautés");
});

test("a page without words shows nothing rather than a key", () => {
  document.body.innerHTML = "";
  forgetWords();
  expect(word("offline")).toBe("");
});

test("the server says exactly the words that the scripts ask for", () => {
  const source = readFileSync("../parvis/shell/words.py", "utf8");
  const keys = [...source.matchAll(/^ {8}"(\w+)":/gm)].map((match) => match[1]);
  expect(keys.sort()).toEqual([...WORDS].sort());
});
