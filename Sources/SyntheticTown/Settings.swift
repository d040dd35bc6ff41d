import Planar

/// The measures of a profile, in metres unless the name says otherwise.
struct Settings {
  var columnSpacing: ClosedRange<Double>
  var rowSpacing: ClosedRange<Double>
  var jitter: Double
  var householdsPerCommunity: Int
  /// Residential floor area per household, m².
  var floorAreaPerHousehold: Double
  /// Gross density of the whole town, households per m²; only a guess of its size.
  var density: Double
  /// The share of minor streets that are left out, so that two cells make one block.
  var mergedShare: Double
  var riverWidth: Double
  /// From the water's edge to the street along the bank.
  var embankment: Double
  /// From a street's centre line to the first wall, by class.
  var setback: [StreetClass: Double]

  init(_ request: TownRequest) {
    let river = 40 + 10 * (Double(request.households) / 2_000).squareRoot().squareRoot()
    switch request.profile {
    case .urban:
      columnSpacing = 170...270
      rowSpacing = 180...290
      jitter = 9
      householdsPerCommunity = 1_600
      floorAreaPerHousehold = 98
      density = 0.0075
      mergedShare = 0.22
      riverWidth = river
      embankment = 32
      setback = [.primary: 27, .secondary: 20, .tertiary: 16, .residential: 13]
    case .rural:
      columnSpacing = 400...720
      rowSpacing = 420...700
      jitter = 40
      householdsPerCommunity = 620
      floorAreaPerHousehold = 150
      density = 0.00045
      mergedShare = 0.3
      riverWidth = river * 0.7
      embankment = 25
      setback = [.primary: 24, .secondary: 18, .tertiary: 14, .residential: 11]
    }
  }

  var halfBand: Double { riverWidth / 2 + embankment }
}

/// Classes of streets, as OpenStreetMap's `highway` names them.
enum StreetClass: String {
  case primary, secondary, tertiary, residential, service
}
