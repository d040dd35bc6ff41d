// Words in both languages, and numbers as they are read.

const WORDS = {
  search: ["Find a grid, community or building", "查找网格、社区或建筑"],
  noMatch: ["Nothing found", "没有找到"],
  print: ["Print", "打印"],
  otherLanguage: ["中文", "English"],
  languageHint: ["切换为中文", "Switch to English"],
  overview: ["Overview", "概览"],
  grids: ["Grids", "网格"],
  problems: ["To check", "待核对"],
  widen: ["Wider or narrower table", "放宽或收窄表格"],
  colour: ["Colour by", "着色指标"],
  layers: ["Layers", "图层"],
  labels: ["Codes of grids", "网格编号"],
  borders: ["Borders of grids", "网格边界"],
  communities: ["Communities", "社区"],
  zoomIn: ["Zoom in", "放大"],
  zoomOut: ["Zoom out", "缩小"],
  whole: ["Show the whole plan", "显示全图"],
  close: ["Close", "关闭"],
  grid: ["Grid", "网格"],
  community: ["Community", "社区"],
  building: ["Building", "建筑"],
  households: ["Households", "户数"],
  name: ["Name", "名称"],
  code: ["Code", "编号"],
  none: ["none", "无"],
  map: ["Map of the plan. Arrow keys move it, plus and minus zoom, Enter picks the grid in the middle.",
    "方案地图。方向键平移，加减键缩放，回车选中中央的网格。"],
  figures: ["Figures of the plan", "方案数据"],
  deviationChart: ["Households against the mean", "户数与平均值之差"],
  deviationChartHint: ["How many grids lie how far from the mean", "各偏差区间的网格数"],
  perWorkerChart: ["Work of each worker", "每个岗位的工作量"],
  perWorkerChartHint: ["Hours a year for each post, grid by grid, least first", "每岗位年工时，按网格从少到多"],
  workChart: ["Work of each grid", "每格工作量"],
  workChartHint: ["Hours a year, least first", "年工时，从少到多"],
  postsChart: ["Load of each post", "各岗位负荷"],
  postsChartHint: ["Share of the post's own hours, least first", "占岗位工时的比例，从少到多"],
  householdsChart: ["Households of each grid", "每格户数"],
  householdsChartHint: ["Least first", "从少到多"],
  hours: ["h a year", "小时/年"],
  mean: ["mean", "平均"],
  gridsIn: ["grids", "个网格"],
  from: ["least", "最少"],
  to: ["most", "最多"],
  all: ["all kinds", "全部类别"],
  kinds: ["Kind", "类别"],
  noProblems: ["Nothing to check.", "没有待核对的问题。"],
  noPlace: ["no place on the map", "无位置"],
  error: ["error", "错误"],
  warning: ["warning", "警告"],
  info: ["note", "提示"],
  published: ["For publication: no counts of buildings, small counts left out", "公开版：不含单栋户数，小数字已隐去"],
  internal: ["Internal: exact counts, not for publication", "内部版：含精确数字，不得公开"],
  paper: ["Paper", "纸张"],
  direction: ["Direction", "方向"],
  landscape: ["landscape", "横向"],
  portrait: ["portrait", "纵向"],
  extent: ["Area", "范围"],
  wholePlan: ["whole plan", "全图"],
  currentView: ["as on the screen", "当前视图"],
  cancel: ["Cancel", "取消"],
  printTitle: ["Print the map", "打印地图"],
  madeWith: ["Made with gridplan", "由 gridplan 制作"],
  date: ["Date", "日期"],
  printed: ["printed", "打印于"],
  scaleWord: ["Scale", "比例尺"],
  north: ["N", "北"],
  before: ["Before", "调整前"],
  after: ["After", "调整后"],
  compareSlider: ["Line between before and after", "调整前后的分界线"],
  sorted: ["Sort by", "排序"],
  rows: ["grids; pick one to see it on the map", "个网格；点选即在地图上定位"],
  zoomForMore: ["zoom in to see", "放大后显示"],
  notes: ["Notes", "说明"],
  coverage: ["Views", "视域"],
};

let language = "en";
const languageListeners = [];

function say(key) { return WORDS[key][language === "zh" ? 1 : 0]; }

function pick(phrase) { return phrase ? phrase[language] : ""; }

function onLanguage(listener) { languageListeners.push(listener); }

function setLanguage(next) {
  language = next;
  document.documentElement.lang = next === "zh" ? "zh-CN" : "en";
  for (const element of document.querySelectorAll("[data-word]")) element.textContent = say(element.dataset.word);
  for (const element of document.querySelectorAll("[data-label]")) {
    element.setAttribute("aria-label", say(element.dataset.label));
    if (element.tagName === "BUTTON") element.title = say(element.dataset.label);
  }
  for (const element of document.querySelectorAll("[data-hint]")) element.placeholder = say(element.dataset.hint);
  for (const listener of languageListeners) listener();
}

function grouped(value, decimals) {
  const parts = Math.abs(value).toFixed(decimals).split(".");
  parts[0] = parts[0].replace(/\B(?=(\d{3})+(?!\d))/g, ",");
  const text = parts.join(".");
  return value < 0 && /[1-9]/.test(text) ? "−" + text : text;
}

function percent(value, decimals, signed) {
  const text = grouped(value * 100, decimals) + (language === "zh" ? "%" : " %");
  return signed && value > 0 ? "+" + text : text;
}

// A column's value in words, without its unit.
function wording(column, value) {
  if (value === null || value === undefined) return "–";
  if (column.words) return pick(column.words[value]);
  if (column.isShare) return percent(value, column.decimals, true);
  return grouped(value, column.decimals);
}

function withUnit(column, value) {
  const unit = pick(column.unit);
  const text = wording(column, value);
  return unit && text !== "–" ? text + " " + unit : text;
}

function heading(column) {
  const unit = pick(column.unit);
  return pick(column.title) + (unit ? (language === "zh" ? "（" + unit + "）" : " (" + unit + ")") : "");
}
