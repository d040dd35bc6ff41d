import Planar

extension Division {
  /// The fabric of the labels.
  consuming func fabric(_ homes: BuildingHomes, _ frame: GridFrame, _ settings: FabricSettings) -> Fabric {
    let water = firstOpenLabel + Int32(openGround.count)
    var (units, unitOfLabel) = units(homes)
    unitOfLabel.append(Int32(units.count))
    var segments = borders(water: water)
    for index in segments.indices {
      let (left, right) = (segments[index].left, segments[index].right)
      segments[index].left = left < 0 ? -1 : unitOfLabel[Int(left)]
      segments[index].right = right < 0 ? -1 : unitOfLabel[Int(right)]
    }
    let (rough, nodeCount) = tracedArcs(of: segments)
    let simplification = Simplification(
      tolerance: settings.simplification * frame.scale * 2, lineTolerance: 4)
    let arcs = simplification.apply(to: rough, pinned: wallPoints())
    // Water takes part as if it were a last unit.
    units.append(FabricUnit(parent: nil))
    var fabric = Fabric(arcs, nodeCount: nodeCount, units: units, in: frame.halved)
    fabric.setApartLastUnit()
    fabric.findInteriorPoints { _ in nil }
    return fabric
  }

  /// The units without their polygons: those with buildings, then open ground from west to east;
  /// and the unit of each label, -1 for labels that no ground has.
  private borrowing func units(_ homes: BuildingHomes) -> ([FabricUnit], [Int32]) {
    var unitOfLabel = [Int32](repeating: -1, count: Int(firstOpenLabel) + openGround.count)
    var units: [FabricUnit] = []
    for (building, leader) in homes.leader.enumerated() where leader >= 0 {
      if Int(leader) == building {
        unitOfLabel[building] = Int32(units.count)
        units.append(unit(on: Int(homes.homeRegion[building])))
      }
      units[Int(unitOfLabel[Int(leader)])].buildings.append(building)
    }
    var isUsed = [Bool](repeating: false, count: openGround.count)
    for h in corner.indices where corner[h] >= firstOpenLabel { isUsed[Int(corner[h] - firstOpenLabel)] = true }
    let places = openGround.map(\.measure.place)
    let order = isUsed.indices.filter { isUsed[$0] }.sorted { places[$0].precedes(places[$1]) }
    for ground in order {
      unitOfLabel[Int(firstOpenLabel) + ground] = Int32(units.count)
      units.append(unit(on: Int(openGround[ground].region)))
    }
    return (units, unitOfLabel)
  }

  private borrowing func unit(on region: Int) -> FabricUnit {
    let (parent, compound) = (ground.parent[region], ground.compound[region])
    return FabricUnit(
      parent: parent < 0 ? nil : Int(parent), compound: compound < 0 ? nil : Int(compound))
  }

  /// The vertices of buildings, in half ticks.
  private borrowing func wallPoints() -> [GridPoint] {
    var points: [GridPoint] = []
    for vertex in isWall.indices where isWall[vertex] { points.append(mesh.points[vertex].doubled) }
    return points
  }
}
