import { beforeAll, beforeEach, expect, test } from "vitest";

import { middle, mostZoom, moved, start, zoomed } from "./photo-crop";
import { key, page } from "./testing";

beforeAll(start);

test("without a word the frame is where the server would cut: a little above the middle", () => {
  expect(middle(600, 400)).toEqual({ x: 100, y: 0, side: 400 });
  expect(middle(400, 600)).toEqual({ x: 0, y: 80, side: 400 });
});

test("the frame never leaves the picture, however far one drags or zooms", () => {
  for (let turn = 0; turn < 2000; turn++) {
    const [width, height] = [1 + Math.floor(Math.random() * 4000), 1 + Math.floor(Math.random() * 4000)];
    let cut = middle(width, height);
    for (let act = 0; act < 5; act++) {
      cut = zoomed(cut, Math.random() * 12, width, height);
      cut = moved(cut, Math.random() * 8 - 4, Math.random() * 8 - 4, width, height);
      expect(cut.x >= 0 && cut.y >= 0 && cut.side >= 1).toBe(true);
      expect(cut.x + cut.side <= width && cut.y + cut.side <= height).toBe(true);
      expect([cut.x, cut.y, cut.side].every(Number.isInteger)).toBe(true);
    }
  }
});

test("zooming keeps what is in the middle in the middle, and stops before a face is a blur", () => {
  expect(zoomed({ x: 0, y: 0, side: 800 }, 2, 800, 800)).toEqual({ x: 200, y: 200, side: 400 });
  expect(mostZoom(800, 400)).toBeCloseTo(400 / 96);
  expect(mostZoom(10_000, 8000)).toBe(8);
  expect(mostZoom(40, 60)).toBe(1);
});

let field: HTMLInputElement;
const sent = () => ["x", "y", "side"].map((name) => document.querySelector<HTMLInputElement>(`[name="${name}"]`)?.value);
const at = (x: number, y: number, pointerId = 1) => ({ clientX: x, clientY: y, pointerId, bubbles: true });

function choose(width: number, height: number): HTMLImageElement {
  const picture = document.querySelector("img")!;
  Object.defineProperty(picture, "naturalWidth", { value: width, configurable: true });
  Object.defineProperty(picture, "naturalHeight", { value: height, configurable: true });
  Object.defineProperty(field, "files", { value: [new File(["x"], "moi.jpg")], configurable: true });
  field.dispatchEvent(new Event("change"));
  picture.dispatchEvent(new Event("load"));
  return picture;
}

beforeEach(() => {
  Object.assign(URL, { createObjectURL: () => "blob:moi", revokeObjectURL: () => undefined });
  page('<photo-crop data-zoom="Taille" data-frame="Cadrage" data-unseen="Non" data-moved="Bougé"><input type="file"></photo-crop>');
  field = document.querySelector<HTMLInputElement>('input[type="file"]')!;
});

test("nothing is framed until a photo is chosen", () => {
  expect(document.querySelector<HTMLElement>(".crop")!.hidden).toBe(true);
  expect(sent()).toEqual([undefined, undefined, undefined]);
});

test("a photo that is chosen shows, and its frame goes with the form", () => {
  const picture = choose(600, 400);
  expect(document.querySelector<HTMLElement>(".crop")!.hidden).toBe(false);
  expect(sent()).toEqual(["100", "0", "400"]);
  expect([picture.style.width, picture.style.left]).toEqual(["150%", "-25%"]);
});

test("arrows move it, the slider and + make it larger", () => {
  choose(600, 400);
  const frame = document.querySelector<HTMLElement>(".crop-frame")!;
  expect(key(frame, "ArrowRight").defaultPrevented).toBe(true);
  expect(sent()).toEqual(["120", "0", "400"]);
  key(frame, "ArrowLeft", { shiftKey: true });
  expect(sent()).toEqual(["20", "0", "400"]);
  expect(key(frame, "Tab").defaultPrevented).toBe(false);
  const slider = document.querySelector<HTMLInputElement>('[type="range"]')!;
  slider.value = "2";
  slider.dispatchEvent(new Event("input"));
  expect(sent()).toEqual(["120", "100", "200"]);
  key(frame, "+");
  expect(Number(sent()[2])).toBeLessThan(200);
  expect(document.querySelector("[aria-live]")!.textContent).toBe("Bougé");
});

test("a finger drags it, two fingers pinch it", () => {
  choose(600, 400);
  const frame = document.querySelector<HTMLElement>(".crop-frame")!;
  Object.defineProperty(frame, "clientWidth", { value: 200 });
  const point = (type: string, x: number, y: number, id?: number) => frame.dispatchEvent(new PointerEvent(type, at(x, y, id)));
  point("pointerdown", 100, 100);
  point("pointermove", 80, 100);
  expect(sent()).toEqual(["140", "0", "400"]);
  point("pointerdown", 80, 140, 2);
  point("pointermove", 80, 180, 2);
  expect(sent()[2]).toBe("200");
  point("pointerup", 80, 180, 2);
  point("pointerup", 80, 100);
  point("pointermove", 0, 0);
  expect(sent()[2]).toBe("200");
});

test("a picture that this browser cannot show is cut to its middle by the server, and that is said", () => {
  const picture = choose(600, 400);
  picture.dispatchEvent(new Event("error"));
  expect(sent()).toEqual([undefined, undefined, undefined]);
  expect(document.querySelector("[aria-live]")!.textContent).toBe("Non");
});
