import { beforeAll, expect, test } from "vitest";

import { entropy, start } from "./password-meter";
import { page } from "./testing";

beforeAll(start);

test.each([
  ["", 0],
  ["azerty", 28.2026],
  ["Azerty123!", 66.2936],
  ["une place devant la maison commune", 74.0249],
  ["cheval-agrafe-pile-correct", 51.6993],
  ["ééé", 15.6284],
  ["un deux 3", 55.7084],
  ["Œuvre d’art 2026", 43.8378],
])("« %s » has the bits that the server counts", (password, bits) => {
  expect(entropy(password)).toBeCloseTo(bits, 3);
});

test("while one types it says a word and the bits", () => {
  page('<password-meter data-min-bits="50"><input type="password"><meter min="0" max="100" value="0"></meter><p aria-live="polite"></p></password-meter>');
  const [field, meter] = [document.querySelector("input")!, document.querySelector<HTMLElement>("password-meter")!];
  const say = (password: string) => {
    field.value = password;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    return [meter.dataset.state, meter.querySelector("p")!.textContent!.split(" ")[0]];
  };
  expect(say("azerty")).toEqual(["weak", "password_weak"]);
  expect(say("azerty12")).toEqual(["nearly", "password_nearly"]);
  expect(say("Azerty123!")).toEqual(["enough", "password_enough"]);
  expect(meter.querySelector("meter")!.getAttribute("value")).toBe("66");
});

test("one may look at what one typed", () => {
  page('<form><password-meter><input type="password"><button type="button" aria-pressed="false" hidden></button></password-meter></form>');
  const [field, eye] = [document.querySelector("input")!, document.querySelector("button")!];
  expect(eye.hidden).toBe(false);
  eye.click();
  expect([field.type, eye.getAttribute("aria-pressed")]).toEqual(["text", "true"]);
  field.form!.dispatchEvent(new Event("submit"));
  expect(field.type).toBe("password");
});
