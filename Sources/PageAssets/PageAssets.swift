/// The page's own style, markup and script, compiled into the program so that it runs from anywhere.
public enum PageAssets {
  /// Files of the script, in the order in which they stand in the page.
  private static let scripts = [
    PackageResources.words_js, PackageResources.decode_js, PackageResources.draw_js, PackageResources.map_js,
    PackageResources.table_js, PackageResources.charts_js, PackageResources.lists_js, PackageResources.print_js,
    PackageResources.main_js,
  ]

  public static var style: String { text(PackageResources.page_css) }

  public static var body: String { text(PackageResources.body_html) }

  /// One function, so that nothing of it is seen from outside.
  public static var script: String {
    "(function () {\n\"use strict\";\n" + scripts.map(text).joined(separator: "\n") + "\n})();\n"
  }

  /// The page's beginning.
  public static func head(language: String, title: String, policy: String, notice: String, style: String) -> String {
    """
    <!DOCTYPE html>
    <html lang="\(language)">
    <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="\(policy)">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="generator" content="gridplan">
    <title>\(title)</title>
    <!-- \(notice) -->
    <style>\(style)</style>
    </head>

    """
  }

  private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
