import PlanModel

extension StarterFolder {
  /// A scenario for the map, every key with what it means.
  var scenarioText: String {
    let bounds = request.profile == .urban ? (300, 400, 500) : (100, 220, 350)
    return """
      \(says("A scenario of gridplan: which maps to read, what to do with them, where to write.",
             "gridplan 方案文件：读哪些图层、做什么、写到哪里。"))
      \(says("Paths are relative to this file. `gridplan schema` prints every key.",
             "路径均相对于本文件。`gridplan schema` 列出全部键。"))
      \(says("The map is synthetic (map/SOURCE.md). Put your own files in its place, one layer at a time.",
             "所附地图为合成数据（见 map/SOURCE.md）。可逐层换成自己的文件。"))
      name: \(language("Synthetic \(request.profile == .urban ? "town" : "township")", request.profile == .urban ? "示范城区（合成）" : "示范乡镇（合成）"))

      \(says("The working reference system, projected and in metres. Chosen from the data and stated where absent.",
             "计算所用投影坐标系（米）。不写则按数据自动选取，并在报告中说明。"))
      # crs: EPSG:4550

      layers:
        \(says("Areas that the grids tile (社区, 村): 12-digit code as text, name. Optional.",
               "社区（村）边界：12 位区划代码（文本）、名称。可省略。"))
        communities: {file: map/communities.geojson, code: code, name: name}
        \(says("Footprints with a count of households each. A count, never persons: personal columns are refused.",
               "建筑轮廓及户数。只要户数，不要个人信息：含个人信息的列会被拒收。"))
        buildings: {file: map/buildings.geojson, id: id, households: households, floors: floors, use: use}
        \(says("No counts? Estimate them; all that rests on them is marked estimated:",
               "没有户数时可估算，相关结果均标为估算："))
        #   households: {from: floorArea, per: 95, uses: [residential]}
        \(says("Centre lines; grids follow them. Tunnels, bridges and other levels bound nothing.",
               "道路中心线，网格沿路划分；隧道、桥梁和其他层的道路不作边界。"))
        streets: {file: map/streets.geojson, name: name, class: highway, tunnel: tunnel, bridge: bridge, level: layer}
        \(says("Rivers and lakes: no grid crosses them.", "河湖水面：网格不跨越。"))
        water: {file: map/water.geojson, name: name, kind: kind}
        \(says("Walled areas (小区) that no border cuts, unless one holds more than a grid may.",
               "小区等围合区域，边界不穿过；户数超过上限的小区除外。"))
        compounds: {file: map/compounds.geojson, id: id, name: name}
        \(says("Instead of buildings and streets: ready units with counts, which are only grouped.",
               "也可不用建筑和道路，改用现成的基础单元（带户数），只做归并："))
        # units: {file: map/units.geojson, id: id, parent: community, households: households}
        \(says("The plan of today, to take it as it is (grids.from: existing) or to compare with.",
               "现行网格，用于沿用（grids.from: existing）或比较。"))
        # grids: {file: map/grids.geojson, code: code, name: name, parent: community}
        \(says("Public cameras: degrees clockwise from north, metres. Gaps are allowed and reported.",
               "公共摄像头：方位角为正北起顺时针度数，距离为米。可有缺项，报告会列出。"))
        cameras: {file: map/cameras.geojson, id: id, azimuth: azimuth, fieldOfView: fov, range: range, height: height, type: kind, inService: inService, networked: networked}
        \(says("Timed events, by category.", "事件：类别、上报和办结时间。"))
        events: {file: map/events.geojson, id: id, category: category, reported: reported, closed: closed}
        \(says("Posts of workers, never their names.", "网格员岗位，不含姓名。"))
        workers: {file: map/workers.geojson, id: id, grid: grid, hours: hours, skill: skills}
        \(says("Places that should be in view, and places where views don't belong.",
               "应当看得到的重点部位，以及不得拍到的场所。"))
        keyPlaces: {file: map/keyPlaces.geojson, id: id, name: name, kind: kind}
        sensitivePlaces: {file: map/sensitivePlaces.geojson, id: id, name: name, kind: kind}

      grids:
        \(says("Hard bounds of households in a grid, and the number to come near.",
               "每个网格户数的下限、理想值和上限（上下限为硬约束）。"))
        households: {min: \(bounds.0), ideal: \(bounds.1), max: \(bounds.2)}
        \(says("How many grids in each community: a number, or auto.", "每个社区的网格数：整数或 auto。"))
        count: auto
        \(says("A building above the maximum becomes a grid of its own (own), or ends the run (refuse).",
               "超过上限的单栋建筑：单独成格（own）或终止（refuse）。"))
        oversize: own
        \(says("The same seed gives the same plan.", "种子相同，结果相同。"))
        seed: 1

      \(says("What cameras see and reach is computed too; how, where the usual is not right:",
             "摄像机的可视与可及范围一并计算；需要时可改参数："))
      # coverage: {range: 30, fov: 90, level: detect, k: 1}

      \(says("What workers do: per household, building, place, streetMetre, hectare, event or grid. How often is",
             "服务项目：按户、楼、场所、道路米、公顷、事件或网格计。频次按服务统一设定，"))
      \(says("set for a service as a whole, never for one home. A default profile applies without this list.",
             "不得针对某一住户。不写则用默认项目。"))
      services:
        - {name: \(language("visit", "走访")), per: household, timesPerYear: 4, minutes: 15, skill: general}
        - {name: \(language("patrol", "巡查")), per: streetMetre, timesPerYear: 50, minutes: 0.012, skill: general}
        - {name: \(language("event", "事件处置")), per: event, timesPerYear: 1, minutes: 30, skill: general}

      output: {folder: out}

      """
  }

  private func says(_ english: String, _ chinese: String) -> String { "# " + language(english, chinese) }
}
