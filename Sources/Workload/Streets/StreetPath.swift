public import Planar

/// A street as a line in metres, with the height level that it runs on.
public struct StreetPath: Sendable, Hashable {
  public var points: [Point]
  /// Lines of different levels (bridges, tunnels) meet only where they share a vertex.
  public var level: Int

  public init(points: [Point], level: Int = 0) {
    self.points = points
    self.level = level
  }
}
