// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "files-benchmark",
  platforms: [.macOS(.v14)],
  dependencies: [.package(name: "gridplan", path: "../..")],
  targets: [
    .executableTarget(name: "measure", dependencies: [.product(name: "MapFiles", package: "gridplan")])
  ]
)
