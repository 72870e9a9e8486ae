// Entry grids, [data-ls-grid]: Enter goes down, Tab goes right (the browser's own), and a block copied from a
// spreadsheet fills cells downwards and rightwards. What could not be placed is told, never dropped in silence.
// Texts come from the grid's data-ls-placed, data-ls-beyond, data-ls-computed, data-ls-not-a-number.

/** Rows of cells: the inputs of a row, and the computed cells between them, which take no value. */
function rowsOf(grid) {
  return [...grid.querySelectorAll("tbody tr")]
    .map((row) => [...row.querySelectorAll("td.ls-in,td.ls-calc")])
    .filter((row) => row.length > 0);
}

const fieldOf = (cell) => cell.querySelector("input:not([type=hidden]),textarea,select");

const placeOf = (rows, cell) => {
  const row = rows.findIndex((cells) => cells.includes(cell));
  return row < 0 ? null : { row, column: rows[row].indexOf(cell) };
};

/** Full-width digits, spaces, thousands separators and the minus sign as spreadsheets and people write them. */
function plainNumber(text) {
  const plain = text.normalize("NFKC").replace(/[\s,，]/g, "").replace(/[−–－]/g, "-");
  return /^[-+]?(\d+\.?\d*|\.\d+)$/.test(plain) ? plain : null;
}

function parseBlock(text) {
  const lines = text.replace(/\r\n?/g, "\n").split("\n");
  while (lines.length > 1 && lines[lines.length - 1] === "") {
    lines.pop();
  }
  return lines.map((line) => line.split("\t").map((value) => value.trim().replace(/^"(.*)"$/s, "$1")));
}

const fill = (sentence, ...values) => (sentence ?? "").replace(/\{(\d)\}/g, (_, index) => values[index] ?? "");

function put(field, value) {
  field.value = value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.dispatchEvent(new Event("change", { bubbles: true }));
}

function pasteBlock(grid, start, block) {
  const rows = rowsOf(grid);
  const origin = placeOf(rows, start);
  const refused = [];
  let placed = 0;
  block.forEach((values, down) => values.forEach((value, right) => {
    if (value === "") {
      return;
    }
    const cell = rows[origin.row + down]?.[origin.column + right];
    const field = cell && fieldOf(cell);
    if (!cell) {
      refused.push(fill(grid.dataset.lsBeyond, value));
    } else if (!field || field.readOnly || field.disabled) {
      refused.push(fill(grid.dataset.lsComputed, value));
    } else if (/^(decimal|numeric)$/.test(field.inputMode) && plainNumber(value) === null) {
      refused.push(fill(grid.dataset.lsNotANumber, value));
    } else {
      put(field, /^(decimal|numeric)$/.test(field.inputMode) ? plainNumber(value) : value);
      cell.classList.add("ls-pasted");
      placed++;
    }
  }));
  const report = grid.querySelector("[data-ls-report]");
  if (report) {
    const shown = refused.slice(0, 8).join("；") + (refused.length > 8 ? "…" : "");
    report.textContent = fill(grid.dataset.lsPlaced, placed, refused.length) + (refused.length ? "：" + shown : "");
    report.dataset.state = refused.length ? "partly" : "whole";
  }
}

document.addEventListener("paste", (event) => {
  const cell = event.target instanceof Element && event.target.closest("[data-ls-grid] td.ls-in");
  const text = event.clipboardData?.getData("text/plain") ?? "";
  if (!cell || event.target.tagName === "TEXTAREA" || !/[\t\n\r]/.test(text.replace(/[\r\n]+$/, ""))) {
    return;
  }
  event.preventDefault();
  pasteBlock(cell.closest("[data-ls-grid]"), cell, parseBlock(text));
});

document.addEventListener("keydown", (event) => {
  const cell = event.target instanceof Element && event.target.closest("[data-ls-grid] td.ls-in");
  // isComposing: Enter that ends an input method's composition belongs to the input method.
  if (event.key !== "Enter" || event.isComposing || !cell || event.target.tagName === "TEXTAREA") {
    return;
  }
  event.preventDefault();
  const rows = rowsOf(cell.closest("[data-ls-grid]"));
  const { row, column } = placeOf(rows, cell);
  const step = event.shiftKey ? -1 : 1;
  for (let next = row + step; rows[next]; next += step) {
    const field = rows[next][column] && fieldOf(rows[next][column]);
    if (field && !field.readOnly && !field.disabled) {
      field.focus();
      field.select?.();
      return;
    }
  }
});
