import { beforeEach, expect, test } from "vitest";

import { drop, keep, restore } from "./draft";
import { page } from "./testing";

const FORM = '<form data-draft="publier"><input name="title" type="text"><textarea name="text"></textarea><p class="form-foot"></p></form>';

beforeEach(() => void (document.body.dataset.reader = "7"));

test("a form without a place for it says at its foot that the draft is kept", () => {
  const form = page<HTMLFormElement>(FORM);
  form.querySelector("textarea")!.value = "texte";
  keep(form);
  expect(form.querySelector(".form-foot .saved")!.textContent).toMatch(/^draft_kept/);
  drop(form);
  expect(form.querySelector<HTMLElement>(".saved")!.hidden).toBe(true);
});

test("a draft that cannot be read is no draft", () => {
  localStorage.setItem("draft:7:publier", "{not json");
  const form = page<HTMLFormElement>(FORM);
  restore(form);
  expect(form.querySelector("textarea")!.value).toBe("");
});
