internal import Checksum
import Foundation
internal import PageAssets

/// One HTML file that shows a scene without a network: script, style and data inside, and a policy
/// that forbids every request. The same scene gives the same bytes.
public struct HTMLPage {
  private let scene: MapScene
  private let leaflet: Leaflet

  public init(_ scene: MapScene, leaflet: Leaflet) {
    self.scene = scene
    self.leaflet = leaflet
  }

  /// The page in parts, to be written one after another.
  public func parts() throws -> [String] {
    var packer = PagePacker(scene)
    let document = try Self.json(packer.document())
    let style = leaflet.plainStyle + "\n" + PageAssets.style
    let scripts = [leaflet.script, PageAssets.script]
    let head = PageAssets.head(
      language: scene.language == .chinese ? "zh-CN" : "en", title: escaped(scene.title),
      policy: policy(style: style, scripts: scripts), notice: Leaflet.notice, style: style)
    let data = packer.texts.map { #"<script type="text/plain" id="tiles-\#($0.key)">\#($0.text)</script>"# + "\n" }
    return [head, PageAssets.body, #"<script type="application/json" id="plan">"#, document, "</script>\n"] + data
      + scripts.map { "<script>\($0)</script>\n" } + ["</body>\n</html>\n"]
  }

  /// Nothing may be loaded, and only the two scripts and the style of this page may run.
  private func policy(style: String, scripts: [String]) -> String {
    func hash(_ text: String) -> String {
      "'sha256-\(Data(sha256(of: Data(text.utf8))).base64EncodedString())'"
    }
    return "default-src 'none'; script-src \(scripts.map(hash).joined(separator: " ")); style-src \(hash(style)); "
      + "img-src data:; base-uri 'none'; form-action 'none'"
  }

  /// JSON that cannot end the element it stands in.
  private static func json(_ document: PageDocument) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(document), as: UTF8.self).replacing("<", with: "\\u003c")
  }
}

/// Text with the characters replaced that XML and HTML reserve.
func escaped(_ text: String) -> String {
  var result = ""
  for character in text.unicodeScalars {
    switch character {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "\"": result += "&quot;"
    default: result.unicodeScalars.append(character)
    }
  }
  return result
}
