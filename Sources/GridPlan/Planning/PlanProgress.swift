/// Told of the steps of a long run.
public protocol PlanProgress: Sendable {
  func began(_ step: String, english: String, chinese: String)
  func ended(_ step: String)
}

extension PlanProgress {
  /// Tells of a step while `body` does it.
  public func during<Value>(
    _ step: String, _ english: String, _ chinese: String, _ body: () throws -> Value
  ) rethrows -> Value {
    began(step, english: english, chinese: chinese)
    defer { ended(step) }
    return try body()
  }
}

/// Says nothing.
public struct SilentProgress: PlanProgress {
  public init() {}
  public func began(_ step: String, english: String, chinese: String) {}
  public func ended(_ step: String) {}
}

/// Measures the steps of a run and tells of them.
struct StepClock {
  let progress: any PlanProgress
  /// Seconds of each step.
  private(set) var timings: [String: Double] = [:]

  init(progress: any PlanProgress) { self.progress = progress }

  mutating func step<Value>(
    _ name: String, _ english: String, _ chinese: String, _ body: () throws -> Value
  ) rethrows -> Value {
    progress.began(name, english: english, chinese: chinese)
    let clock = ContinuousClock()
    let start = clock.now
    let value = try body()
    let (seconds, attoseconds) = (clock.now - start).components
    timings[name] = (Double(seconds) + Double(attoseconds) * 1e-18).rounded(to: 3)
    progress.ended(name)
    return value
  }
}
