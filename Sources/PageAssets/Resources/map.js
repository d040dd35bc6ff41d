// The map: Leaflet moves and zooms it, our canvases draw it.

// A canvas in a pane of the map, drawn anew after each move; while zooming it is stretched.
const PlanCanvas = L.Renderer.extend({
  initialize: function (paint, options) {
    L.Renderer.prototype.initialize.call(this, options);
    this._paint = paint;
  },

  _initContainer: function () { this._container = L.DomUtil.create("canvas", "plan-canvas"); },

  _destroyContainer: function () { L.DomUtil.remove(this._container); },

  _update: function () {
    if (this._map._animatingZoom && this._bounds) return;
    L.Renderer.prototype._update.call(this);
    this.draw();
  },

  draw: function () {
    if (!this._map || !this._bounds) return;
    const canvas = this._container;
    const size = this._bounds.getSize();
    const ratio = Math.min(2, window.devicePixelRatio || 1);
    L.DomUtil.setPosition(canvas, this._bounds.min);
    canvas.width = Math.round(size.x * ratio);
    canvas.height = Math.round(size.y * ratio);
    canvas.style.width = size.x + "px";
    canvas.style.height = size.y + "px";
    const corner = this._map.latLngToLayerPoint([0, 0]).subtract(this._bounds.min);
    this._paint(canvas.getContext("2d"), {
      x: corner.x * ratio, y: corner.y * ratio, width: canvas.width, height: canvas.height,
      scale: this.options.step * Math.pow(2, this._map.getZoom()) * ratio, ratio,
    });
  },
});

class PlanMap {
  constructor(plan, state) {
    this.plan = plan;
    this.state = state;
    this.painter = new Painter(plan);
    this.motion = !(window.matchMedia && matchMedia("(prefers-reduced-motion: reduce)").matches);
    this.bounds = L.latLngBounds([0, 0], [plan.size[1] * plan.step, plan.size[0] * plan.step]);
    this.makeMap();
    this.makeCanvases();
    this.listen();
    this.map.on("move zoom resize", () => this.furnish());
    this.furnish();
  }

  makeMap() {
    const crs = L.extend({}, L.CRS.Simple, { transformation: new L.Transformation(1, 0, -1, 0) });
    this.map = L.map("map", {
      crs, zoomSnap: 0.25, zoomDelta: 0.75, wheelPxPerZoomLevel: 110, attributionControl: false, zoomControl: false,
      fadeAnimation: false, zoomAnimation: this.motion, maxZoom: 4, minZoom: -14, inertia: this.motion,
    });
    this.map.fitBounds(this.bounds, { padding: [18, 18], animate: false });
    this.map.setMinZoom(Math.floor(this.map.getZoom()) - 1);
    this.map.setMaxBounds(this.bounds.pad(0.6));
  }

  makeCanvases() {
    const paintSheet = (index) => (context, view) => this.paint(context, view, index);
    this.canvases = this.plan.sheets.map((_, index) => {
      const pane = this.map.createPane(index === 0 ? "after" : "before");
      pane.style.zIndex = 300 - index;
      return new PlanCanvas(paintSheet(index), { pane: index === 0 ? "after" : "before", padding: 0.15, step: this.plan.step }).addTo(this.map);
    });
    const pane = this.map.createPane("highlight");
    pane.style.zIndex = 450;
    pane.style.pointerEvents = "none";
    this.highlight = new PlanCanvas((context, view) => this.paintHighlight(context, view), { pane: "highlight", padding: 0.15, step: this.plan.step }).addTo(this.map);
  }

  // MARK: Painting

  paint(context, view, index) {
    this.painter.paint(context, view, {
      sheet: this.plan.sheets[index], colors: this.state.colors[index], shown: this.state.shown, ratio: view.ratio, most: 30000,
    });
  }

  paintHighlight(context, view) {
    const { ratio } = view;
    const outline = (area, color, width) => {
      context.strokeStyle = color;
      context.lineWidth = width * ratio;
      context.beginPath();
      this.painter.trace(context, view, area);
      context.stroke();
    };
    context.lineJoin = "round";
    const selected = this.state.selected;
    if (this.state.hovered >= 0 && this.state.hovered !== selected) outline(this.state.hovered, "#14506e", 2.5);
    if (selected >= 0) {
      outline(selected, "#ffffff", 6);
      outline(selected, "#0a3d5c", 3.2);
    }
    if (this.state.pin) {
      const x = view.x + this.state.pin[0] * view.scale;
      const y = view.y - this.state.pin[1] * view.scale;
      for (const [color, width] of [["#ffffff", 5.5], ["#b3261e", 3]]) {
        context.strokeStyle = color;
        context.lineWidth = width * ratio;
        context.beginPath();
        context.arc(x, y, 10 * ratio, 0, 2 * Math.PI);
        context.stroke();
      }
    }
  }

  redraw() {
    for (const canvas of this.canvases) canvas.draw();
    this.highlight.draw();
  }

  // MARK: Places

  // A place on the screen in steps of the plan.
  placeOf(latlng) { return [latlng.lng / this.plan.step, latlng.lat / this.plan.step]; }

  // The area of a sheet's grid that holds a place; -1 for none.
  gridAt(x, y, sheet) {
    for (const area of sheet.index.near(x, y)) {
      const boxes = this.plan.areas.boxes;
      if (x < boxes[area * 4] || x > boxes[area * 4 + 2] || y < boxes[area * 4 + 1] || y > boxes[area * 4 + 3]) continue;
      let inside = false;
      forEachRing(this.plan.areas, area, (ring) => { if (isInside(ring, x, y)) inside = !inside; });
      if (inside) return area;
    }
    return -1;
  }

  // The mark or building under a place, where they are drawn.
  thingAt(x, y) {
    const reach = 6 / this.pixelsPerStep();
    const near = [x - reach, y - reach, x + reach, y + reach];
    for (const layer of this.plan.layers) {
      if (!this.state.shown.has(layer.key)) continue;
      if (layer.kind === "mark") {
        for (const item of (layer.visible(near, 5000) || []).flat()) {
          if (Math.hypot(item.paths[0][0] - x, item.paths[0][1] - y) <= reach) return { layer, item };
        }
      }
    }
    const holds = (item) => item.paths.reduce((inside, path) => inside !== isInside(path, x, y), false);
    const isNear = this.plan.step / this.pixelsPerStep() <= 2;
    for (const kind of isNear ? ["building", "overlay"] : ["overlay"]) {
      for (const layer of this.plan.layers) {
        if (layer.kind !== kind || !this.state.shown.has(layer.key)) continue;
        const item = (layer.visible([x, y, x, y], 5000) || []).flat().find(holds);
        if (item) return { layer, item };
      }
    }
    return null;
  }

  pixelsPerStep() { return this.plan.step * Math.pow(2, this.map.getZoom()); }

  // MARK: Pointing and picking

  listen() {
    const tip = document.getElementById("tip");
    this.map.on("mousemove", (event) => {
      const [x, y] = this.placeOf(event.latlng);
      this.hover(this.gridAt(x, y, this.sheetUnder(event.containerPoint)));
      this.showTip(tip, event.containerPoint, this.thingAt(x, y));
      this.tellPlace(x, y);
    });
    this.map.on("mouseout", () => {
      this.hover(-1);
      tip.hidden = true;
    });
    this.map.on("click", (event) => this.pickAt(event.latlng, event.containerPoint));
    this.map.getContainer().addEventListener("keydown", (event) => {
      if (event.key === "Enter") this.pickAt(this.map.getCenter(), this.map.getSize().divideBy(2));
    });
  }

  pickAt(latlng, point) {
    const [x, y] = this.placeOf(latlng);
    this.state.pick(this.gridAt(x, y, this.sheetUnder(point)));
  }

  // Left of the slider lies the plan of before.
  sheetUnder(point) {
    return this.plan.sheets.length > 1 && point.x < this.slider() ? this.plan.sheets[1] : this.plan.sheets[0];
  }

  hover(area) {
    if (area === this.state.hovered) return;
    this.state.hovered = area;
    this.highlight.draw();
  }

  showTip(tip, point, thing) {
    const lines = thing ? this.wordsOf(thing) : this.wordsOfGrid();
    tip.hidden = lines.length === 0;
    if (tip.hidden) return;
    tip.textContent = "";
    lines.forEach((line, index) => {
      const element = document.createElement(index === 0 ? "strong" : "span");
      element.textContent = line;
      tip.appendChild(element);
    });
    const size = this.map.getSize();
    const [width, height] = [tip.offsetWidth, tip.offsetHeight];
    tip.style.left = Math.min(point.x + 14, size.x - width - 6) + "px";
    tip.style.top = (point.y + height + 24 > size.y ? point.y - height - 10 : point.y + 16) + "px";
  }

  wordsOf({ layer, item }) {
    const lines = [pick(layer.title) + " " + utf8(item.name)];
    if (layer.kind === "building") {
      const [grid, households] = item.numbers;
      if (grid > 0) lines.push(say("grid") + " " + this.plan.sheets[0].codes[grid - 1]);
      if (households > 0) lines.push(say("households") + " " + grouped(households - 1, 0));
    }
    return lines;
  }

  wordsOfGrid() {
    if (this.state.hovered < 0) return [];
    const { sheet, grid } = this.state.locate(this.state.hovered);
    const lines = [sheet.codes[grid] + (sheet.names[grid] ? " " + sheet.names[grid] : "")];
    const measure = this.state.measureOf(sheet);
    if (measure) {
      const column = sheet.columns.find((column) => column.key === measure.key);
      lines.push(pick(column.title) + " " + withUnit(column, column.values[grid]));
    }
    return lines;
  }

  // Longitude and latitude, by nine known places and a biquadratic between them.
  tellPlace(x, y) {
    const known = this.plan.degrees;
    if (known.length !== 9) return;
    const weights = (t) => [(2 * t - 1) * (t - 1), 4 * t * (1 - t), t * (2 * t - 1)];
    const [u, v] = [weights(x / this.plan.size[0]), weights(y / this.plan.size[1])];
    let [lon, lat] = [0, 0];
    for (let j = 0; j < 3; j++) {
      for (let i = 0; i < 3; i++) {
        lon += u[i] * v[j] * known[3 * j + i][0];
        lat += u[i] * v[j] * known[3 * j + i][1];
      }
    }
    document.getElementById("place").textContent =
      Math.abs(lat).toFixed(5) + "° " + (lat < 0 ? "S" : "N") + "  " + Math.abs(lon).toFixed(5) + "° " + (lon < 0 ? "W" : "E");
  }

  // MARK: Moving

  flyToArea(area) {
    const boxes = this.plan.areas.boxes.subarray(area * 4, area * 4 + 4);
    const [west, south, east, north] = Array.from(boxes, (value) => value * this.plan.step);
    const bounds = L.latLngBounds([south, west], [north, east]).pad(0.8);
    this.move(() => this.map.flyToBounds(bounds, { duration: 0.5, maxZoom: 2 }), () => this.map.fitBounds(bounds, { animate: false, maxZoom: 2 }));
  }

  flyToPlace(x, y) {
    const target = [y * this.plan.step, x * this.plan.step];
    const zoom = Math.max(this.map.getZoom(), Math.min(0, this.map.getMaxZoom()));
    this.move(() => this.map.flyTo(target, zoom, { duration: 0.5 }), () => this.map.setView(target, zoom, { animate: false }));
  }

  move(flying, jumping) {
    if (this.motion) flying();
    else jumping();
  }

  showWhole() { this.map.fitBounds(this.bounds, { padding: [18, 18] }); }

  // MARK: Furniture

  furnish() {
    const metresPerPixel = Math.pow(2, -this.map.getZoom());
    const length = roundLength(metresPerPixel, 140);
    const bar = document.getElementById("scale");
    bar.style.width = length / metresPerPixel + "px";
    bar.textContent = lengthText(length);
    this.clip();
  }

  // Where the line between before and after stands, in pixels from the left.
  slider() {
    const input = document.getElementById("slider");
    return (this.map.getSize().x * Number(input.value)) / 1000;
  }

  clip() {
    if (this.plan.sheets.length < 2) return;
    const at = this.slider();
    const corner = this.map.containerPointToLayerPoint([0, 0]);
    const end = this.map.containerPointToLayerPoint(this.map.getSize());
    const middle = corner.x + at;
    const rect = (left, right) => "rect(" + [corner.y, right, end.y, left].map((value) => Math.round(value) + "px").join(",") + ")";
    this.map.getPane("before").style.clip = rect(corner.x, middle);
    this.map.getPane("after").style.clip = rect(middle, end.x);
    document.getElementById("divider").style.left = at + "px";
  }
}
