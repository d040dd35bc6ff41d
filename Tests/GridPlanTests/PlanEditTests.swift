import Foundation
import Testing

@testable import GridPlan

@Suite struct PlanEditTests {
  @Test func linesSayWhatTheyRead() throws {
    let lines = [
      "split 001 into 3", "merge 001 002 003", "move B1 B2 to 004", "lock 001", "unlock 001 002", "rename 001 to 009",
      #"move "house 7" "say ""yes""" #12 compound:A to 001"#,
    ]
    for line in lines { #expect(try PlanEdit(line: line).line == line) }
    #expect(try PlanEdit(line: "  move   121.5,31.2  to 001 ") == .move(["121.5,31.2"], to: "001"))
    #expect(try PlanEdit(line: "rename 001 002") == .rename("001", to: "002"))
  }

  @Test(arguments: [
    "", "split 001", "split 001 into x", "split 001 into 1", "merge 001", "merge 001 001", "move to 001", "move a b", "lock",
    "rename 1", "splt 001 into 2", #"move "a to 001"#,
  ])
  func nonsenseIsNamed(line: String) {
    #expect(throws: EditError.self) { try PlanEdit(line: line) }
  }

  @Test func filesOfEveryKind() throws {
    let edits: [PlanEdit] = [
      .split("001", into: 3), .merge(["004", "005"]), .move(["u1", "u2"], to: "006"), .lock(["007"]), .rename("008", to: "009"),
    ]
    let texts = [
      "# what we agreed\nsplit 001 into 3\nmerge 004 005\n\nmove u1 u2 to 006\nlock 007\nrename 008 to 009\n",
      "- {split: '001', into: 3}\n- {merge: ['004', '005']}\n- {move: [u1, u2], to: '006'}\n- {lock: '007'}\n- {rename: '008', to: '009'}\n",
      #"[{"split":"001","into":3},{"merge":["004","005"]},{"move":["u1","u2"],"to":"006"},{"lock":"007"},{"rename":"008","to":"009"}]"#,
    ]
    for text in texts { #expect(try read(text) == edits) }
  }

  @Test func faultsInFilesHaveALine() throws {
    func message(_ text: String) -> String {
      do { return "\(try read(text))" } catch { return "\(error)" }
    }
    #expect(message("lock 1\nsplit 1 into\n").contains(":2: "))
    #expect(message("- {split: '001'}\n").contains("`into` is missing"))
    #expect(message("- {lock: '1', unlock: '2'}\n").contains("expected one of"))
  }

  private func read(_ text: String) throws -> [PlanEdit] {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("edits-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data(text.utf8).write(to: file)
    return try PlanEdit.all(contentsOf: file.path)
  }

  // MARK: Codes

  @Test func codesGoToWhoKeepsMostHouseholds() throws {
    let old: [String?] = ["A", "A", "A", "B", "B", nil]
    let heirs = CodeHeirs(old, households: [5, 5, 11, 3, 3, 9], areas: [1, 1, 1, 1, 1, 1])
    #expect(heirs.inherited(by: [0, 0, 1, 2, 3, 3], count: 4) == [nil, "A", nil, nil])
    #expect(heirs.inherited(by: [0, 0, 0, 0, 0, 0], count: 1) == ["A"])
    // Without households the ground decides.
    let empty = CodeHeirs(["A", "A", "A"], households: [0, 0, 0], areas: [10, 20, 31])
    #expect(empty.inherited(by: [0, 0, 1], count: 2) == [nil, "A"])
  }

  @Test func newCodesGoOnAfterAllThatWereEverUsed() throws {
    let heirs = CodeHeirs(["P001", "P001"], households: [1, 1], areas: [1, 1])
    let codes = try heirs.codes(of: [0, 1], count: 2, used: ["P001", "P007", "Q020", "P0071"], leastDigits: 3) { units in
      ("P", .init(x: Double(units[0]), y: 0), 1)
    }
    #expect(codes == ["P008", "P009"])
  }
}
