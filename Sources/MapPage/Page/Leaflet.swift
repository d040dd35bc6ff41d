import Foundation
import MapFiles

/// The drawing library that pages carry inside them: Leaflet, as Debian's `libjs-leaflet` ships it.
public struct Leaflet: Sendable {
  public var script: String
  public var style: String

  public init(script: String, style: String) {
    self.script = script
    self.style = style
  }

  /// Leaflet from the first of `places` that has it.
  ///
  /// - Throws: `MapFileError` (`missing`) that says how to get it.
  public static func found(in places: [String] = places) throws -> Leaflet {
    for place in places {
      func text(_ names: [String]) -> String? {
        names.lazy.compactMap { try? String(contentsOfFile: place + "/" + $0, encoding: .utf8) }.first
      }
      if let script = text(["leaflet.min.js", "leaflet.js"]), let style = text(["leaflet.css"]) {
        return Leaflet(script: script, style: style)
      }
    }
    throw MapFileError(
      .missing, file: places.first ?? "leaflet.js",
      message: "Leaflet, which draws the map page, was not found",
      remedy: "On Debian or Ubuntu: apt install libjs-leaflet; elsewhere set GRIDPLAN_LEAFLET to a folder with leaflet.js and leaflet.css")
  }

  /// Where Leaflet may be: `GRIDPLAN_LEAFLET`, beside the installed program, Debian's place.
  public static var places: [String] {
    let program = URL(fileURLWithPath: executablePath).resolvingSymlinksInPath().deletingLastPathComponent()
    let beside = program.deletingLastPathComponent().appendingPathComponent("share/gridplan/leaflet").path
    let stated = ProcessInfo.processInfo.environment["GRIDPLAN_LEAFLET"].map { [$0] } ?? []
    return stated + [beside, "/usr/share/javascript/leaflet", "/usr/share/nodejs/leaflet/dist"]
  }

  private static var executablePath: String {
    (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
      ?? Bundle.main.executablePath ?? CommandLine.arguments[0]
  }

  /// The style without pictures: the page uses none of them, and may load nothing.
  var plainStyle: String {
    style.replacing(#/url\([^)]*\)/#, with: "none").replacing(#/behavior:[^;]*;/#, with: "")
  }

  /// What its licence (BSD-2-Clause) asks to be kept with it.
  static let notice = """
    Leaflet, a JavaScript library for interactive maps. https://leafletjs.com
    Copyright (c) 2010-2019 Vladimir Agafonkin, 2010-2011 CloudMade. All rights reserved.
    Redistribution and use in source and binary forms, with or without modification, are permitted provided that the
    following conditions are met: 1. Redistributions of source code must retain the above copyright notice, this list of
    conditions and the following disclaimer. 2. Redistributions in binary form must reproduce the above copyright notice,
    this list of conditions and the following disclaimer in the documentation and/or other materials provided with the
    distribution. THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND ANY EXPRESS OR IMPLIED
    WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR
    PURPOSE ARE DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE FOR ANY DIRECT, INDIRECT,
    INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE
    GOODS OR SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER CAUSED AND ON ANY THEORY OF
    LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY, OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT
    OF THE USE OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
    """
}
