/** The menus of pages in the head: one is open at a time, and none stays open when one turns to something else. */

/** Close what is open when somebody clicks elsewhere or presses Escape, and give the focus back where it came from. */
export function furnishMenus(): void {
  document.addEventListener("click", (event) => close((menu) => !menu.contains(event.target as Node)));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    close((menu) => {
      if (menu.contains(document.activeElement)) menu.querySelector("summary")?.focus();
      return true;
    });
  });
}

function close(wanted: (menu: HTMLDetailsElement) => boolean): void {
  for (const menu of document.querySelectorAll<HTMLDetailsElement>("details.menu[open]")) {
    if (wanted(menu)) menu.open = false;
  }
}
