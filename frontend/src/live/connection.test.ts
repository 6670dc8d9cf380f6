import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { FakeSocket } from "../testing";
import { Connection, delay } from "./connection";

const hears = { opened: vi.fn(), heard: vi.fn(), closed: vi.fn() };

beforeEach(() => {
  vi.useFakeTimers();
  vi.clearAllMocks();
  FakeSocket.install();
});
afterEach(() => void vi.useRealTimers());

test("the wait doubles up to a minute and is never the same for all", () => {
  expect([1, 2, 3, 20].map((n) => delay(n, () => 1))).toEqual([1000, 2000, 4000, 60_000]);
  expect(delay(3, () => 0)).toBe(2000);
});

test("it comes back after a loss, and counts anew once it was open", () => {
  const connection = new Connection("/live/", hears);
  connection.open();
  FakeSocket.last.accepts();
  expect(hears.opened).toHaveBeenCalledOnce();
  FakeSocket.last.drops(1006);
  expect(hears.closed).toHaveBeenLastCalledWith(1006, 1);
  vi.advanceTimersByTime(1_000);
  expect(FakeSocket.made).toBe(2);
  FakeSocket.last.drops(1006);
  expect(hears.closed).toHaveBeenLastCalledWith(1006, 2);
  vi.advanceTimersByTime(2_000);
  FakeSocket.last.accepts();
  FakeSocket.last.drops(1012);
  expect(hears.closed).toHaveBeenLastCalledWith(1012, 1);
});

test("it says nothing while it is closed, and stays closed once stopped", () => {
  const connection = new Connection("/live/", hears);
  connection.open();
  connection.say({ subscribe: {} });
  expect(FakeSocket.last.sent).toEqual([]);
  connection.stop();
  vi.advanceTimersByTime(100_000);
  expect(FakeSocket.made).toBe(1);
});

test("what arrives is read, and a hint that the network is back is not waited for", () => {
  const connection = new Connection("/live/", hears);
  connection.open();
  FakeSocket.last.accepts();
  FakeSocket.last.says({ topic: "c:1", version: 2 });
  expect(hears.heard).toHaveBeenCalledWith({ topic: "c:1", version: 2 });
  FakeSocket.last.drops(1006);
  connection.hurry();
  expect(FakeSocket.made).toBe(2);
});
