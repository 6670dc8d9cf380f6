import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { say } from "./offline";
import { page, passes } from "./testing";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("the loss stays said until the return, which is said for a moment", async () => {
  const bar = page('<p class="netbar offline" role="status" hidden><svg></svg><span></span></p>');
  say(true);
  await passes(60_000);
  expect([bar.hidden, bar.textContent!.split(" ")[0]]).toEqual([false, "offline"]);
  expect(bar.querySelector("svg")).not.toBeNull();
  say(false);
  expect([bar.hidden, bar.textContent!.split(" ")[0]]).toEqual([false, "online"]);
  await passes(4_100);
  expect(bar.hidden).toBe(true);
});

test("what is already so is not said again", () => {
  const bar = page('<p class="offline" hidden></p>');
  say(false);
  expect(bar.hidden).toBe(true);
});
