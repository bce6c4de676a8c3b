// Switches between light and dark without leaving the page; the cookie is the same that the form keeps.
export class ThemeSwitch extends HTMLElement {
  connectedCallback(): void {
    this.querySelector("form")?.addEventListener("submit", (event) => {
      event.preventDefault();
      const next = this.isDark() ? "light" : "dark";
      document.documentElement.dataset["theme"] = next;
      document.cookie = `theme=${next}; path=/; max-age=31536000; samesite=lax`;
    });
  }

  private isDark(): boolean {
    const chosen = document.documentElement.dataset["theme"];
    return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  }
}
