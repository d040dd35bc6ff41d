/// What a parcel (half of a cell) is for.
enum ParcelUse: String {
  case slabs, midrise, towers, villas
  case school, hospital, market, park, commercial, offices, publicService, industry
  case village, fields

  var isResidential: Bool {
    switch self {
    case .slabs, .midrise, .towers, .villas, .village: true
    default: false
    }
  }

  /// The kind of compound, as the layer names it.
  var compoundKind: String {
    switch self {
    case .slabs, .midrise, .towers, .villas: "residential"
    case .publicService: "public"
    default: rawValue
    }
  }
}

/// What a building is for, as the layer names it.
enum BuildingUse: String {
  case residential, commercial, school, hospital, market, industrial
  case publicUse = "public"
}

/// Decides what each parcel is for.
struct Zoning {
  let profile: TownProfile

  /// - Parameters:
  ///   - order: place of the cell in the growth of the town, from 0 in the middle.
  ///   - distance: metres from the middle.
  func use(order: Int, parcel: Int, distance: Double, _ random: inout SplitMix64) -> ParcelUse {
    if let needed = needed(order: order, parcel: parcel) { return needed }
    return random.pick(weighted: profile == .urban ? urban(distance) : rural)
  }

  /// Every town has a market, schools, parks and a hospital.
  private func needed(order: Int, parcel: Int) -> ParcelUse? {
    switch profile {
    case .urban where parcel == 0:
      // The first cell of either bank has homes.
      return order < 2 ? .slabs : nil
    case .urban:
      if order % 60 == 3 { return .hospital }
      switch order % 12 {
      case 1: return .market
      case 4: return .school
      case 6: return .park
      default: return nil
      }
    case .rural:
      switch order {
      case 0: return .publicService
      case 1: return .school
      case 2: return .market
      case 3: return .hospital
      default: return nil
      }
    }
  }

  private func urban(_ distance: Double) -> [(ParcelUse, Double)] {
    switch distance {
    case ..<900:
      [(.slabs, 42), (.midrise, 14), (.towers, 12), (.commercial, 9), (.offices, 8), (.publicService, 5), (.school, 3), (.park, 2)]
    case ..<4_000:
      [(.slabs, 34), (.midrise, 22), (.towers, 22), (.commercial, 4), (.offices, 4), (.publicService, 3), (.school, 4), (.park, 3)]
    default:
      [(.slabs, 22), (.midrise, 26), (.towers, 27), (.villas, 5), (.commercial, 3), (.industry, 6), (.school, 4), (.park, 4)]
    }
  }

  private var rural: [(ParcelUse, Double)] {
    [(.village, 66), (.fields, 28), (.school, 2), (.park, 1), (.industry, 3)]
  }
}
