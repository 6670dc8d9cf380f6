import { beforeEach, expect, test } from "vitest";

import { start } from "./people-view";

const PAGE = `<form id="dir"><input type="radio" name="vue" value="" checked><input type="radio" name="vue" value="liste"><ul class="dir-people"></ul></form>`;
const list = () => document.querySelector(".dir-people")!;
const button = (view: string) => document.querySelector<HTMLInputElement>(`input[value="${view}"]`)!;

start();

beforeEach(() => {
  localStorage.clear();
  document.body.innerHTML = PAGE;
});

test("the look changes at once and is kept", () => {
  button("liste").checked = true;
  button("liste").dispatchEvent(new Event("change", { bubbles: true }));
  expect(list().classList.contains("as-list")).toBe(true);

  document.body.innerHTML = PAGE;
  start();
  expect(list().classList.contains("as-list")).toBe(true);
  expect(button("liste").checked).toBe(true);
});

test("an address that says the look is obeyed", () => {
  localStorage.setItem("parvis-directory", "liste");
  history.replaceState(null, "", "/annuaire/?vue=");
  start();
  expect(list().classList.contains("as-list")).toBe(false);
  history.replaceState(null, "", "/annuaire/");
});

test("a tick elsewhere is none of its business", () => {
  let heard = 0;
  document.body.addEventListener("change", () => (heard += 1));
  document.querySelector("#dir")!.insertAdjacentHTML("beforeend", `<input type="checkbox" name="site">`);
  document.querySelector("[name=site]")!.dispatchEvent(new Event("change", { bubbles: true }));
  expect(heard).toBe(1);
});
