// Search, legend, layers, problems, and the figures of one grid.

function make(name, className, text) {
  const element = document.createElement(name);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  return element;
}

// MARK: Search

class Search {
  constructor(plan, state, map) {
    this.plan = plan;
    this.state = state;
    this.map = map;
    this.input = document.getElementById("search");
    this.list = document.getElementById("found");
    this.entries = this.collect();
    this.at = -1;
    this.input.addEventListener("input", () => this.find());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("blur", () => setTimeout(() => { if (document.activeElement !== this.input) this.close(); }, 150));
    this.list.addEventListener("mousedown", (event) => {
      const option = event.target.closest("li[data-at]");
      if (option) this.choose(Number(option.dataset.at));
    });
  }

  collect() {
    const entries = [];
    const sheet = this.plan.sheets[0];
    sheet.codes.forEach((code, grid) => entries.push({ kind: "grid", code, name: sheet.names[grid] || "", area: sheet.first + grid }));
    this.plan.communities.forEach((community, index) =>
      entries.push({ kind: "community", code: community.code, name: community.name || "", area: this.plan.firstCommunity + index }));
    return entries;
  }

  // Codes that begin or end with the words first, then those that hold them anywhere, then names.
  find() {
    const words = this.input.value.trim().toLowerCase();
    if (!words) return this.close();
    const ranked = [];
    for (const entry of this.entries) {
      const code = entry.code.toLowerCase();
      const name = entry.name.toLowerCase();
      const rank = code === words ? 0 : code.endsWith(words) ? 1 : code.startsWith(words) ? 2 : name.startsWith(words) ? 3
        : code.includes(words) ? 4 : name.includes(words) ? 5 : -1;
      if (rank >= 0) ranked.push({ rank, entry });
    }
    ranked.sort((a, b) => a.rank - b.rank);
    this.found = ranked.slice(0, 12).map((row) => row.entry);
    if (this.found.length < 12) this.found.push(...this.buildings(words, 12 - this.found.length));
    this.show();
  }

  // Buildings by their identifier; all tiles are looked through, which is why it needs three letters.
  buildings(words, most) {
    const layer = this.plan.layers.find((layer) => layer.kind === "building");
    if (!layer || words.length < 3 || layer.count > 50000) return [];
    const result = [];
    for (let index = 0; index < layer.tiles.length && result.length < most; index++) {
      for (const item of layer.tile(index)) {
        if (result.length < most && utf8(item.name).toLowerCase().includes(words)) {
          result.push({ kind: "building", code: utf8(item.name), name: "", place: item.paths[0] });
        }
      }
    }
    return result;
  }

  show() {
    this.list.textContent = "";
    this.at = this.found.length ? 0 : -1;
    this.found.forEach((entry, index) => {
      const option = make("li");
      option.id = "found-" + index;
      option.dataset.at = index;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", String(index === this.at));
      option.append(make("strong", "", entry.code), make("span", "", entry.name), make("em", "", say(entry.kind)));
      this.list.appendChild(option);
    });
    if (!this.found.length) {
      const nothing = make("li", "nothing", say("noMatch"));
      nothing.setAttribute("role", "option");
      nothing.setAttribute("aria-disabled", "true");
      this.list.appendChild(nothing);
    }
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.mark();
  }

  mark() {
    Array.from(this.list.children).forEach((option, index) => option.setAttribute("aria-selected", String(index === this.at)));
    if (this.at >= 0) this.input.setAttribute("aria-activedescendant", "found-" + this.at);
    else this.input.removeAttribute("aria-activedescendant");
  }

  key(event) {
    if (this.list.hidden) return;
    const count = this.found.length;
    if (event.key === "ArrowDown" && count) this.at = (this.at + 1) % count;
    else if (event.key === "ArrowUp" && count) this.at = (this.at + count - 1) % count;
    else if (event.key === "Enter" && this.at >= 0) return this.choose(this.at);
    else if (event.key === "Escape") this.close();
    else return;
    event.stopPropagation();
    event.preventDefault();
    this.mark();
  }

  choose(index) {
    const entry = this.found[index];
    this.input.value = entry.code;
    this.close();
    if (entry.kind === "grid") return this.state.pick(entry.area, true);
    if (entry.kind === "community") return this.map.flyToArea(entry.area);
    this.state.pin = entry.place.slice(0, 2);
    this.map.flyToPlace(entry.place[0], entry.place[1]);
    this.map.highlight.draw();
  }

  close() {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}

// MARK: Legend and layers

function legendRows(plan, state) {
  const sheet = plan.sheets[0];
  const measure = state.measureOf(sheet);
  if (!measure) return [];
  const column = sheet.columns.find((column) => column.key === measure.key);
  const counts = measure.classes.map(() => 0);
  let unknown = 0;
  for (const value of column.values) {
    const at = value === null ? -1 : measure.classes.findIndex((entry) => value <= entry.upper);
    if (at < 0) unknown++;
    else counts[at]++;
  }
  const rows = measure.classes.map((entry, index) => ({ color: entry.color, label: pick(entry.label), count: counts[index] }));
  return unknown ? rows.concat({ color: plan.unknown.color, label: pick(plan.unknown.label), count: unknown }) : rows;
}

function drawLegend(plan, state, place) {
  place.textContent = "";
  for (const row of legendRows(plan, state)) {
    const item = make("li");
    const chip = make("i", "chip");
    chip.style.background = row.color;
    item.append(chip, make("span", "", row.label), make("em", "", grouped(row.count, 0)));
    place.appendChild(item);
  }
}

function drawLayers(plan, state, redraw) {
  const place = document.getElementById("layer-list");
  place.textContent = "";
  const rows = plan.sheets[0].codes.length ? [["labels", say("labels")], ["borders", say("borders")]] : [];
  if (plan.communities.length) rows.push(["communities", say("communities"), plan.communities.length]);
  for (const layer of plan.layers) rows.push([layer.key, pick(layer.title), layer.count, layer.color]);
  for (const [key, title, count, color] of rows) {
    const label = make("label");
    const box = make("input");
    box.type = "checkbox";
    box.checked = state.shown.has(key);
    box.dataset.layer = key;
    box.addEventListener("change", () => {
      if (box.checked) state.shown.add(key);
      else state.shown.delete(key);
      redraw();
    });
    label.append(box, make("span", "", title));
    if (color) {
      const dot = make("i", "dot");
      dot.style.background = color;
      label.append(dot);
    }
    if (count) label.append(make("em", "", grouped(count, 0)));
    place.appendChild(label);
  }
}

// MARK: Problems

class ProblemList {
  constructor(plan, state, map) {
    this.plan = plan;
    this.state = state;
    this.map = map;
    this.list = document.getElementById("problem-list");
    this.kind = document.getElementById("problem-kind");
    this.shown = 200;
    this.kind.addEventListener("change", () => this.draw());
    this.list.addEventListener("scroll", () => {
      if (this.list.scrollTop + this.list.clientHeight > this.list.scrollHeight - 300) this.more();
    });
    this.list.addEventListener("click", (event) => {
      const button = event.target.closest("button[data-at]");
      if (button) this.go(this.plan.problems[Number(button.dataset.at)], button);
    });
  }

  relabel() {
    const counts = new Map();
    for (const problem of this.plan.problems) counts.set(problem.rule, (counts.get(problem.rule) || 0) + 1);
    const chosen = this.kind.value;
    this.kind.textContent = "";
    const add = (value, text) => {
      const option = make("option", "", text);
      option.value = value;
      this.kind.appendChild(option);
    };
    add("", say("all") + " (" + grouped(this.plan.problems.length, 0) + ")");
    const byCount = Array.from(counts).sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
    for (const [rule, count] of byCount) add(rule, rule + " (" + grouped(count, 0) + ")");
    this.kind.value = chosen;
    this.draw();
  }

  draw() {
    const rank = { error: 0, warning: 1, info: 2 };
    this.rows = this.plan.problems.map((problem, at) => ({ problem, at }))
      .filter((row) => !this.kind.value || row.problem.rule === this.kind.value)
      .sort((a, b) => rank[a.problem.severity] - rank[b.problem.severity] || a.at - b.at);
    this.list.textContent = "";
    this.list.scrollTop = 0;
    if (!this.rows.length) this.list.appendChild(make("li", "empty", say("noProblems")));
    this.more();
  }

  more() {
    const from = this.list.children.length;
    for (const row of this.rows.slice(from, from + this.shown)) this.list.appendChild(this.item(row));
  }

  item({ problem, at }) {
    const item = make("li");
    const button = make("button", "problem " + problem.severity);
    button.type = "button";
    button.dataset.at = at;
    const head = make("span", "problem-head");
    head.append(make("b", "severity", say(problem.severity)), make("code", "", problem.rule));
    if (problem.feature) head.append(make("span", "", problem.feature));
    if (!problem.at) head.append(make("em", "", say("noPlace")));
    button.append(head, make("span", "problem-text", pick(problem.message)));
    item.appendChild(button);
    return item;
  }

  go(problem, button) {
    for (const other of this.list.querySelectorAll("[aria-current]")) other.removeAttribute("aria-current");
    button.setAttribute("aria-current", "true");
    if (!problem.at) return;
    this.state.pin = problem.at;
    this.map.flyToPlace(problem.at[0], problem.at[1]);
    this.map.highlight.draw();
  }
}

// MARK: One grid

function drawDetail(plan, state) {
  const place = document.getElementById("detail");
  place.hidden = state.selected < 0;
  if (place.hidden) return;
  const { sheet, grid } = state.locate(state.selected);
  const isBefore = plan.sheets.length > 1 && sheet !== plan.sheets[0];
  document.getElementById("detail-title").textContent =
    (plan.sheets.length > 1 ? say(isBefore ? "before" : "after") + " · " : "") + say("grid") + " " + sheet.codes[grid];
  const list = document.getElementById("detail-list");
  list.textContent = "";
  const row = (title, text) => list.append(make("dt", "", title), make("dd", "", text));
  if (sheet.names[grid]) row(say("name"), sheet.names[grid]);
  const parent = sheet.parents[grid];
  if (parent) {
    const community = plan.communities.find((community) => community.code === parent);
    row(say("community"), community && community.name ? community.name + " " + parent : parent);
  }
  for (const column of sheet.columns) row(pick(column.title), withUnit(column, column.values[grid]));
}
