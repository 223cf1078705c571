import { render } from "preact";
import { createApi } from "./api.ts";
import { App } from "./app.tsx";

const page = document.getElementById("page")!;
page.textContent = "";
render(<App api={createApi(window)} />, page);
