import Dispatch
import Foundation

/// How many threads do work at once: `GRIDPLAN_THREADS` where set, else one per active core.
public let threadCount: Int = {
  let asked = ProcessInfo.processInfo.environment["GRIDPLAN_THREADS"].flatMap(Int.init)
  return max(1, asked ?? ProcessInfo.processInfo.activeProcessorCount)
}()

/// The results of `body` for 0..<count, in order, computed on all cores.
///
/// The result never depends on the number of threads. Of several errors the one of the lowest
/// index is thrown. Meant for items that take longer than some 10 µs; take chunks of smaller ones.
public func parallelMap<Value: Sendable, Failure: Error>(
  count: Int, _ body: @Sendable (Int) throws(Failure) -> Value
) throws(Failure) -> [Value] {
  let slots = Slots<Result<Value, Failure>>(count: count)
  let next = Counter()
  let isWatched = WorkWatch.shared.enter(next, count)
  defer { if isWatched { WorkWatch.shared.leave() } }
  @Sendable func work() {
    while true {
      let index = next.take()
      guard index < count else { return }
      do throws(Failure) {
        slots.set(index, .success(try body(index)))
      } catch {
        slots.set(index, .failure(error))
      }
    }
  }
  let threads = min(threadCount, count)
  if threads > 1 {
    DispatchQueue.concurrentPerform(iterations: threads) { _ in work() }
  } else {
    work()
  }
  var values: [Value] = []
  values.reserveCapacity(count)
  for slot in slots.values { values.append(try slot!.get()) }
  return values
}

/// Half-open ranges that cut 0..<count into `parts` of nearly equal length, in order, none empty.
public func chunks(of count: Int, parts: Int) -> [Range<Int>] {
  let parts = max(1, min(parts, count))
  return (0..<parts).map { (count * $0 / parts)..<(count * ($0 + 1) / parts) }.filter { !$0.isEmpty }
}

/// A place for each result. Unchecked because each slot is written by one thread only, and read
/// after all have ended.
private final class Slots<Value: Sendable>: @unchecked Sendable {
  private let storage: UnsafeMutableBufferPointer<Value?>

  init(count: Int) {
    storage = .allocate(capacity: count)
    storage.initialize(repeating: nil)
  }

  deinit {
    storage.deinitialize()
    storage.deallocate()
  }

  func set(_ index: Int, _ value: Value) { storage[index] = value }

  var values: [Value?] { Array(storage) }
}

/// Hands out 0, 1, 2… to any thread. Unchecked because a lock guards the number.
final class Counter: @unchecked Sendable {
  private let lock = NSLock()
  private var value = 0

  /// How many have been taken.
  var taken: Int {
    lock.lock()
    defer { lock.unlock() }
    return value
  }

  func take() -> Int {
    lock.lock()
    defer { lock.unlock() }
    value += 1
    return value - 1
  }
}

/// Work that goes on on another core while the caller does something else; done by the caller where
/// there is one thread only.
public final class Background<Value: Sendable>: Sendable {
  private let slot = Slots<Value>(count: 1)
  private let group = DispatchGroup()

  public init(_ body: @escaping @Sendable () -> Value) {
    let slot = slot
    guard threadCount > 1 else {
      slot.set(0, body())
      return
    }
    DispatchQueue.global().async(group: group) { slot.set(0, body()) }
  }

  /// Waits until the work is done.
  public var value: Value {
    group.wait()
    return slot.values[0]!
  }
}
