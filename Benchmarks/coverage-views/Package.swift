// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "coverage-benchmark",
  platforms: [.macOS(.v14)],
  dependencies: [.package(name: "gridplan", path: "../..")],
  targets: [
    .executableTarget(
      name: "coverage-benchmark", dependencies: [.product(name: "Coverage", package: "gridplan")])
  ]
)
