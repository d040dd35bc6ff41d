// The table of grids: sorts by any column, draws only the rows in sight, picks on the map.

class GridTable {
  constructor(plan, state) {
    this.sheet = plan.sheets[0];
    this.state = state;
    this.frame = document.getElementById("table-frame");
    this.body = document.getElementById("table-body");
    this.head = document.getElementById("table-head");
    this.height = 32;
    this.order = this.sheet.codes.map((_, index) => index);
    this.key = "code";
    this.isUp = true;
    this.makeHead();
    this.frame.addEventListener("scroll", () => this.draw());
    window.addEventListener("resize", () => this.draw());
    this.body.addEventListener("click", (event) => {
      const row = event.target.closest("tr[data-grid]");
      if (row) this.state.pick(this.sheet.first + Number(row.dataset.grid), true);
    });
    this.body.addEventListener("keydown", (event) => this.step(event));
  }

  makeHead() {
    const columns = [{ key: "code" }].concat(this.sheet.names.some(Boolean) ? [{ key: "name" }] : []).concat(this.sheet.columns);
    this.columns = columns;
    for (const column of columns) {
      const cell = document.createElement("th");
      cell.scope = "col";
      const button = document.createElement("button");
      button.type = "button";
      button.addEventListener("click", () => this.sort(column.key));
      cell.appendChild(button);
      cell.className = column.values && !column.words ? "number" : "";
      this.head.appendChild(cell);
      column.cell = cell;
      column.button = button;
    }
  }

  title(column) { return column.values ? heading(column) : say(column.key); }

  relabel() {
    for (const column of this.columns) {
      column.button.textContent = this.title(column);
      if (column.key === this.key) column.cell.setAttribute("aria-sort", this.isUp ? "ascending" : "descending");
      else column.cell.removeAttribute("aria-sort");
    }
    document.getElementById("table-count").textContent = grouped(this.sheet.codes.length, 0) + " " + say("rows");
    this.draw();
  }

  sort(key) {
    this.isUp = key === this.key ? !this.isUp : key === "code" || key === "name";
    this.key = key;
    const column = this.columns.find((column) => column.key === key);
    const values = column.values || (key === "code" ? this.sheet.codes : this.sheet.names);
    const sign = this.isUp ? 1 : -1;
    const isMissing = (value) => value === null || value === undefined;
    this.order.sort((a, b) => {
      const [x, y] = [values[a], values[b]];
      if (isMissing(x) || isMissing(y)) return isMissing(x) - isMissing(y) || a - b;
      if (x === y) return a - b;
      return (x < y ? -1 : 1) * sign;
    });
    this.frame.scrollTop = 0;
    this.relabel();
  }

  draw() {
    const rows = this.order.length;
    const first = Math.max(0, Math.floor(this.frame.scrollTop / this.height) - 12);
    const end = Math.min(rows, first + Math.ceil(this.frame.clientHeight / this.height) + 24);
    const focused = document.activeElement && document.activeElement.closest ? document.activeElement.closest("tr[data-grid]") : null;
    const focus = focused ? focused.dataset.grid : null;
    this.body.textContent = "";
    this.body.appendChild(this.filler(first));
    for (let i = first; i < end; i++) this.body.appendChild(this.row(this.order[i], i));
    this.body.appendChild(this.filler(rows - end));
    if (focus !== null) {
      const again = this.body.querySelector('tr[data-grid="' + focus + '"]');
      if (again) again.focus({ preventScroll: true });
    }
  }

  filler(rows) {
    const row = document.createElement("tr");
    row.setAttribute("aria-hidden", "true");
    const cell = document.createElement("td");
    cell.colSpan = this.columns.length;
    cell.height = String(rows * this.height);
    cell.className = "filler";
    row.appendChild(cell);
    row.hidden = rows === 0;
    return row;
  }

  row(grid, position) {
    const row = document.createElement("tr");
    row.dataset.grid = grid;
    row.tabIndex = this.state.selected === this.sheet.first + grid || (this.state.selected < 0 && position === 0) ? 0 : -1;
    row.setAttribute("aria-rowindex", position + 2);
    if (this.state.selected === this.sheet.first + grid) row.setAttribute("aria-selected", "true");
    const measure = this.state.measureOf(this.sheet);
    for (const column of this.columns) {
      const cell = document.createElement(column.key === "code" ? "th" : "td");
      if (column.key === "code") {
        cell.scope = "row";
        const chip = document.createElement("i");
        chip.className = "chip";
        chip.style.background = this.state.colors[0][grid];
        cell.append(chip, this.sheet.codes[grid]);
      } else if (column.key === "name") {
        cell.textContent = this.sheet.names[grid] || "";
      } else {
        cell.textContent = wording(column, column.values[grid]);
        cell.className = (column.words ? "" : "number") + (measure && column.key === measure.key ? " measured" : "");
      }
      row.appendChild(cell);
    }
    return row;
  }

  // Arrows go from row to row, Enter picks.
  step(event) {
    const row = event.target.closest("tr[data-grid]");
    if (!row) return;
    const moves = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 };
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      this.state.pick(this.sheet.first + Number(row.dataset.grid), true);
    } else if (moves[event.key]) {
      event.preventDefault();
      const at = this.order.indexOf(Number(row.dataset.grid));
      this.reveal(this.order[Math.max(0, Math.min(this.order.length - 1, at + moves[event.key]))], true);
    }
  }

  // Scrolls to a grid's row.
  reveal(grid, takesFocus) {
    const at = this.order.indexOf(grid) * this.height;
    const room = this.frame.clientHeight - 2 * this.height;
    if (at < this.frame.scrollTop || at > this.frame.scrollTop + room) this.frame.scrollTop = Math.max(0, at - room / 2);
    this.draw();
    const row = this.body.querySelector('tr[data-grid="' + grid + '"]');
    if (row && takesFocus) row.focus({ preventScroll: true });
  }
}
