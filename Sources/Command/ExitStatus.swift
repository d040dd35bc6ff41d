import ArgumentParser
import Assignment
import Checks
import Foundation
import Georeference
import GridPlan
import MapFiles
import SyntheticTown

/// What the program's exit status says, in one place.
enum ExitStatus: Int32, Comparable {
  case done = 0
  case failed = 1
  /// Hard bounds unmet, a required threshold missed, or `check` found an error.
  case unmet = 2
  case usage = 64
  case badData = 65
  case missingInput = 66
  case cannotWrite = 73

  /// The status that an error ends the program with; nil where the argument parser decides.
  init?(of error: any Error) {
    switch error {
    case let error as MapFileError:
      switch error.kind {
      case .missing: self = .missingInput
      case .badData: self = .badData
      case .cannotWrite: self = .cannotWrite
      }
    case is GeoreferenceError: self = .badData
    case is TownError: self = .usage
    case let error as ScenarioError: self = error.isMissingFile ? .missingInput : .badData
    case let error as EditError: self = error.kind == .refused ? .unmet : .badData
    case is PersonalDataError, is BalanceError, is CompareError: self = .badData
    case is AuditError: self = .usage
    case is PlanError, is AssignmentError: self = .failed
    default: return nil
    }
  }

  static func < (a: ExitStatus, b: ExitStatus) -> Bool { a.rawValue < b.rawValue }

  var code: ExitCode { ExitCode(rawValue) }
}

extension Gridplan {
  /// Prints `error` to standard error and ends the program with the status it stands for.
  static func exit(reporting error: any Error) -> Never {
    guard let status = ExitStatus(of: error) else { Self.exit(withError: error) }
    printError(error)
    Foundation.exit(status.rawValue)
  }
}

/// Says something on standard error that is no failure.
func printNote(_ text: String) {
  ProgressLine.shared.wipe()
  FileHandle.standardError.write(Data("gridplan: note: \(text)\n".utf8))
}

/// Prints an error to standard error, with the program's name as shells do.
func printError(_ error: Any) {
  ProgressLine.shared.wipe()
  FileHandle.standardError.write(Data("gridplan: \(error)\n".utf8))
}
