// Draws the plan on a canvas. A view says how many pixels a step is and where the south-west corner lies.

const INK = { border: "#4d5357", community: "#16191c", building: "#a39b90", label: "#1d2327", land: "#f4f4f1" };
const WATER = { fill: "#b7d7e8", line: "#8dbbd3" };

class Painter {
  constructor(plan) {
    this.plan = plan;
    this.areas = plan.areas;
  }

  // options: sheet, measure, shown (a set of keys), ratio (pixels of the paper to one of the screen), most buildings.
  paint(context, view, options) {
    const box = boxOfView(view);
    const metres = this.plan.step / view.scale * options.ratio;
    context.lineJoin = "round";
    context.lineCap = "round";
    this.fillGrids(context, view, box, options);
    for (const layer of this.plan.layers) {
      if (!options.shown.has(layer.key)) continue;
      const painter = { water: "water", street: "streets", building: "buildings", overlay: "overlay" }[layer.kind];
      if (painter) this[painter](context, view, box, layer, metres, options);
    }
    if (options.shown.has("borders")) this.borders(context, view, box, options, metres);
    if (options.shown.has("communities")) this.communities(context, view, box, options);
    for (const layer of this.plan.layers) {
      if (layer.kind === "mark" && options.shown.has(layer.key)) this.marks(context, view, box, layer, options);
    }
    if (options.shown.has("labels")) this.labels(context, view, options);
  }

  // MARK: Areas

  fillGrids(context, view, box, options) {
    const { sheet, colors } = options;
    const lists = new Map();
    for (let grid = 0; grid < sheet.codes.length; grid++) {
      if (!this.meets(sheet.first + grid, box)) continue;
      const list = lists.get(colors[grid]);
      if (list) list.push(sheet.first + grid);
      else lists.set(colors[grid], [sheet.first + grid]);
    }
    for (const [color, list] of lists) {
      context.fillStyle = color;
      for (let start = 0; start < list.length; start += 64) {
        context.beginPath();
        for (const area of list.slice(start, start + 64)) this.trace(context, view, area);
        context.fill("evenodd");
      }
    }
  }

  borders(context, view, box, options, metres) {
    const { sheet, ratio } = options;
    const typical = Math.sqrt((this.plan.size[0] * this.plan.size[1]) / Math.max(1, sheet.codes.length)) * view.scale;
    context.strokeStyle = INK.border;
    context.globalAlpha = typical > 24 * ratio ? 0.9 : 0.55;
    context.lineWidth = ratio * Math.max(0.3, Math.min(1.5, typical / (60 * ratio)));
    this.strokeAreas(context, view, box, sheet.first, sheet.first + sheet.codes.length);
    context.globalAlpha = 1;
  }

  communities(context, view, box, options) {
    const { ratio } = options;
    const first = this.plan.firstCommunity;
    const count = this.plan.communities.length;
    const typical = Math.sqrt((this.plan.size[0] * this.plan.size[1]) / Math.max(1, count)) * view.scale;
    context.strokeStyle = INK.community;
    context.lineWidth = ratio * Math.max(0.7, Math.min(2.6, typical / (60 * ratio)));
    if (typical > 80 * ratio) context.setLineDash([8 * ratio, 4 * ratio]);
    this.strokeAreas(context, view, box, first, first + count);
    context.setLineDash([]);
  }

  // Every arc once, however many areas it bounds.
  strokeAreas(context, view, box, from, to) {
    const seen = new Uint8Array(this.areas.arcs.starts.length);
    context.beginPath();
    let pieces = 0;
    for (let area = from; area < to; area++) {
      if (!this.meets(area, box)) continue;
      const [first, end] = [this.areas.ringStarts[area], this.areas.ringStarts[area + 1]];
      for (let k = this.areas.arcStarts[first]; k < this.areas.arcStarts[end]; k++) {
        const ref = this.areas.refs[k];
        const arc = ref < 0 ? -ref - 1 : ref;
        if (seen[arc]) continue;
        seen[arc] = 1;
        this.traceArc(context, view, arc, false, true);
        if (++pieces % 400 === 0) {
          context.stroke();
          context.beginPath();
        }
      }
    }
    context.stroke();
  }

  meets(area, box) {
    const boxes = this.areas.boxes;
    const at = area * 4;
    return boxes[at] <= box[2] && boxes[at + 2] >= box[0] && boxes[at + 1] <= box[3] && boxes[at + 3] >= box[1];
  }

  trace(context, view, area) {
    const areas = this.areas;
    for (let ring = areas.ringStarts[area]; ring < areas.ringStarts[area + 1]; ring++) {
      for (let k = areas.arcStarts[ring]; k < areas.arcStarts[ring + 1]; k++) {
        const ref = areas.refs[k];
        this.traceArc(context, view, ref < 0 ? -ref - 1 : ref, ref < 0, k === areas.arcStarts[ring]);
      }
      context.closePath();
    }
  }

  // Places nearer than half a pixel to the one before are left out; the ends of the arc never.
  traceArc(context, view, arc, isBackward, isStart) {
    const { starts, places } = this.areas.arcs;
    const [from, to] = [starts[arc], starts[arc + 1]];
    const step = isBackward ? -1 : 1;
    let i = isBackward ? to - 1 : from;
    const end = isBackward ? from : to - 1;
    let [lastX, lastY] = [Infinity, Infinity];
    for (let isFirst = true; ; i += step, isFirst = false) {
      const x = view.x + places[2 * i] * view.scale;
      const y = view.y - places[2 * i + 1] * view.scale;
      if (isFirst && isStart) context.moveTo(x, y);
      else if (i === end || Math.abs(x - lastX) + Math.abs(y - lastY) > 0.6) context.lineTo(x, y);
      else if (i !== end) continue;
      lastX = x;
      lastY = y;
      if (i === end) break;
    }
  }

  // MARK: Small shapes

  water(context, view, box, layer) {
    context.fillStyle = WATER.fill;
    context.strokeStyle = WATER.line;
    context.lineWidth = 0.8;
    for (const item of (layer.visible(box, Infinity) || []).flat()) {
      context.beginPath();
      for (const path of item.paths) tracePath(context, view, path, true);
      context.fill("evenodd");
      context.stroke();
    }
  }

  streets(context, view, box, layer, metres, options) {
    if (metres > (layer.key === "roads" ? 120 : 12)) return;
    const tiles = layer.visible(box, options.most);
    if (!tiles) return;
    context.strokeStyle = "#ffffff";
    const byWidth = new Map();
    for (const item of tiles.flat()) {
      const list = byWidth.get(item.numbers[0]);
      if (list) list.push(item);
      else byWidth.set(item.numbers[0], [item]);
    }
    for (const width of Array.from(byWidth.keys()).sort((a, b) => a - b)) {
      context.lineWidth = Math.max(0.7 * options.ratio, Math.min(width / 10 / this.plan.step * view.scale, 11 * options.ratio));
      const items = byWidth.get(width);
      for (let start = 0; start < items.length; start += 200) {
        context.beginPath();
        for (const item of items.slice(start, start + 200)) {
          for (const path of item.paths) tracePath(context, view, path, false);
        }
        context.stroke();
      }
    }
  }

  buildings(context, view, box, layer, metres, options) {
    if (metres > 8) return;
    const tiles = layer.visible(box, options.most);
    if (!tiles) return;
    context.fillStyle = INK.building;
    context.globalAlpha = 0.9;
    for (const tile of tiles) {
      context.beginPath();
      for (const item of tile) {
        for (const path of item.paths) {
          if (path.length > 2) {
            tracePath(context, view, path, true);
          } else {
            const size = 2.2 * options.ratio;
            context.rect(view.x + path[0] * view.scale - size / 2, view.y - path[1] * view.scale - size / 2, size, size);
          }
        }
      }
      context.fill("evenodd");
    }
    context.globalAlpha = 1;
  }

  overlay(context, view, box, layer, metres, options) {
    const tiles = layer.visible(box, options.most);
    if (!tiles) return;
    context.fillStyle = layer.color;
    context.strokeStyle = layer.color;
    context.lineWidth = 0.6 * options.ratio;
    for (const item of tiles.flat()) {
      context.beginPath();
      for (const path of item.paths) tracePath(context, view, path, true);
      context.globalAlpha = layer.opacity;
      if (layer.opacity > 0) context.fill("evenodd");
      context.globalAlpha = 0.6;
      context.stroke();
    }
    context.globalAlpha = 1;
  }

  marks(context, view, box, layer, options) {
    const tiles = layer.visible(box, options.most);
    if (!tiles) return;
    const items = tiles.flat();
    const radius = (items.length > 4000 ? 1.6 : items.length > 600 ? 2.4 : 3.6) * options.ratio;
    context.fillStyle = layer.color;
    context.strokeStyle = "#ffffff";
    context.lineWidth = Math.min(1, radius / 3);
    context.beginPath();
    for (const item of items) {
      const x = view.x + item.paths[0][0] * view.scale;
      const y = view.y - item.paths[0][1] * view.scale;
      context.moveTo(x + radius, y);
      context.arc(x, y, radius, 0, 2 * Math.PI);
    }
    context.stroke();
    context.fill();
  }

  // MARK: Words

  // Codes where the grid has room for them and none stands on another.
  labels(context, view, options) {
    const { sheet, ratio } = options;
    const size = 12 * ratio;
    context.font = "600 " + size + "px " + FONT;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.strokeStyle = "rgba(255,255,255,0.85)";
    context.fillStyle = INK.label;
    context.lineWidth = 3 * ratio;
    const taken = new Set();
    for (let grid = 0; grid < sheet.labels.length; grid++) {
      const x = view.x + sheet.anchors[2 * grid] * view.scale;
      const y = view.y - sheet.anchors[2 * grid + 1] * view.scale;
      if (x < 0 || y < 0 || x > view.width || y > view.height) continue;
      const boxes = this.areas.boxes;
      const at = (sheet.first + grid) * 4;
      const label = sheet.labels[grid];
      const width = context.measureText(label).width;
      if ((boxes[at + 2] - boxes[at]) * view.scale < width * 1.1) continue;
      if ((boxes[at + 3] - boxes[at + 1]) * view.scale < size * 1.2) continue;
      const cells = [];
      for (let k = Math.floor((x - width / 2) / size); k <= Math.floor((x + width / 2) / size); k++) {
        cells.push(k + ":" + Math.floor(y / size - 0.5), k + ":" + Math.floor(y / size + 0.5));
      }
      if (cells.some((cell) => taken.has(cell))) continue;
      for (const cell of cells) taken.add(cell);
      context.strokeText(label, x, y);
      context.fillText(label, x, y);
    }
  }
}

const FONT = '"Segoe UI", "Helvetica Neue", Arial, "Noto Sans", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif';

function tracePath(context, view, path, isClosed) {
  context.moveTo(view.x + path[0] * view.scale, view.y - path[1] * view.scale);
  for (let i = 2; i < path.length; i += 2) context.lineTo(view.x + path[i] * view.scale, view.y - path[i + 1] * view.scale);
  if (isClosed) context.closePath();
}

// West, south, east, north in steps.
function boxOfView(view) {
  return [-view.x / view.scale, (view.y - view.height) / view.scale, (view.width - view.x) / view.scale, view.y / view.scale];
}

// The longest of 1, 2, 5, 10, 20… metres that takes at most so many pixels.
function roundLength(metresPerPixel, pixels) {
  let best = 0;
  for (let power = 0.01; power / metresPerPixel <= pixels; power *= 10) {
    for (const factor of [1, 2, 5]) if ((factor * power) / metresPerPixel <= pixels) best = factor * power;
  }
  return best;
}

function lengthText(metres) { return metres >= 1000 ? metres / 1000 + " km" : +metres.toPrecision(2) + " m"; }
