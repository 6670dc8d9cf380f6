/** Light, dark, or as the device says: the choice of any `name="theme"` field is seen at once, and its form keeps it. */
import { ask } from "./csrf";

/** The names of the style sheet. */
const NAMES: Record<string, string> = { light: "parvis", dark: "parvis-nuit" };

export function wear(choice: string): void {
  const name = NAMES[choice];
  if (name) document.documentElement.dataset.theme = name;
  else delete document.documentElement.dataset.theme;
}

export function start(): void {
  document.addEventListener("change", (event) => {
    const field = event.target as HTMLInputElement | HTMLSelectElement;
    if (field.name !== "theme") return;
    wear(field.value);
    // A form with other things in it waits for its button; one made for the theme alone is sent now.
    const form = field.closest<HTMLFormElement>("form[data-theme-only]");
    if (form) void ask(form.action, { method: "POST", body: new FormData(form) }).catch(() => undefined);
  });
}
