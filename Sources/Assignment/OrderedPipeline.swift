import Foundation
import Parallel

/// Takes inputs one after the other, works on them on all cores and commits the results in the order
/// of the inputs.
///
/// `next` and `commit` are called by one thread at a time. Each thread holds one input and its result
/// at most, which bounds memory. Of several errors the one of the earliest input is thrown, after
/// the results of all inputs before it have been committed.
func runInOrder<Input: Sendable, Result: Sendable>(
  threads: Int = threadCount, next: () throws -> Input?, work: @Sendable (Input) throws -> Result,
  commit: (Result) throws -> Void
) throws {
  try withoutActuallyEscaping(next) { next in
    try withoutActuallyEscaping(commit) { commit in
      let line = Line(next: next, commit: commit)
      DispatchQueue.concurrentPerform(iterations: max(1, threads)) { _ in
        while let (turn, input) = line.take() {
          line.put(turn, Swift.Result { try work(input) })
        }
      }
      if let error = line.error { throw error }
    }
  }
}

/// The turns of a pipeline. Unchecked because `next` is called under one lock, everything else under
/// the other.
private final class Line<Input, Value>: @unchecked Sendable {
  private let next: () throws -> Input?
  private let commit: (Value) throws -> Void
  private let source = NSLock()
  private let turns = NSCondition()
  private var taken = 0
  private var isDry = false
  private var committed = 0
  private(set) var error: (any Error)?

  init(next: @escaping () throws -> Input?, commit: @escaping (Value) throws -> Void) {
    self.next = next
    self.commit = commit
  }

  /// The next input and its turn; nil when there is none or something has failed.
  func take() -> (Int, Input)? {
    source.lock()
    guard !isDry else {
      source.unlock()
      return nil
    }
    let turn = taken
    taken += 1
    let input = Result { try next() }
    if case .success(.some(let input)) = input {
      source.unlock()
      return (turn, input)
    }
    isDry = true
    source.unlock()
    if case .failure(let failure) = input { put(turn, .failure(failure)) }
    return nil
  }

  /// Commits a result when all before it have been.
  func put(_ turn: Int, _ result: Result<Value, any Error>) {
    turns.lock()
    while committed != turn && error == nil { turns.wait() }
    if error == nil {
      do {
        try commit(result.get())
        committed += 1
      } catch {
        self.error = error
      }
    }
    let hasFailed = error != nil
    turns.broadcast()
    turns.unlock()
    guard hasFailed else { return }
    source.lock()
    isDry = true
    source.unlock()
  }
}
