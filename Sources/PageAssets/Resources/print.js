// The map on paper: A4 or A3, at a round scale, with title, legend, scale bar, north arrow and date.

const PAPERS = { A4: [210, 297], A3: [297, 420] };
const SCALES = [250, 500, 1000, 2000, 2500, 5000, 7500, 10000, 15000, 20000, 25000, 50000, 75000, 100000, 150000, 200000, 250000, 500000, 1000000, 2000000];

class PrintSheet {
  constructor(plan, state, map) {
    Object.assign(this, { plan, state, map });
    this.sheet = document.getElementById("sheet");
    this.dialog = document.getElementById("print-dialog");
    this.rule = -1;
    document.getElementById("print-open").addEventListener("click", () => this.open());
    document.getElementById("print-cancel").addEventListener("click", () => this.close());
    document.getElementById("print-form").addEventListener("submit", (event) => {
      event.preventDefault();
      const choice = (name) => document.querySelector('input[name="' + name + '"]:checked').value;
      this.close();
      this.build(choice("paper"), choice("direction"), choice("extent") === "whole");
      window.print();
    });
    this.dialog.addEventListener("keydown", (event) => { if (event.key === "Escape") this.close(); });
    window.addEventListener("beforeprint", () => { if (!this.sheet.children.length) this.build("A4", "landscape", true); });
    window.addEventListener("afterprint", () => { this.sheet.textContent = ""; });
  }

  open() {
    this.opener = document.activeElement;
    this.dialog.hidden = false;
    document.querySelector('input[name="paper"]:checked').focus();
  }

  close() {
    this.dialog.hidden = true;
    if (this.opener) this.opener.focus();
  }

  build(paper, direction, isWhole) {
    const [short, long] = PAPERS[paper];
    const [width, height] = direction === "landscape" ? [long, short] : [short, long];
    this.setPage(paper + " " + direction);
    const margin = 10;
    const head = 20;
    const foot = direction === "landscape" ? 30 : 38;
    const box = { width: width - 2 * margin, height: height - 2 * margin - head - foot };
    const { denominator, center } = this.frame(box, isWhole);
    this.sheet.textContent = "";
    this.sheet.className = paper.toLowerCase() + " " + direction;
    this.sheet.style.width = width + "mm";
    this.sheet.style.height = height - 1 + "mm";
    this.sheet.append(this.head(), this.canvas(box, denominator, center), this.foot(denominator));
  }

  // Only the rule for the page's size changes from print to print.
  setPage(size) {
    const sheet = document.styleSheets[0];
    if (this.rule >= 0) sheet.deleteRule(this.rule);
    this.rule = sheet.insertRule("@page { size: " + size + "; margin: 0 }", sheet.cssRules.length);
  }

  // The largest round scale at which everything fits, and the middle of the map in metres.
  frame(box, isWhole) {
    const bounds = isWhole ? this.map.bounds : this.map.map.getBounds();
    const size = [bounds.getEast() - bounds.getWest(), bounds.getNorth() - bounds.getSouth()];
    const least = Math.max(size[0] / (box.width / 1000), size[1] / (box.height / 1000));
    const center = bounds.getCenter();
    return { denominator: SCALES.find((scale) => scale >= least) || Math.ceil(least), center: [center.lng, center.lat] };
  }

  head() {
    const head = make("div", "sheet-head");
    head.append(make("h2", "", this.plan.title), make("p", "", pick(this.plan.subtitle)));
    return head;
  }

  canvas(box, denominator, center) {
    const perMillimetre = 8;
    const canvas = make("canvas", "sheet-map");
    canvas.width = Math.round(box.width * perMillimetre);
    canvas.height = Math.round(box.height * perMillimetre);
    canvas.style.width = box.width + "mm";
    canvas.style.height = box.height + "mm";
    const scale = (this.plan.step * 1000 * perMillimetre) / denominator;
    const view = {
      scale, width: canvas.width, height: canvas.height,
      x: canvas.width / 2 - (center[0] / this.plan.step) * scale, y: canvas.height / 2 + (center[1] / this.plan.step) * scale,
    };
    const context = canvas.getContext("2d");
    context.fillStyle = INK.land;
    context.fillRect(0, 0, canvas.width, canvas.height);
    this.map.painter.paint(context, view, {
      sheet: this.plan.sheets[0], colors: this.state.colors[0], shown: this.state.shown, ratio: perMillimetre / 3.78, most: 150000,
    });
    return canvas;
  }

  foot(denominator) {
    const foot = make("div", "sheet-foot");
    const legend = make("div", "sheet-legend");
    const sheet = this.plan.sheets[0];
    const measure = this.state.measureOf(sheet);
    if (measure) legend.append(make("strong", "", heading(sheet.columns.find((column) => column.key === measure.key))));
    const list = make("ul");
    drawLegend(this.plan, this.state, list);
    legend.append(list);
    const notes = make("div", "sheet-notes");
    notes.append(make("p", "", say(this.plan.scope)));
    for (const note of this.plan.notes) notes.append(make("p", "", pick(note)));
    const facts = [this.plan.crs, this.plan.date && say("date") + " " + this.plan.date, say("printed") + " " + today(), say("madeWith")];
    notes.append(make("p", "", facts.filter(Boolean).join(" · ")));
    foot.append(legend, notes, this.scaleBar(denominator));
    return foot;
  }

  scaleBar(denominator) {
    const place = make("div", "sheet-scale");
    const metres = roundLength(denominator / 1000, 60);
    const width = (metres / denominator) * 1000;
    const svg = svgElement("svg", { viewBox: "0 0 " + (width + 24) + " 16", class: "scale-bar" });
    svg.style.width = width + 24 + "mm";
    svg.style.height = "16mm";
    for (let part = 0; part < 4; part++) {
      svg.appendChild(svgElement("rect", { x: 1 + (width * part) / 4, y: 9, width: width / 4, height: 1.8, fill: part % 2 ? "#ffffff" : "#1f2a33", stroke: "#1f2a33", "stroke-width": 0.25 }));
    }
    svg.appendChild(svgElement("text", { x: 1, y: 7, "font-size": 3.2 }, "0"));
    svg.appendChild(svgElement("text", { x: 1 + width, y: 7, "font-size": 3.2, "text-anchor": "middle" }, lengthText(metres)));
    svg.appendChild(svgElement("text", { x: 1, y: 15, "font-size": 3.2 }, say("scaleWord") + " 1:" + grouped(denominator, 0)));
    svg.appendChild(svgElement("path", { d: "M" + (width + 17) + " 1.5l2.6 8.5l-2.6 -2l-2.6 2z", fill: "#1f2a33" }));
    svg.appendChild(svgElement("text", { x: width + 17, y: 14.5, "font-size": 3.8, "text-anchor": "middle" }, say("north")));
    place.append(svg);
    return place;
  }
}

// The day of the print, as 2026-11-24.
function today() {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
}
