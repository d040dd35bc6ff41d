/// A figure twice: from what is known alone, and with the profile's defaults.
public struct StrictAndLenient<Value: Sendable & Codable>: Sendable, Codable {
  /// Cameras whose view rests on no default; in service and networked where they say so.
  public var strict: Value
  /// All cameras with a view; in service and networked where they say so or the profile assumes it.
  public var lenient: Value
}

/// A figure for all cameras, those in service and those networked.
public struct BySubset<Value: Sendable & Codable>: Sendable, Codable {
  public var all: Value
  public var inService: Value
  public var networked: Value
}

public typealias Figures<Value: Sendable & Codable> = StrictAndLenient<BySubset<Value>>

/// A number of things and how many of them are covered.
public struct CountFigure: Sendable, Codable {
  public var covered: Int
  public var of: Int
  /// `covered` / `of`; nil where there are none.
  public var share: Double?

  init(_ covered: Int, of total: Int) {
    self.covered = covered
    of = total
    share = total > 0 ? rounded(Double(covered) / Double(total), 6) : nil
  }
}

/// A length or an area seen by at least 1, 2 and 3 cameras.
public struct DepthFigure: Sendable, Codable {
  public var k1: Double
  public var k2: Double
  public var k3: Double
  public var of: Double
  /// `k1` / `of`; nil where there is nothing.
  public var share: Double?

  init(_ atLeast: [Double], of total: Double) {
    (k1, k2, k3) = (rounded(atLeast[0], 3), rounded(atLeast[1], 3), rounded(atLeast[2], 3))
    of = rounded(total, 3)
    share = total > 0 ? rounded(min(1, atLeast[0] / total), 6) : nil
  }
}

func rounded(_ value: Double, _ decimals: Int) -> Double {
  let scale = [1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7][decimals]
  return (value * scale).rounded() / scale
}

/// Which cameras each of the six figures counts.
struct CameraSubsets: Sendable {
  /// Strict: all, in service, networked; then lenient.
  let members: [[Bool]]

  init(_ cameras: [AuditedCamera], assumesInService: Bool, assumesNetworked: Bool) {
    members = [
      cameras.map { $0.isStrict },
      cameras.map { $0.isStrict && $0.camera.isInService == true },
      cameras.map { $0.isStrict && $0.camera.isNetworked == true },
      cameras.map { $0.isUsed },
      cameras.map { $0.isUsed && $0.camera.isInService ?? assumesInService },
      cameras.map { $0.isUsed && $0.camera.isNetworked ?? assumesNetworked },
    ]
  }

  static let strict = 0
  static let lenient = 3

  /// `body` for each subset; once for subsets with the same members.
  func results<Value>(_ body: ([Bool]) throws -> Value) rethrows -> [Value] {
    var results: [Value] = []
    for (index, member) in members.enumerated() {
      if let same = members[..<index].firstIndex(of: member) {
        results.append(results[same])
      } else {
        results.append(try body(member))
      }
    }
    return results
  }

  func figures<Value: Sendable & Codable>(_ body: ([Bool]) throws -> Value) rethrows -> Figures<Value> {
    Self.figures(try results(body))
  }

  static func figures<Value: Sendable & Codable>(_ values: [Value]) -> Figures<Value> {
    StrictAndLenient(
      strict: BySubset(all: values[0], inService: values[1], networked: values[2]),
      lenient: BySubset(all: values[3], inService: values[4], networked: values[5]))
  }
}
