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
    if (!button.matches("#dir input[name=vue]")) return;
    localStorage.setItem(KEY, button.value);
    choose(button.form!, button.value);
    // The people are there already: only their look changes.
    event.stopPropagation();
  }, true);
  const form = document.querySelector("#dir");
  if (!form || new URLSearchParams(location.search).has("vue")) return;
  choose(form, localStorage.getItem(KEY) ?? "");
}
