// Shapes as they are packed: whole numbers of seven bits a byte (LEB128), signs folded in (zigzag).

class Reader {
  constructor(base64) {
    this.bytes = atob(base64);
    this.at = 0;
  }

  whole() {
    let value = 0;
    let scale = 1;
    for (;;) {
      const byte = this.bytes.charCodeAt(this.at++);
      value += (byte & 127) * scale;
      if (byte < 128) return value;
      scale *= 128;
    }
  }

  signed() {
    const value = this.whole();
    return value % 2 ? -(value + 1) / 2 : value / 2;
  }

  // Text that shares its beginning with `previous`.
  text(previous) {
    const shared = this.whole();
    const length = this.whole();
    const rest = this.bytes.slice(this.at, this.at + length);
    this.at += length;
    return previous.slice(0, shared) + rest;
  }
}

// The arcs that bound all areas, in one list of coordinates.
function readArcs(base64) {
  const reader = new Reader(base64);
  const count = reader.whole();
  const starts = new Int32Array(count + 1);
  const places = [];
  let x = 0;
  let y = 0;
  for (let arc = 0; arc < count; arc++) {
    const length = reader.whole();
    for (let i = 0; i < length; i++) {
      x += reader.signed();
      y += reader.signed();
      places.push(x, y);
    }
    starts[arc + 1] = places.length / 2;
  }
  return { starts, places: Int32Array.from(places) };
}

// Areas: for each the range of its rings, for each ring the range of its arcs.
function readAreas(base64, arcs) {
  const reader = new Reader(base64);
  const count = reader.whole();
  const ringStarts = new Int32Array(count + 1);
  const arcStarts = [0];
  const refs = [];
  let last = 0;
  for (let area = 0; area < count; area++) {
    const rings = reader.whole();
    for (let ring = 0; ring < rings; ring++) {
      const length = reader.whole();
      for (let i = 0; i < length; i++) {
        last += reader.signed();
        refs.push(last);
      }
      arcStarts.push(refs.length);
    }
    ringStarts[area + 1] = arcStarts.length - 1;
  }
  const areas = { count, ringStarts, arcStarts: Int32Array.from(arcStarts), refs: Int32Array.from(refs), arcs };
  areas.boxes = boxesOf(areas);
  return areas;
}

function boxesOf(areas) {
  const boxes = new Float64Array(areas.count * 4);
  for (let area = 0; area < areas.count; area++) {
    let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
    forEachRing(areas, area, (xs) => {
      for (let i = 0; i < xs.length; i += 2) {
        west = Math.min(west, xs[i]);
        east = Math.max(east, xs[i]);
        south = Math.min(south, xs[i + 1]);
        north = Math.max(north, xs[i + 1]);
      }
    });
    boxes.set([west, south, east, north], area * 4);
  }
  return boxes;
}

// The rings of an area as lists x, y, x, y…
function forEachRing(areas, area, body) {
  for (let ring = areas.ringStarts[area]; ring < areas.ringStarts[area + 1]; ring++) body(ringOf(areas, ring));
}

function ringOf(areas, ring) {
  const { starts, places } = areas.arcs;
  const result = [];
  for (let k = areas.arcStarts[ring]; k < areas.arcStarts[ring + 1]; k++) {
    const ref = areas.refs[k];
    const arc = ref < 0 ? -ref - 1 : ref;
    const [from, to] = [starts[arc], starts[arc + 1]];
    if (ref < 0) {
      for (let i = to - 1; i > from; i--) result.push(places[2 * i], places[2 * i + 1]);
    } else {
      for (let i = from; i < to - 1; i++) result.push(places[2 * i], places[2 * i + 1]);
    }
  }
  return result;
}

function isInside(ring, x, y) {
  let inside = false;
  for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
    const [ya, yb] = [ring[i + 1], ring[j + 1]];
    if (ya > y !== yb > y && x < ((ring[j] - ring[i]) * (y - ya)) / (yb - ya) + ring[i]) inside = !inside;
  }
  return inside;
}

// Which of many boxes may hold a place: cells of equal size.
class CellIndex {
  constructor(boxes, from, to, width, height) {
    this.side = Math.max(1, Math.min(256, Math.ceil(Math.sqrt(to - from))));
    this.cell = Math.max(width, height, 1) / this.side;
    this.cells = new Map();
    for (let item = from; item < to; item++) {
      const [west, south, east, north] = boxes.subarray(item * 4, item * 4 + 4);
      if (!(west <= east)) continue;
      for (let i = this.at(west); i <= this.at(east); i++) {
        for (let j = this.at(south); j <= this.at(north); j++) {
          const key = i * 4096 + j;
          const list = this.cells.get(key);
          if (list) list.push(item);
          else this.cells.set(key, [item]);
        }
      }
    }
  }

  at(value) { return Math.max(0, Math.min(this.side, Math.floor(value / this.cell))); }

  near(x, y) { return this.cells.get(this.at(x) * 4096 + this.at(y)) || []; }
}

// Runs of small shapes, each decoded when it is first needed.
class TileLayer {
  constructor(layer) {
    Object.assign(this, layer);
    this.text = document.getElementById("tiles-" + layer.key).textContent;
    this.decoded = new Map();
  }

  // Items of the tiles that meet a box in steps; null where they are more than `most`.
  visible(box, most) {
    const hits = [];
    let count = 0;
    this.tiles.forEach((tile, index) => {
      const [west, south, east, north] = tile.box;
      if (west > box[2] || east < box[0] || south > box[3] || north < box[1]) return;
      hits.push(index);
      count += tile.count;
    });
    return count > most ? null : hits.map((index) => this.tile(index));
  }

  tile(index) {
    const known = this.decoded.get(index);
    if (known) return known;
    if (this.decoded.size > 1500) this.decoded.delete(this.decoded.keys().next().value);
    const tile = this.decode(index);
    this.decoded.set(index, tile);
    return tile;
  }

  decode(index) {
    const reader = new Reader(this.text.slice(index ? this.tiles[index - 1].end : 0, this.tiles[index].end));
    const items = [];
    let [x, y, name] = [0, 0, ""];
    for (let i = 0; i < this.tiles[index].count; i++) {
      const numbers = [];
      for (let k = 0; k < this.numbers; k++) numbers.push(reader.signed());
      if (this.hasNames) name = reader.text(name);
      const paths = [];
      for (let path = reader.whole(); path > 0; path--) {
        const places = [];
        for (let k = reader.whole(); k > 0; k--) {
          x += reader.signed();
          y += reader.signed();
          places.push(x, y);
        }
        paths.push(places);
      }
      items.push({ numbers, name, paths });
    }
    return items;
  }
}

// UTF-8 bytes as text.
function utf8(bytes) {
  try {
    return decodeURIComponent(escape(bytes));
  } catch (error) {
    return bytes;
  }
}
