/** Narrows the table inside it down to the rows that fit its form. Without JavaScript the whole table stays. */
class ErrorFilter extends HTMLElement {
  connectedCallback(): void {
    const form = this.querySelector("form");
    const output = this.querySelector("output");
    if (!form || !output) return;
    const rows = [...this.querySelectorAll<HTMLTableRowElement>("tbody tr")];
    const update = (): void => {
      const chosen = new FormData(form);
      const text = String(chosen.get("text")).trim().toLowerCase();
      const category = String(chosen.get("category"));
      const operation = String(chosen.get("operation"));
      for (const row of rows) {
        const { category: own, operations = "" } = row.dataset;
        const fits =
          (category === "" || own === category) &&
          (operation === "" || operations.split(" ").includes(operation)) &&
          (row.textContent ?? "").toLowerCase().includes(text);
        row.hidden = !fits;
      }
      const shown = rows.filter((row) => !row.hidden).length;
      output.value = (this.dataset["shown"] ?? "").replace("{shown}", `${shown}`).replace("{all}", `${rows.length}`);
    };
    form.hidden = false;
    form.addEventListener("input", update);
    form.addEventListener("submit", (event) => event.preventDefault());
    update();
  }
}

customElements.define("error-filter", ErrorFilter);
