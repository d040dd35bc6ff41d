/// A step of the ladder of picture quality.
public struct CameraLevel: Sendable, Hashable, Codable {
  public var name: String
  /// Pixels per metre of target.
  public var density: Double

  public init(name: String, density: Double) {
    self.name = name
    self.density = density
  }
}

/// What an audit takes for a value that nobody gave, and the ladder of levels.
///
/// Each default that is used is counted and named in the output; strict figures use none.
public struct CameraProfile: Sendable, Hashable, Codable {
  /// From the coarsest level to the finest, as IEC 62676-4 has it. Makers vary (62, 63).
  public var levels: [CameraLevel] = [
    CameraLevel(name: "detect", density: 25), CameraLevel(name: "observe", density: 62.5),
    CameraLevel(name: "recognise", density: 125), CameraLevel(name: "identify", density: 250),
  ]
  /// The level that a printed range is for.
  public var printedRangeLevel = "detect"
  public var projection = "arc"
  /// Fields of view by kind of camera.
  public var fieldOfView: [String: Double] = ["fixed": 90, "panning": 60, "dome": 360]
  public var sweep: Double = 360
  /// The range on the ground, to the printed level.
  public var groundRange: Double = 30
  public var kind = "fixed"
  /// The height of what is to be seen above the ground.
  public var targetHeight: Double = 0
  /// A camera without a direction looks away from a wall that is no farther than this.
  public var wallDistance: Double = 5
  public var isInService = true
  public var isNetworked = true

  public init() {}

  enum CodingKeys: String, CodingKey {
    case levels, printedRangeLevel, projection, fieldOfView, sweep, groundRange, kind, targetHeight, wallDistance
    case isInService = "inService"
    case isNetworked = "networked"
  }

  /// Reads a profile; what it leaves out keeps its default.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    func take<T: Decodable>(_ key: CodingKeys, _ path: WritableKeyPath<CameraProfile, T>) throws {
      if let value = try values.decodeIfPresent(T.self, forKey: key) { self[keyPath: path] = value }
    }
    try take(.levels, \.levels)
    try take(.printedRangeLevel, \.printedRangeLevel)
    try take(.projection, \.projection)
    try take(.fieldOfView, \.fieldOfView)
    try take(.sweep, \.sweep)
    try take(.groundRange, \.groundRange)
    try take(.kind, \.kind)
    try take(.targetHeight, \.targetHeight)
    try take(.wallDistance, \.wallDistance)
    try take(.isInService, \.isInService)
    try take(.isNetworked, \.isNetworked)
  }

  public func level(named name: String) -> CameraLevel? { levels.first { $0.name == name } }
}
