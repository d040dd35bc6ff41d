public import ArgumentParser
import PlanModel
public import SyntheticTown

/// `gridplan init`: a folder to begin with.
struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Writes a commented scenario beside a small synthetic map.",
    discussion: """
      The map is made up by a seeded generator: the same numbers give the same town. \
      Nothing that is there already is overwritten.

      Examples:
        gridplan init town
        gridplan init city --households 100000 --seed 7 --lang zh
      """)

  @Argument(help: "The folder to make or to fill.")
  var folder: String

  @Flag(help: "Say that the map is synthetic (it always is).")
  var synthetic = false

  @Option(help: "Households in all, 2000 to 4300000.")
  var households: Int?

  @Option(help: "The seed of the generator.")
  var seed: UInt64 = 1

  @Option(help: "urban or rural.")
  var profile: TownProfile = .urban

  @Option(help: "Buildings to spoil on purpose; the layer odd lists them.")
  var odd = 0

  @Option(help: "The language of the comments: en or zh.")
  var lang: Language = .english

  @OptionGroup var talk: TalkOptions

  func run() throws {
    let request = TownRequest(households: households ?? 6_000, seed: seed, profile: profile, odd: odd)
    let starter = StarterFolder(folder: folder, request: request, language: lang)
    let town = try starter.write()
    print(summary(of: town, starter))
  }

  private func summary(of town: SyntheticTown, _ starter: StarterFolder) -> String {
    let counts = [
      "\(town[.communities].features.count) \(lang("communities", "个社区（村）"))",
      "\(town[.buildings].features.count) \(lang("buildings", "栋建筑"))",
      "\(town.request.households) \(lang("households", "户"))",
    ].joined(separator: lang(", ", "，"))
    return lang(
      """
      Wrote \(starter.scenarioFile) and a synthetic map in \(starter.mapFolder): \(counts).
      Next: gridplan plan \(starter.scenarioFile)
      """,
      """
      已写入 \(starter.scenarioFile)，合成地图在 \(starter.mapFolder)：\(counts)。
      下一步：gridplan plan \(starter.scenarioFile) --lang zh
      """)
  }
}

extension TownProfile: ExpressibleByArgument {}
