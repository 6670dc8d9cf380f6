/** The directory as cards or as lines: what one chose on this device is kept, and nobody else is told. */
const KEY = "parvis-directory";

function choose(form: Element, view: string): void {
  form.querySelector(".dir-people")?.classList.toggle("as-list", view === "liste");
  const button = form.querySelector<HTMLInputElement>(`input[name=vue][value="${view}"]`);
  if (button) button.checked = true;
}

export function start(): void {
  document.addEventListener("change", (event) => {
    const button = event.target as HTMLInputElement;
    // Letters were asked for as they came; leaving the field asks nothing more.
    if (button.matches("#dir input[type=search]")) event.stopPropagation();
    if (!button.matches("#dir input[name=vue]")) return;
    localStorage.setItem(KEY, button.value);
    choose(button.form!, button.value);
    // The people are there already: only their look changes.
    event.stopPropagation();
  }, true);
  // What was asked for before the choice comes back in the look of before.
  document.addEventListener("htmx:afterSwap", () => {
    const form = document.querySelector("#dir");
    const kept = localStorage.getItem(KEY);
    if (form && kept !== null) choose(form, kept);
  });
  const form = document.querySelector("#dir");
  if (!form || new URLSearchParams(location.search).has("vue")) return;
  choose(form, localStorage.getItem(KEY) ?? "");
}
