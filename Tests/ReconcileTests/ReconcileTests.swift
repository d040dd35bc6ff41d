import Georeference
import MapFiles
import Planar
import PlanModel
import Reconcile
import Testing

@Suite struct ReconcileTests {
  /// A square with its lower left corner at column and row, in degrees, near 116.3 E, 39.9 N.
  static func square(_ x: Double, _ y: Double, size: Double = 1) -> Geometry {
    let (lon, lat, unit) = (116.3 + x * 0.01, 39.9 + y * 0.01, 0.01 * size)
    return .polygon(Polygon(Box(min: Point(x: lon, y: lat), max: Point(x: lon + unit, y: lat + unit))))
  }

  static func layer(_ fields: [String], _ rows: [([String?], Geometry?)], crs: CRS? = .crs84, file: String = "a") -> Layer {
    Layer(
      name: file, file: file, crs: crs, fields: fields,
      features: rows.map { Feature(geometry: $0.1, values: $0.0.map { $0.map { .string($0) } ?? .null }) })
  }

  private func options(_ keys: [JoinKey]) -> ReconcileOptions {
    var options = ReconcileOptions()
    options.keys = keys
    return options
  }

  @Test func eachStepTakesWhatTheOneBeforeLeft() throws {
    let a = Self.layer(
      ["code", "name"],
      [(["110108001001", "翠湖社区居委会"], Self.square(0, 0)), (["x", "云山社區"], Self.square(1, 0)), ([nil, nil], Self.square(2, 0))])
    let b = Self.layer(
      ["code", "name"],
      [([nil, nil], Self.square(2.1, 0)), (["110108001001", "改名社区"], Self.square(0, 0)), (["y", "云山社区"], Self.square(1, 0))])
    let result = try reconcile(a, b, options: options([.code, .name, .place]))
    #expect(result.links.map { [$0.a, $0.b] } == [[0, 1], [1, 2], [2, 0]])
    #expect(result.links.map(\.basis) == [.code, .name, .place])
    #expect(abs(result.links[2].score - 0.9 / 1.1) < 0.001)
    #expect(result.leftoversOfA.isEmpty && result.leftoversOfB.isEmpty)
    #expect(result.conflicts.map { "\($0.a) \($0.field.a) \($0.kind)" } == ["0 name text", "1 code code", "1 name spelling", "2 geometry geometry"])
  }

  @Test func aNameThatRepeatsIsNeverJoinedByItself() throws {
    let six = (0..<6).map { (["新村社区"], Self.square(Double($0) * 3, 0)) as ([String?], Geometry?) }
    let other = [(["新村社区"], Self.square(6.05, 0)) as ([String?], Geometry?)]
    let flat = try reconcile(
      Self.layer(["name"], six.map { ($0.0, nil) }), Self.layer(["name"], other.map { ($0.0, nil) }), options: options([.name]))
    #expect(flat.links.isEmpty)
    #expect(Set(flat.leftoversOfA.map(\.reason)) == [.nameRepeats] && flat.leftoversOfB.map(\.reason) == [.nameRepeats])
    let placed = try reconcile(Self.layer(["name"], six), Self.layer(["name"], other), options: options([.name]))
    #expect(placed.links.map { [$0.a, $0.b] } == [[2, 0]])
    #expect(placed.links[0].basis == .nameAtPlace)
  }

  @Test func aLostCharacterNeedsTheAreaAboveOrThePlace() throws {
    let a = Self.layer(["name", "parent"], [(["麦?镇", "武平县"], nil), (["?江镇", nil], nil)])
    let b = Self.layer(["name", "parent"], [(["麦㙦镇", "武平县"], nil), (["䢺江镇", nil], nil)])
    let result = try reconcile(a, b, options: options([.name]))
    #expect(result.links.map { [$0.a, $0.b] } == [[0, 0]])
    #expect(result.links[0].basis == .similarNameInParent)
    #expect(result.leftoversOfA.map(\.reason) == [.lostCharacter])
  }

  @Test func namesRepeatInOtherAreas() throws {
    let a = Self.layer(["name", "街道"], [(["新村社区", "东街道"], nil), (["新村社区", "西街道"], nil), (["独一社区", "北街道"], nil)])
    let b = Self.layer(["name", "街道"], [(["新村社区", "西街道办事处"], nil), (["新村社区", "东街道"], nil), (["独一社区", "南街道"], nil)])
    let result = try reconcile(a, b, options: options([.name]))
    #expect(result.links.map { [$0.a, $0.b] } == [[0, 1], [1, 0]])
    // Alone of its name on either side, but in streets that differ, and no place to confirm it.
    #expect(result.leftoversOfA.map(\.row) == [2])
  }

  @Test func aCodeThatIsNotWhatItSeemsIsNotJoined() throws {
    let a = Self.layer(["code"], [(["110108018"], Self.square(0, 0))])
    let b = Self.layer(["code"], [(["110108018000"], Self.square(20, 0))])
    let result = try reconcile(a, b, options: options([.code]))
    #expect(result.links.isEmpty)
    guard case .contradicted(.code, 0, let distance)? = result.leftoversOfA.first?.reason else {
      Issue.record("\(result.leftoversOfA)")
      return
    }
    // 19 squares of 0.01° at 39.9° N apart.
    #expect(abs(distance - 16_250) < 100)
  }

  @Test func dividedAreasSayInWhichTheyLie() throws {
    let a = Self.layer(["name"], [(["大社区"], Self.square(0, 0, size: 2))])
    let b = Self.layer(["name"], (0..<4).map { (["\($0)"], Self.square(Double($0 % 2), Double($0 / 2))) })
    let result = try reconcile(a, b, options: options([.place]))
    #expect(result.links.isEmpty)
    #expect(result.leftoversOfB.count == 4)
    for leftover in result.leftoversOfB {
      guard case .partOf(0, let share) = leftover.reason else { Issue.record("\(leftover)"); continue }
      #expect(share > 0.999)
    }
  }

  @Test func pointsJoinOnlyWhereNothingElseIsAsNear() throws {
    func point(_ metres: Double) -> Geometry { .point(Point(x: 116.3 + metres / 85_400, y: 39.9)) }
    let a = Self.layer(["name"], [(["p"], point(0)), (["q"], point(1000))])
    let b = Self.layer(["name"], [(["r"], point(10)), (["s"], point(990)), (["t"], point(1012)), (["u"], point(5000))])
    let result = try reconcile(a, b, options: options([.place]))
    #expect(result.links.map { [$0.a, $0.b] } == [[0, 0]])
    #expect(abs((result.links[0].distance ?? 0) - 10) < 0.1)
    #expect(result.leftoversOfA.map(\.reason) == [.placeRepeats])
    #expect(result.leftoversOfB.last?.reason == .noCounterpart)
  }

  @Test func householdsByAddressAddUpAtBuildings() throws {
    let table = Self.layer(
      ["地址", "户数"],
      [
        (["海淀区二里庄北里三号楼1单元101", "1"], nil), (["二里庄北里3幢2单元201", "2"], nil), (["学院路街道二里庄北里5栋", "40"], nil),
        (["建设路7号", "9"], nil), (["二里?北里5栋", "3"], nil), (["朝阳区二里庄北里3号楼", "4"], nil),
      ], crs: nil)
    let buildings = Self.layer(
      ["id", "address", "households"],
      [
        (["b1", "海淀区二里庄北里3号楼", "5"], Self.square(0, 0)), (["b2", "二里庄北里5号楼", "40"], Self.square(1, 0)),
        (["b3", "建设路7号", nil], Self.square(2, 0)), (["b4", "建设路7号", nil], Self.square(3, 0)),
      ], file: "b")
    var options = options([.address])
    options.fieldsOfA.value = "户数"
    options.fieldsOfB.value = "households"
    let result = try reconcile(table, buildings, options: options)
    #expect(result.links.map { [$0.a, $0.b] } == [[0, 0], [1, 0], [2, 1]])
    #expect(result.leftoversOfA.map { [$0.row: $0.reason] } == [[3: .addressRepeats], [4: .lostCharacter], [5: .noCounterpart]])
    #expect(result.totals.value?.ofA == 59 && result.totals.value?.joinedOfA == 43)
    let conflict = try #require(result.conflicts.first { $0.kind == .number })
    #expect(conflict.difference == 2 && conflict.valueOfA == "3" && conflict.valueOfB == "5")
    // The merged layer: every building once, with the sum of the table's rows.
    #expect(result.merged.features.count == 4)
    let households = try #require(result.merged.index(of: "户数"))
    #expect(result.merged.features.map { $0.values[households] } == [.integer(3), .integer(40), .null, .null])
  }

  @Test func rulesDecideFieldByField() throws {
    let a = Self.layer(["name", "户数", "日期"], [(["甲社区", "100", "2022年5月"], Self.square(0, 0)), (["乙社区", "50", "2024-01-02"], Self.square(1, 0))])
    let b = Self.layer(["name", "households", "日期"], [(["甲社区", "120", "2023/1/1"], Self.square(0, 0)), (["乙社区", "40", "2023-12-31"], Self.square(1, 0))])
    func kept(_ rules: [String]) throws -> [FieldValue] {
      var options = options([.name])
      options.compared = [FieldPair(a: "户数", b: "households")]
      options.rules = rules.compactMap(WinnerRule.init)
      let merged = try reconcile(a, b, options: options).merged
      return merged.features.map { $0.values[merged.index(of: "户数")!] }
    }
    #expect(try kept([]) == [.string("100"), .string("50")])
    #expect(try kept(["B"]) == [.string("120"), .string("40")])
    #expect(try kept(["larger"]) == [.string("120"), .string("50")])
    #expect(try kept(["B", "户数=smaller"]) == [.string("100"), .string("40")])
    #expect(try kept(["newer:日期"]) == [.string("120"), .string("50")])
    #expect(WinnerRule("户数=newest") == nil && WinnerRule("C") == nil)
  }

  @Test func aShiftOfGCJ02IsMeasured() throws {
    let names = (0..<9).map { "第\($0)社区" }
    let plain = Self.layer(["name"], names.indices.map { ([names[$0]], Self.square(Double($0 % 3), Double($0 / 3))) })
    var shifted = try plain.transformed(to: .gcj02)
    shifted.crs = .crs84
    let result = try reconcile(plain, shifted, options: options([.name]))
    let shift = try #require(result.shift)
    #expect(!shift.suspectIsA && shift.pairs == 9)
    #expect(shift.measured.distance(to: shift.expected) < 5)
    #expect(shift.expected.x > 400)
    let back = try reconcile(shifted, plain, options: options([.name]))
    #expect(back.shift?.suspectIsA == true)
    shifted.crs = .gcj02
    let declared = try reconcile(plain, shifted, options: options([.name]))
    #expect(declared.shift == nil && declared.links.allSatisfy { $0.overlap! > 0.999 })
  }

  /// Whatever the order of the rows, the same rows are joined.
  @Test func orderDoesNotMatter() throws {
    var generator = SystemRandomNumberGenerator()
    let a = Self.layer(["name"], (0..<40).map { (["第\($0 % 30)社区"], Self.square(Double($0 % 8), Double($0 / 8))) })
    let b = Self.layer(["name"], (0..<40).map { (["第\($0 % 33)社区居委会"], Self.square(Double($0 % 8) + 0.2, Double($0 / 8))) })
    func pairs(_ p: Layer, _ q: Layer) throws -> Set<[Feature]> {
      Set(try reconcile(p, q).links.map { [p.features[$0.a], q.features[$0.b]] })
    }
    let first = try pairs(a, b)
    #expect(first.count == 40)
    for _ in 0..<3 {
      var (p, q) = (a, b)
      p.features.shuffle(using: &generator)
      q.features.shuffle(using: &generator)
      #expect(try pairs(p, q) == first)
    }
  }
}
