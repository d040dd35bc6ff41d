import Dispatch
import Foundation
internal import Parallel

/// Programs that audit districts side by side, one district at a time each.
final class AuditPool: @unchecked Sendable {
  // Unchecked because a lock guards all that changes.

  private let executable: String
  private let arguments: [String]
  private let lock = NSLock()
  private var orders: [AuditWorker.Order]
  private var running: [Int32] = []
  private var isStopped = false

  /// - Parameters:
  ///   - executable: a program that runs `AuditWorker.run` when called with `arguments`.
  init(_ executable: String, _ arguments: [String], orders: [AuditWorker.Order]) {
    self.executable = executable
    self.arguments = arguments
    // The next one is taken from the end.
    self.orders = orders.reversed()
  }

  /// Carries out all orders; `done` is called for each as it is done, by any thread.
  ///
  /// A worker that ends before its time, by a fault of its own or by the system's, fails its
  /// district; another takes its place.
  func run(_ done: @escaping @Sendable (AuditWorker.Order, AuditWorker.Answer) -> Void) {
    let count = min(threadCount, orders.count)
    guard count > 0 else { return }
    let threads = max(1, threadCount / count)
    DispatchQueue.concurrentPerform(iterations: count) { _ in
      var worker: WorkerProcess?
      while let order = next() {
        if worker == nil { worker = start(threads: threads) }
        let answer = worker?.carryOut(order)
        if isStopping { break }
        done(order, answer ?? .failed(order, why: worker?.endedBecause() ?? "the worker could not be started"))
        if answer == nil { worker = nil }
      }
      worker?.end()
    }
  }

  /// Ends all workers where they are.
  func stop() {
    lock.lock()
    isStopped = true
    orders = []
    let running = running
    lock.unlock()
    for process in running { kill(process, SIGKILL) }
  }

  var isStopping: Bool {
    lock.lock()
    defer { lock.unlock() }
    return isStopped
  }

  private func next() -> AuditWorker.Order? {
    lock.lock()
    defer { lock.unlock() }
    return orders.popLast()
  }

  private func start(threads: Int) -> WorkerProcess? {
    lock.lock()
    defer { lock.unlock() }
    guard !isStopped, let worker = WorkerProcess(executable, arguments, threads: threads) else { return nil }
    running.append(worker.process.processIdentifier)
    return worker
  }
}

extension AuditWorker.Answer {
  fileprivate static func failed(_ order: AuditWorker.Order, why: String) -> Self {
    let row = AuditRow(scenario: order.name, error: why)
    return .init(row: row.json, isOK: false, seconds: 0, peakMegabytes: 0)
  }
}

/// One worker and the pipes to it.
private final class WorkerProcess {
  let process = Process()
  private let input = Pipe()
  private let output = Pipe()
  private var pending = Data()

  init?(_ executable: String, _ arguments: [String], threads: Int) {
    process.executableURL = URL(fileURLWithPath: executable)
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(["GRIDPLAN_THREADS": String(threads)]) { $1 }
    process.standardInput = input
    process.standardOutput = output
    do { try process.run() } catch { return nil }
  }

  /// The answer to an order; nil where the worker ended without one.
  func carryOut(_ order: AuditWorker.Order) -> AuditWorker.Answer? {
    guard let line = try? JSONEncoder().encode(order),
      (try? input.fileHandleForWriting.write(contentsOf: line + Data("\n".utf8))) != nil, let reply = readLine()
    else { return nil }
    return try? JSONDecoder().decode(AuditWorker.Answer.self, from: reply)
  }

  private func readLine() -> Data? {
    while true {
      if let end = pending.firstIndex(of: UInt8(ascii: "\n")) {
        defer { pending = Data(pending[(end + 1)...]) }
        return Data(pending[..<end])
      }
      let more = output.fileHandleForReading.availableData
      guard !more.isEmpty else { return nil }
      pending.append(more)
    }
  }

  func end() {
    try? input.fileHandleForWriting.close()
    process.waitUntilExit()
  }

  func endedBecause() -> String {
    end()
    let cause = process.terminationReason == .uncaughtSignal ? "signal" : "status"
    let memory = process.terminationReason == .uncaughtSignal && process.terminationStatus == SIGKILL
    return "the program ended by \(cause) \(process.terminationStatus) while it audited this district"
      + (memory ? "; was there enough memory?" : "")
  }
}
