// The load test, which only a real server can run.

import { beginning } from "../../words.mjs";
import { button } from "./steps.mjs";

/** Fills in the form and starts the run. */
async function startRun(page, text, { clients, length, update, spawn }) {
  const { loadtest } = text;
  const fields = [[loadtest.clients, clients], [loadtest.duration, length], [loadtest.update, update], [loadtest.spawn, spawn]];
  for (const [label, value] of fields) await page.getByLabel(label, { exact: true }).fill(value);
  await page.getByText(loadtest.modes.batch, { exact: true }).click();
  await button(page, loadtest.start).click();
}

const completed = (page, text) => page.getByText(text.loadtest.state.completed, { exact: true }).first().waitFor();

export const engineScreens = [
  { name: "loadtest-empty", view: "loadtest" },
  {
    name: "loadtest-running",
    view: "loadtest",
    real: true,
    async show(page, { text }) {
      await startRun(page, text, { clients: "40", length: "9", update: "150", spawn: "60" });
      await page.getByText(/^[6-8]\ss (of|de) 9\ss/).waitFor();
    },
    after: (page, { text }) => completed(page, text),
  },
  {
    name: "loadtest-compared",
    view: "loadtest",
    real: true,
    async show(page, { text }) {
      await page.getByRole("table").first().getByRole("button").first().waitFor();
      await startRun(page, text, { clients: "60", length: "6", update: "100", spawn: "30" });
      await completed(page, text);
      await page.getByRole("combobox", { name: text.loadtest.compare }).click();
      await page.getByRole("option").nth(1).click();
      await page.getByRole("heading", { name: beginning(text.loadtest.comparison) }).waitFor();
      await page.getByRole("figure", { name: text.loadtest.chart.fanout }).hover();
    },
  },
];
