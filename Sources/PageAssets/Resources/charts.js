// Charts of the plan's figures, drawn as SVG.

const SVG = "http://www.w3.org/2000/svg";
const CHART = { width: 380, height: 132, left: 44, right: 8, top: 10, bottom: 24 };

function svgElement(name, attributes, text) {
  const element = document.createElementNS(SVG, name);
  for (const key of Object.keys(attributes || {})) element.setAttribute(key, attributes[key]);
  if (text !== undefined) element.textContent = text;
  return element;
}

class Charts {
  constructor(plan, state) {
    this.plan = plan;
    this.state = state;
    this.sheet = plan.sheets[0];
    this.place = document.getElementById("charts");
  }

  column(key) { return this.sheet.columns.find((column) => column.key === key && column.values.some((value) => value !== null)); }

  draw() {
    this.place.textContent = "";
    const deviation = this.column("deviation");
    if (deviation) this.histogram(deviation);
    const perWorker = this.column("perWorker");
    const work = this.column("workload");
    if (this.plan.posts.length) this.posts();
    if (perWorker) this.sorted("perWorker", perWorker);
    else if (work) this.sorted("work", work);
    const households = this.column("households");
    if (households) this.sorted("households", households);
  }

  frame(key, summary) {
    const figure = document.createElement("figure");
    const caption = document.createElement("figcaption");
    const title = document.createElement("strong");
    title.textContent = say(key + "Chart");
    const hint = document.createElement("span");
    hint.textContent = say(key + "ChartHint");
    const told = document.createElement("output");
    told.textContent = summary;
    caption.append(title, hint);
    const svg = svgElement("svg", { viewBox: "0 0 " + CHART.width + " " + CHART.height, role: "img", "aria-label": say(key + "Chart") + ": " + summary });
    figure.append(caption, svg, told);
    this.place.appendChild(figure);
    return { svg, told, summary };
  }

  // How many grids lie how far from the mean; the outermost bins hold all that lie beyond.
  histogram(column) {
    const values = column.values.filter((value) => value !== null).sort((a, b) => a - b);
    const at = (share) => values[Math.min(values.length - 1, Math.floor(share * values.length))];
    const [low, high] = [Math.min(-0.1, at(0.02)), Math.max(0.1, at(0.98))];
    const width = [0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10].find((step) => (high - low) / step <= 16) || (high - low) / 16;
    const first = Math.floor(low / width);
    const bins = new Array(Math.max(1, Math.floor(high / width) - first + 1)).fill(0);
    for (const value of values) bins[Math.max(0, Math.min(bins.length - 1, Math.floor(value / width) - first))]++;
    const within = values.filter((value) => Math.abs(value) <= 0.1).length;
    const chart = this.frame("deviation", grouped(within, 0) + " / " + grouped(values.length, 0) + " " + say("gridsIn") + " ±10 %");
    const measure = this.sheet.measures.find((measure) => measure.key === "deviation");
    const x = (bin) => CHART.left + ((CHART.width - CHART.left - CHART.right - 10) * bin) / bins.length;
    const y = this.axis(chart.svg, Math.max(...bins), (value) => grouped(value, 0), 1);
    const edge = (bin) => percent((first + bin) * width, 0, true);
    bins.forEach((count, bin) => {
      const middle = (first + bin + 0.5) * width;
      const bar = svgElement("rect", {
        x: x(bin) + 0.7, y: y(count), width: Math.max(1, x(bin + 1) - x(bin) - 1.4), height: y(0) - y(count),
        fill: measure ? measure.classes.find((entry) => middle <= entry.upper).color : "#7aa7c0", stroke: "#5b6670", "stroke-width": 0.6,
      });
      const from = bin === 0 && values[0] < first * width ? "…" : edge(bin);
      const to = bin === bins.length - 1 && values[values.length - 1] >= (first + bin + 1) * width ? "…" : edge(bin + 1);
      this.tell(bar, chart, grouped(count, 0) + " " + say("gridsIn") + ": " + from + " – " + to);
      chart.svg.appendChild(bar);
    });
    const every = Math.ceil(bins.length / 6);
    for (let bin = 0; bin <= bins.length; bin++) {
      if ((first + bin) % every) continue;
      chart.svg.appendChild(svgElement("text", { x: x(bin), y: CHART.height - 8, "text-anchor": "middle" }, edge(bin)));
    }
  }

  // A figure of all grids, least first; pointing at it tells the grid, a click picks it.
  sorted(key, column) {
    const grids = column.values.map((value, grid) => ({ grid, value })).filter((row) => row.value !== null);
    grids.sort((a, b) => a.value - b.value || a.grid - b.grid);
    const values = grids.map((row) => row.value);
    const chart = this.curve(key, values, pick(column.unit), (index) => this.sheet.codes[grids[index].grid]);
    chart.svg.addEventListener("click", (event) => {
      const index = this.indexAt(chart.svg, event, grids.length);
      if (index >= 0) this.state.pick(this.sheet.first + grids[index].grid, true);
    });
    chart.svg.classList.add("pickable");
  }

  posts() {
    const posts = this.plan.posts.filter((post) => post.load !== null).sort((a, b) => a.load - b.load);
    this.curve("posts", posts.map((post) => post.load * 100), "%", (index) => posts[index].id);
  }

  curve(key, values, unit, nameOf) {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const text = (value) => grouped(value, Math.abs(value) < 10 ? 1 : 0) + (unit ? " " + unit : "");
    const chart = this.frame(key, say("from") + " " + text(values[0]) + ", " + say("mean") + " " + text(mean) + ", " + say("to") + " " + text(values[values.length - 1]));
    const y = this.axis(chart.svg, values[values.length - 1], (value) => grouped(value, value < 10 && value % 1 ? 1 : 0));
    const x = (index) => CHART.left + ((CHART.width - CHART.left - CHART.right) * index) / values.length;
    let path = "M" + x(0) + " " + y(0);
    const skip = Math.max(1, Math.floor(values.length / 800));
    for (let i = 0; i < values.length; i += skip) path += "L" + x(i).toFixed(1) + " " + y(values[i]).toFixed(1) + "H" + x(Math.min(values.length, i + skip)).toFixed(1);
    path += "V" + y(0) + "Z";
    chart.svg.appendChild(svgElement("path", { d: path, fill: "#9cc3d8", stroke: "#2f6f91", "stroke-width": 0.8 }));
    chart.svg.appendChild(svgElement("line", { x1: CHART.left, x2: CHART.width - CHART.right, y1: y(mean), y2: y(mean), stroke: "#8a4b08", "stroke-dasharray": "4 3" }));
    chart.svg.appendChild(svgElement("text", { x: CHART.left + 4, y: y(mean) - 4, class: "mean" }, say("mean") + " " + text(mean)));
    const pointer = svgElement("line", { y1: CHART.top, y2: y(0), stroke: "#0a3d5c", visibility: "hidden" });
    chart.svg.appendChild(pointer);
    chart.svg.addEventListener("mousemove", (event) => {
      const index = this.indexAt(chart.svg, event, values.length);
      pointer.setAttribute("visibility", index < 0 ? "hidden" : "visible");
      if (index < 0) return;
      pointer.setAttribute("x1", x(index + 0.5));
      pointer.setAttribute("x2", x(index + 0.5));
      chart.told.textContent = nameOf(index) + ": " + text(values[index]);
    });
    chart.svg.addEventListener("mouseleave", () => {
      pointer.setAttribute("visibility", "hidden");
      chart.told.textContent = chart.summary;
    });
    return chart;
  }

  indexAt(svg, event, count) {
    const box = svg.getBoundingClientRect();
    const x = ((event.clientX - box.left) / box.width) * CHART.width;
    const share = (x - CHART.left) / (CHART.width - CHART.left - CHART.right);
    return share < 0 || share >= 1 ? -1 : Math.floor(share * count);
  }

  tell(element, chart, text) {
    element.addEventListener("mouseenter", () => { chart.told.textContent = text; });
    element.addEventListener("mouseleave", () => { chart.told.textContent = chart.summary; });
  }

  // A scale from 0 to a round number, with lines at least `least` apart; returns where a value stands.
  axis(svg, most, text, least) {
    const limit = Math.max(most, 1e-9);
    let step = Math.pow(10, Math.floor(Math.log10(limit)));
    step = [step / 5, step / 2, step].find((candidate) => limit / candidate <= 4) || step * 2;
    step = Math.max(step, least || 0);
    const top = Math.ceil(limit / step) * step;
    const y = (value) => CHART.height - CHART.bottom - ((CHART.height - CHART.top - CHART.bottom) * value) / top;
    for (let value = 0; value <= top * 1.0001; value += step) {
      svg.appendChild(svgElement("line", { x1: CHART.left, x2: CHART.width - CHART.right, y1: y(value), y2: y(value), class: "rule" }));
      svg.appendChild(svgElement("text", { x: CHART.left - 5, y: y(value) + 3.5, "text-anchor": "end" }, text(value)));
    }
    return y;
  }
}
