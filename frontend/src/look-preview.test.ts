import { beforeAll, expect, test } from "vitest";

import { contrast, readColour, start } from "./look-preview";
import { page } from "./testing";

beforeAll(start);

const FORM = `<form><input type="radio" name="hue" value="60"><look-preview data-read="se lit" data-day="le jour" data-night="la nuit">
<label for="id_colour">Couleur</label><input id="id_colour" name="colour" value=""><p data-says></p></look-preview></form>`;

test("contrast is what WCAG says, as on the server", () => {
  expect(contrast("#000000", "#ffffff")).toBeCloseTo(21);
  expect(contrast("#777777", "#ffffff")).toBeCloseTo(4.48, 2);
});

test.each([["#23407A", "#23407a"], ["abc", "#aabbcc"], ["#12", null], ["rouge", null]])("« %s » is read as %s", (typed, read) => {
  expect(readColour(typed)).toBe(read);
});

test("while one types, it is shown and said whether it can be read", () => {
  page(FORM);
  const [look, field] = [document.querySelector<HTMLElement>("look-preview")!, document.querySelector<HTMLInputElement>("#id_colour")!];
  const type = (value: string) => {
    field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    return [look.style.getPropertyValue("--own"), look.querySelector("[data-says]")!.textContent];
  };
  expect(type("#777777")).toEqual(["#777777", "se lit"]);
  expect(type("#ffff00")).toEqual(["#ffff00", "le jour"]);
  expect(type("#23407a")).toEqual(["#23407a", "la nuit"]);
  expect(type("#12")).toEqual(["", ""]);
});

test("one of the eight takes its place, and the device's chooser fills it", () => {
  page(FORM);
  const field = document.querySelector<HTMLInputElement>("#id_colour")!;
  const chooser = document.querySelector<HTMLInputElement>('input[type="color"]')!;
  chooser.value = "#777777";
  chooser.dispatchEvent(new Event("input", { bubbles: true }));
  expect(field.value).toBe("#777777");
  document.querySelector('[name="hue"]')!.dispatchEvent(new Event("change", { bubbles: true }));
  expect(field.value).toBe("");
});
