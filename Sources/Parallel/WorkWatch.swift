import Foundation

/// Tells how far the outermost `parallelMap` is, for whoever shows progress. Costs the work nothing:
/// the counter that hands out the items is read. Unchecked because a lock guards what changes.
public final class WorkWatch: @unchecked Sendable {
  public static let shared = WorkWatch()

  /// One pass over many items.
  public struct Pass: Sendable {
    /// The share of the items that have been taken up, 0 to 1.
    public var share: Double
    /// Since its beginning.
    public var seconds: Double

    /// How long the rest will take at the same pace; nil while that is a guess.
    public var secondsLeft: Double? {
      share > 0.05 && seconds > 0.5 ? seconds * (1 - share) / share : nil
    }
  }

  private let lock = NSLock()
  private var counter: Counter?
  private var count = 0
  private var start = Date()

  /// The pass that is under way, if any.
  public var pass: Pass? {
    lock.lock()
    defer { lock.unlock() }
    guard let counter, count > 0 else { return nil }
    return Pass(share: min(1, Double(counter.taken) / Double(count)), seconds: Date().timeIntervalSince(start))
  }

  /// Watches a pass, unless it is part of one that is watched already.
  func enter(_ counter: Counter, _ count: Int) -> Bool {
    lock.lock()
    defer { lock.unlock() }
    guard self.counter == nil, count > 1 else { return false }
    (self.counter, self.count, start) = (counter, count, Date())
    return true
  }

  func leave() {
    lock.lock()
    defer { lock.unlock() }
    counter = nil
  }
}
