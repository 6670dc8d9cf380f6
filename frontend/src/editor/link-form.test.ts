import { expect, test } from "vitest";

import { addressed } from "./link-form";

test.each([
  ["exemple.fr/guide", "https://exemple.fr/guide"],
  [" https://exemple.fr ", "https://exemple.fr"],
  ["amina@vauban.example", "mailto:amina@vauban.example"],
  ["tel:+33123456789", "tel:+33123456789"],
  ["/c/12/", "/c/12/"],
  ["javascript:alert(1)", "https://javascript:alert(1)"],
  ["", ""],
])("« %s » is meant as « %s »", (typed, address) => {
  expect(addressed(typed)).toBe(address);
});
