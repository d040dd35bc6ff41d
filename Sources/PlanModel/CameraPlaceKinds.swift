/// Kinds of places that an audit asks about, as data: which attributes tell them and how much a
/// view into them matters.
public struct CameraPlaceKinds: Sendable, Hashable, Codable {
  /// What a view into a place means. None is a verdict: each says "check on site".
  public enum Concern: String, Sendable, Hashable, Codable, Comparable {
    /// Where the regulation on public security video systems allows no camera: guest rooms,
    /// dormitories and staff rest rooms, baths, toilets, changing, nursing and fitting rooms.
    case forbidden
    case sensitive
    case home
    /// Private ground.
    case privateGround = "private"

    public static func < (a: Concern, b: Concern) -> Bool { a.rawValue < b.rawValue }
  }

  public struct Kind: Sendable, Hashable, Codable {
    public var name: String
    public var concern: Concern
    /// Attributes and their values, any of which tells the kind.
    public var attributes: [String: [String]]

    public init(_ name: String, _ concern: Concern, _ attributes: [String: [String]]) {
      self.name = name
      self.concern = concern
      self.attributes = attributes
    }
  }

  public var kinds: [Kind]

  public init(_ kinds: [Kind] = CameraPlaceKinds.standard) { self.kinds = kinds }

  /// The first kind that the attributes tell.
  public func kind(_ value: (String) -> String?) -> Kind? {
    kinds.first { kind in
      kind.attributes.contains { name, values in
        value(name).map { values.contains($0.lowercased()) } ?? false
      }
    }
  }

  private static let useNames = ["kind", "use", "usage", "type", "类型", "用途"]

  private static func named(_ values: [String], _ more: [String: [String]]) -> [String: [String]] {
    var attributes = more
    for name in useNames { attributes[name] = values }
    return attributes
  }

  /// Kinds that are told apart where nobody says otherwise.
  public static let standard: [Kind] = [
    Kind("toilet", .forbidden, named(["toilet", "toilets", "公共厕所", "厕所"], ["amenity": ["toilets"]])),
    Kind("bath", .forbidden, named(["bath", "public_bath", "浴室"], ["amenity": ["public_bath"], "leisure": ["sauna"]])),
    Kind("changing room", .forbidden, named(["changing_room", "fitting_room", "nursing_room", "更衣室", "哺乳室", "试衣间"], ["room": ["changing", "nursing"]])),
    Kind("guest rooms", .forbidden, named(["hotel", "guest_room", "客房"], ["tourism": ["hotel", "hostel", "guest_house", "motel"], "building": ["hotel"]])),
    Kind("dormitory", .forbidden, named(["dormitory", "宿舍"], ["building": ["dormitory"]])),
    Kind("health", .sensitive, named(["hospital", "clinic", "医院", "诊所"], ["amenity": ["hospital", "clinic", "doctors"], "building": ["hospital"]])),
    Kind("school", .sensitive, named(["school", "kindergarten", "学校", "幼儿园"], ["amenity": ["school", "kindergarten"], "building": ["school", "kindergarten"]])),
    Kind("worship", .sensitive, named(["worship"], ["amenity": ["place_of_worship"], "building": ["church", "chapel", "cathedral", "mosque", "temple", "synagogue"]])),
    Kind("care", .sensitive, named(["nursing_home", "shelter", "养老院"], ["amenity": ["nursing_home", "social_facility", "shelter"]])),
    Kind("home", .home, named(["residential", "apartments", "house", "home", "住宅", "居住"], ["building": ["apartments", "residential", "house", "detached", "terrace", "semidetached_house", "bungalow", "farm", "cabin"]])),
    Kind("private ground", .privateGround, named(["private", "garden", "私人"], ["access": ["private"], "leisure": ["garden"]])),
  ]
}
