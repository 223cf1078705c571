/** Narrows the list inside it down to the items that fit its form, and keeps the form's values in the query of the address. Without JavaScript the whole list stays. */
class ErrorFilter extends HTMLElement {
  connectedCallback(): void {
    const form = this.querySelector("form")!;
    const output = this.querySelector("output")!;
    const none = this.querySelector<HTMLElement>(".error-none")!;
    const items = [...this.querySelectorAll<HTMLElement>("li[data-category]")];
    const fields = [...form.querySelectorAll<HTMLInputElement | HTMLSelectElement>("[name]")];

    const show = (): void => {
      const {
        text = "",
        category = "",
        operation = "",
      } = Object.fromEntries(fields.map(({ name, value }) => [name, value]));
      const wanted = text.trim().toLowerCase();
      for (const item of items) {
        const { category: own, operations = "" } = item.dataset;
        const fits =
          (category === "" || own === category) &&
          (operation === "" || operations.split(" ").includes(operation)) &&
          (item.textContent ?? "").toLowerCase().includes(wanted);
        item.hidden = !fits;
      }
      const shown = items.filter((item) => !item.hidden).length;
      none.hidden = shown > 0;
      output.value = (this.dataset["shown"] ?? "").replace("{shown}", `${shown}`).replace("{all}", `${items.length}`);
    };
    const read = (): void => {
      const query = new URLSearchParams(location.search);
      // A value that a list does not have selects nothing, which would fit nothing.
      for (const field of fields) {
        field.value = query.get(field.name) ?? "";
        if (field instanceof HTMLSelectElement && field.selectedIndex < 0) field.value = "";
      }
      show();
    };
    const changed = (): void => {
      const url = new URL(location.href);
      for (const { name, value } of fields)
        if (value === "") url.searchParams.delete(name);
        else url.searchParams.set(name, value);
      history.replaceState(history.state, "", url);
      show();
    };
    form.addEventListener("input", changed);
    form.addEventListener("submit", (event) => event.preventDefault());
    none.querySelector("button")!.addEventListener("click", () => {
      for (const field of fields) field.value = "";
      changed();
      fields[0]!.focus();
    });
    addEventListener("popstate", read);
    read();
  }
}

customElements.define("error-filter", ErrorFilter);
