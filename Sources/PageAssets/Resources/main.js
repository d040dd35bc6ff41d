// Puts the page together.

const plan = JSON.parse(document.getElementById("plan").textContent);
plan.areas = readAreas(plan.areas, readArcs(plan.arcs));
plan.layers = plan.layers.map((layer) => new TileLayer(layer));
for (const sheet of plan.sheets) {
  sheet.index = new CellIndex(plan.areas.boxes, sheet.first, sheet.first + sheet.codes.length, plan.size[0], plan.size[1]);
}

const state = {
  selected: -1,
  hovered: -1,
  pin: null,
  measure: plan.sheets[0].measures.length ? plan.sheets[0].measures[0].key : null,
  shown: new Set(["labels", "borders", "communities"].concat(plan.layers.filter((layer) => layer.isShown).map((layer) => layer.key))),
  colors: [],

  // The sheet of an area and the grid's position in it.
  locate(area) {
    const sheet = plan.sheets.find((sheet) => area >= sheet.first && area < sheet.first + sheet.codes.length);
    return { sheet, grid: area - sheet.first };
  },

  measureOf(sheet) { return sheet.measures.find((measure) => measure.key === this.measure); },

  recolour() {
    this.colors = plan.sheets.map((sheet) => {
      const measure = this.measureOf(sheet);
      if (!measure) return sheet.codes.map(() => plan.unknown.color);
      const values = sheet.columns.find((column) => column.key === measure.key).values;
      return values.map((value) => {
        if (value === null) return plan.unknown.color;
        const found = measure.classes.find((entry) => value <= entry.upper) || measure.classes[measure.classes.length - 1];
        return found.color;
      });
    });
  },

  // Picks an area, or nothing with -1; `flies` moves the map there.
  pick(area, flies) {
    this.selected = area;
    this.pin = null;
    drawDetail(plan, this);
    map.highlight.draw();
    if (area >= 0 && flies) map.flyToArea(area);
    const { sheet, grid } = area >= 0 ? this.locate(area) : {};
    if (table) {
      if (sheet === plan.sheets[0] && !document.getElementById("panel-grids").hidden) table.reveal(grid, false);
      else table.draw();
    }
  },
};

state.recolour();
document.getElementById("compare").hidden = plan.sheets.length < 2;
const map = new PlanMap(plan, state);
const table = plan.sheets[0].codes.length ? new GridTable(plan, state) : null;
const charts = new Charts(plan, state);
const problems = new ProblemList(plan, state, map);
const search = new Search(plan, state, map);
const printSheet = new PrintSheet(plan, state, map);

// MARK: Tabs

const tabs = Array.from(document.querySelectorAll('[role="tab"]'));

function showTab(tab, takesFocus) {
  for (const other of tabs) {
    const isChosen = other === tab;
    other.setAttribute("aria-selected", String(isChosen));
    other.tabIndex = isChosen ? 0 : -1;
    document.getElementById(other.getAttribute("aria-controls")).hidden = !isChosen;
  }
  if (takesFocus) tab.focus();
  if (tab.id === "tab-grids" && table) {
    table.draw();
    if (state.selected >= 0 && state.locate(state.selected).sheet === plan.sheets[0]) table.reveal(state.locate(state.selected).grid, false);
  }
}

for (const tab of tabs) {
  tab.addEventListener("click", () => showTab(tab, false));
  tab.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step) showTab(tabs[(tabs.indexOf(tab) + step + tabs.length) % tabs.length], true);
  });
}

document.getElementById("widen").addEventListener("click", () => {
  document.getElementById("app").classList.toggle("wide");
  map.map.invalidateSize({ animate: false });
  if (table) table.draw();
});

// MARK: Buttons

document.getElementById("zoom-in").addEventListener("click", () => map.map.zoomIn());
document.getElementById("zoom-out").addEventListener("click", () => map.map.zoomOut());
document.getElementById("zoom-whole").addEventListener("click", () => map.showWhole());
document.getElementById("detail-close").addEventListener("click", () => {
  state.pick(-1);
  document.getElementById("map").focus();
});
document.getElementById("language").addEventListener("click", () => setLanguage(language === "en" ? "zh" : "en"));
document.getElementById("layers-open").addEventListener("click", (event) => {
  const list = document.getElementById("layer-list");
  list.hidden = !list.hidden;
  event.currentTarget.setAttribute("aria-expanded", String(!list.hidden));
});
document.getElementById("measure").addEventListener("change", (event) => {
  state.measure = event.target.value;
  state.recolour();
  drawLegend(plan, state, document.getElementById("legend-list"));
  map.redraw();
  if (table) table.draw();
});
document.getElementById("slider").addEventListener("input", () => map.clip());
document.addEventListener("keydown", (event) => { if (event.key === "Escape" && state.selected >= 0) state.pick(-1); });

// MARK: Words

onLanguage(() => {
  document.title = plan.title;
  document.getElementById("title").textContent = plan.title;
  document.getElementById("subtitle").textContent = pick(plan.subtitle);
  const scope = document.getElementById("scope");
  scope.textContent = say(plan.scope);
  scope.className = plan.scope;
  document.getElementById("language").lang = language === "zh" ? "en" : "zh-CN";
  const cards = document.getElementById("headlines");
  cards.textContent = "";
  for (const headline of plan.headlines) {
    const card = make("div");
    card.append(make("dt", "", pick(headline.label)), make("dd", "", pick(headline.value)));
    cards.append(card);
  }
  const notes = document.getElementById("notes");
  notes.textContent = "";
  for (const note of plan.notes) notes.appendChild(make("li", "", pick(note)));
  notes.appendChild(make("li", "", [plan.crs, plan.date && say("date") + " " + plan.date, say("madeWith")].filter(Boolean).join(" · ")));
  const measures = document.getElementById("measure");
  measures.textContent = "";
  for (const measure of plan.sheets[0].measures) {
    const option = make("option", "", heading(plan.sheets[0].columns.find((column) => column.key === measure.key)));
    option.value = measure.key;
    measures.appendChild(option);
  }
  measures.value = state.measure;
  document.getElementById("legend").hidden = !state.measure;
  const sides = plan.sheets.length > 1 ? [plan.sheets[1].title, plan.sheets[0].title] : ["", ""];
  document.getElementById("before-title").textContent = say("before") + (sides[0] ? " · " + sides[0] : "");
  document.getElementById("after-title").textContent = say("after") + (sides[1] ? " · " + sides[1] : "");
  document.getElementById("problem-count").textContent = plan.problems.length ? grouped(plan.problems.length, 0) : "";
  drawLegend(plan, state, document.getElementById("legend-list"));
  drawLayers(plan, state, () => map.redraw());
  drawDetail(plan, state);
  charts.draw();
  problems.relabel();
  if (table) table.relabel();
});

document.getElementById("tab-grids").hidden = !table;
setLanguage(plan.language);
document.documentElement.dataset.ready = "true";
